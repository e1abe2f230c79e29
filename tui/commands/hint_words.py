"""What the application says of each step that a person may take: its pages, its fields, and the keys there are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import Hint, Step
from tui.commands.keymap import KeyMap

WORDS: Mapping[Step, str] = {
    # The database
    Step.IMPORT_ACCOUNTS: "Import your accounts on the page Import ({main.go_import}).",
    Step.GIVE_OUR_DATABASE: "Put a copy of the database in its place, or start again with another.",
    Step.GIVE_DATABASE_OR_IMPORT: "Put a copy of the database in its place.",
    Step.CHOOSE_PLACE_OF_DATABASE: "Mend the cause, or start with another database.",
    Step.RESTORE: "Put a copy of it back. Without one, move it away and import your files again.",
    Step.RESTORE_OR_IMPORT: "Put a copy of it back. Without one, import your files into a new database.",
    Step.LEAVE_DEMO: "Start again without the demo.",
    # Files to read
    Step.SEND_FILE: "Choose a file.",
    Step.SAY_ENCODING: "Say how it is written at “Encoding”.",
    Step.OTHER_ENCODING: "Choose another at “Encoding”.",
    Step.READS_ENCODING: "“Encoding” reads it so.",
    Step.READS_OTHERWISE: "“Encoding” reads it otherwise.",
    Step.READS_ONE_WAY: "“Encoding” reads all of it in one way.",
    Step.READS_DAY_FIRST: "“Dates” reads them day first.",
    Step.READS_YEAR_FIRST: "“Dates” reads it year first.",
    Step.NO_ENCODING: "Choose none.",
    Step.NO_DELIMITER: "Choose none.",
    Step.NO_SHEET: "Choose no sheet.",
    Step.CHOOSE_SHEET: "Say which one.",
    Step.READ_SHEET: "Choose “{sheet}”.",
    Step.NAME_TABLE: "Export the list again, as CSV if you can.",
    Step.LEAVE_HIDDEN_OUT: "“Hidden rows” leaves them out.",
    Step.NAME_IDENTITY: "Choose below which column it is.",
    Step.LEAVE_HEADING_OUT: "Leave one out below.",
    Step.TAKE_HEADINGS_IN: "A heading’s own line takes one in.",
    Step.SET_INSTEAD: "To put the value in its place, leave the column out.",
    Step.SET_VALUE: "Choose one.",
    Step.KEEP_A_HEADING: "None was kept yet: the page Import ({main.go_import}) keeps one.",
    Step.SAVE_A_MAPPING: "None is saved yet: “Keep mapping as” keeps one.",
    # Taking a list in
    Step.SAY_DAY: "Say which day the list tells of, at “Tells of”.",
    Step.GIVE_DAY_MADE: "Give the day on which the list was made, at “Tells of”.",
    Step.MAY_BE_DATED: "“Tells of” says which day it tells of.",
    Step.MAY_BE_COMPLETE: "Only a complete list ends them.",
    Step.TAKE_NEW_IDS: "If they are the known accounts, mend the ids in the file.",
    Step.LEAVE_REJECTED_OUT: "Mend them, or import again.",
    Step.IMPORT_DOUBTED: "Look at it.",
    Step.ACCEPT_GONE: "If they have all left, say so at “Many gone”; else export the whole list again.",
    Step.TAKE_BACK_FIRST: "Take that one back first, or import older lists first, into a new database.",
    Step.SEE_ALL_ROWS: "too many to show here",
    # Reports and lists
    Step.LEAVE_OUT: "Leave it out.",
    Step.FILTER_INSTEAD: "Leave it out; a filter narrows any list ({report.filter}).",
    Step.GIVE_OPTION: "Give it in its field.",
    Step.EARLIER_DAY: "Give the earlier day as the first.",
    Step.FIND_ACCOUNT: "Look for it in My accounts ({main.go_accounts}).",
    Step.GIVE_LIST_SIZE: "Give one: 500-2500, 500- (or more) or -2500.",
    Step.COPY_LIST: "Copy it first ({targets.copy}).",
    Step.EDIT_LIST: "Edit it ({targets.edit}).",
    Step.SEE_LISTS: "Targeted lists ({main.go_targets}) shows all there are.",
    Step.ONLY_NEW_CONTACTS: "“who is new since the last export” takes those alone.",
    # Files to write
    Step.OTHER_NAME_OR_REPLACE: "Choose another name.",
    Step.FITTING_FORMAT: "Name the file {file}, or choose another format.",
    Step.OTHER_LEFT_OUT: "Give it another name.",
    Step.GIVE_OUTPUT: "Give a file or a folder.",
    # Schedules
    Step.OTHER_SCHEDULE: "Choose another name, or remove it first.",
    Step.NOT_BY_CRON: "Choose another time.",
    Step.TIME_OF_CRON: "Give the time in {here}: {time} {here}",
    Step.INSTALL_CRON: "Install cron.",
    Step.COMMANDS_TO_SCHEDULE: "Run one of these: report …, lists export …, sync, import FILE …",
    Step.SAY_WHERE_TO: "Say a file or folder, an address, or both.",
    Step.BEFORE_THE_COMMAND: "Leave it out of the command; it stands in a line of its own here.",
    Step.MAIL_OPTIONS: "Give an address.",
    # The vendor
    Step.LOG_IN: "Log in ({settings.log_in} on Settings).",
    Step.LOG_IN_ANEW: "Move it away and log in again ({settings.log_in} on Settings).",
    Step.GIVE_VENDOR_LIST: "Give one.",
    Step.OTHER_VENDOR_LIST: "It may have been deleted there, or differ in capitals. Give another name.",
    Step.UPLOAD_AGAIN: "Look at the list there; upload again, not the new ones alone, to send all of them once more.",
}
"""`{COMMAND}` stands for the key of a command, as in every text of ours.

What the application does not do yet has the words of what else helps."""

_FILLED = re.compile(r"\{([a-z._]+)\}")


def hint_words(hint: Hint, keymap: KeyMap) -> str:
    """Return a hint in the application's words, with the keys that there are."""

    def filled(found: re.Match[str]) -> str:
        return hint.given[found[1]] if found[1] in hint.given else keymap.shown(found[1])

    return _FILLED.sub(filled, WORDS[hint.step])  # at one go: what a file says may look like a command
