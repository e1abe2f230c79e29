"""What the command line says of each step that a person may take: its options and commands."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Fault, Hint, Step

WORDS: Mapping[Step, str] = {
    # The database
    Step.IMPORT_ACCOUNTS: "Import your accounts with: partner-tui import FILE, or look around with: partner-tui --demo",
    Step.GIVE_OUR_DATABASE: "Give a database of ours with --db.",
    Step.GIVE_DATABASE_OR_IMPORT: "Give the database of partner-tui with --db, or import FILE.",
    Step.CHOOSE_PLACE_OF_DATABASE: "Choose another place with --db, or mend the cause.",
    Step.RESTORE: (
        "Put a copy back with: partner-tui restore BACKUP. Without one, move it away and import your files again."
    ),
    Step.RESTORE_OR_IMPORT: (
        "Put a copy back with: partner-tui restore BACKUP. Without one, import your files into a new database."
    ),
    Step.LEAVE_DEMO: "Leave --demo out.",
    # Files to read
    Step.SEND_FILE: "Send a file: partner-tui import - < accounts.csv",
    Step.SAY_ENCODING: "Save it as CSV UTF-8, or say how it is written with --encoding NAME.",
    Step.OTHER_ENCODING: "Give another --encoding, or leave it out.",
    Step.READS_ENCODING: "--encoding {encodings} reads it so.",
    Step.READS_OTHERWISE: "--encoding NAME reads it otherwise.",
    Step.READS_ONE_WAY: "--encoding NAME reads all of it in one way.",
    Step.READS_DAY_FIRST: "--date-order dmy reads them day first.",
    Step.READS_YEAR_FIRST: "--date-order ymd reads it year first.",
    Step.NO_ENCODING: "Leave out --encoding.",
    Step.NO_DELIMITER: "Leave out --delimiter.",
    Step.NO_SHEET: "Leave out --sheet {sheet}.",
    Step.CHOOSE_SHEET: 'Say which one: --sheet "{sheet}".',
    Step.READ_SHEET: 'Read it with --sheet "{sheet}".',
    Step.NAME_TABLE: (
        "Export the list again, as CSV if you can; or name the table with --sheet and its headings with --map."
    ),
    Step.LEAVE_HIDDEN_OUT: "--skip-hidden leaves them out.",
    Step.NAME_IDENTITY: 'Say which column it is with --map "Heading=account_id".',
    Step.LEAVE_HEADING_OUT: 'Leave one out with --map "{heading}=".',
    Step.TAKE_HEADINGS_IN: '--map "Heading=field" takes one in, --keep "Heading" keeps it as a field of your own.',
    Step.SET_INSTEAD: 'To put the value in its place, leave the column out with --map "{heading}=".',
    Step.SET_VALUE: "Write --set {field}=VALUE.",
    Step.KEEP_A_HEADING: 'None was kept yet: partner-tui import FILE --keep "Heading" keeps one.',
    Step.SAVE_A_MAPPING: "None is saved yet: --save-map NAME keeps one.",
    # Taking a list in
    Step.SAY_DAY: "Say which day the list tells of with: --dated YYYY-MM-DD",
    Step.GIVE_DAY_MADE: "Give the day on which the list was made with: --dated YYYY-MM-DD",
    Step.MAY_BE_DATED: "--dated YYYY-MM-DD says which day it tells of.",
    Step.MAY_BE_COMPLETE: "Only --complete ends them.",
    Step.TAKE_NEW_IDS: "--accept-new-ids takes them as other accounts.",
    Step.LEAVE_REJECTED_OUT: "Mend them, or import without --strict to leave them out.",
    Step.IMPORT_DOUBTED: "Look at it, or import it without --strict.",
    Step.ACCEPT_GONE: "If they have all left, import it with --accept-gone; else export the whole list again.",
    Step.TAKE_BACK_FIRST: (
        "Take that one back first with: partner-tui undo-import, or import older lists first, into a new database"
        " (--db PATH)."
    ),
    Step.SEE_ALL_ROWS: "--json lists all",
    # Reports and lists
    Step.LEAVE_OUT: "Leave {option} out.",
    Step.FILTER_INSTEAD: "Leave {option} out; --where narrows any list.",
    Step.GIVE_OPTION: "Give it with {option}.",
    Step.EARLIER_DAY: "Give the earlier day as --since.",
    Step.FIND_ACCOUNT: "Look for it with: partner-tui accounts --where 'company contains {wanted}'",
    Step.GIVE_LIST_SIZE: "Add --list-size 500-2500, 500- (or more) or -2500.",
    Step.COPY_LIST: 'Copy it first: partner-tui lists copy "{list}" "NEW NAME"',
    Step.EDIT_LIST: 'Correct it with: partner-tui lists edit "{list}" --where CONDITION',
    Step.SEE_LISTS: "See: partner-tui lists list",
    Step.ONLY_NEW_CONTACTS: "--new-since-last takes the new ones alone.",
    # Files to write
    Step.OTHER_NAME_OR_REPLACE: "Choose another name, or give --force.",
    Step.FITTING_FORMAT: "Leave --format out, or name the file {file}.",
    Step.OTHER_LEFT_OUT: "Give --left-out another name.",
    Step.GIVE_OUTPUT: "Give --output FILE, or a folder.",
    # Schedules
    Step.OTHER_SCHEDULE: "Choose another name, or remove it first: partner-tui schedules remove NAME",
    Step.NOT_BY_CRON: "Leave --cron out, or change --on.",
    Step.TIME_OF_CRON: "Leave --cron out, or give the time in {here}: --on '{time} {here}'",
    Step.INSTALL_CRON: "Install cron, or leave --cron out.",
    Step.COMMANDS_TO_SCHEDULE: "Put one of these behind --: report …, lists export …, sync, import FILE …",
    Step.SAY_WHERE_TO: "Say a file or folder (--output), an address (--mail-to), or both.",
    Step.BEFORE_THE_COMMAND: "Give {option} before the --.",
    Step.MAIL_OPTIONS: "Add --mail-to, before the --.",
    # The vendor
    Step.LOG_IN: "Log in with: partner-tui login",
    Step.LOG_IN_ANEW: "Move it away and log in again with: partner-tui login",
    Step.GIVE_VENDOR_LIST: 'Give one with --list "NAME".',
    Step.OTHER_VENDOR_LIST: (
        'It may have been deleted there, or differ in capitals. Give another name with --list "NAME".'
    ),
    Step.UPLOAD_AGAIN: "Look at the list there; upload again, without --new-since-last, to send all of them once more.",
}


def hint_words(hint: Hint) -> str:
    """Return a hint in the command line's words."""
    return WORDS[hint.step].format(**hint.given)


def fault_words(fault: Fault) -> str:
    """Return a fault in lines: what is wrong, then what to do."""
    return fault.said(hint_words)


def fault_line(fault: Fault) -> str:
    """Return a fault in one line, as cron mails it."""
    return " ".join(fault_words(fault).splitlines())
