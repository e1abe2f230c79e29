"""What the floors below say in the command line's words, said in the application's: its pages and keys."""

from __future__ import annotations

import re

from tui.commands.keymap import KeyMap

_SAID: tuple[tuple[str, str], ...] = (
    (
        r"(Import your accounts|Import them|Import accounts) with: partner-tui import FILE"
        r"(, or look around with: partner-tui --demo)?",
        r"\1 on the page Import ({main.go_import}).",
    ),
    (r"Give the database of partner-tui with --db, or import FILE\.", "Put a copy of the database in its place."),
    (r"Put a copy back with: partner-tui restore BACKUP\.", "Put a copy of it back."),
    (r"Give a database of ours with --db\.", "Put a copy of the database in its place."),
    (r"Give a database with --db\.", "Start again with another database."),
    (r"Give another path to --db\.", "Start again with another database."),
    (r"Choose another place with --db, or mend the cause\.", "Mend the cause, or start with another database."),
    (r", or give --force\.", "."),
    (
        r"Take that one back first with: partner-tui undo-import, or (.*), into a new database \(--db PATH\)\.",
        r"Take that one back first, or \1, into a new database.",
    ),
    (r"(Say which day|Give the day) (.*) with: --dated YYYY-MM-DD", r"\1 \2 above, at “Tells of”."),
    (r"import it with --accept-gone; else", "say so above, at “Many gone”; else"),
    (r"--new-since-last takes the new ones alone\.", "“who is new since the last export” takes those alone."),
    (r"--date-order (dmy|ymd) reads (them|it) (day|year) first\.", r"“Dates” below reads \2 \3 first."),
    (r"--encoding NAME reads (all of it in one way|it otherwise)\.", "Save it as CSV UTF-8 if that is wrong."),
    (r" \(--encoding [^)]+\)", ""),
    (r", or say how it is written with --encoding NAME\.", "."),
    (r"Give another --encoding, or leave it out\.", "Save it as CSV UTF-8."),
    (r"--delimiter ('.*' is no delimiter\.)", r"\1"),
    (r"Leave out --delimiter\.", "Choose none."),
    (r"Leave out --encoding\.", "Save it as CSV UTF-8."),
    (r"read too; --skip-hidden leaves them out", "read too"),
    (r'Read it with --sheet "(.*)"\.', r"Choose “\1” at “Sheet” above."),
    (r"--where narrows any list\.", "a filter narrows any list."),
    (r'--map "Heading=field" takes one in, --keep "Heading" keeps it as .*\.', "A heading’s own line takes one in."),
    (
        r"Look for it with: partner-tui accounts --where '.*'",
        "Look for it in My accounts ({main.go_accounts}).",
    ),
    (r'partner-tui import FILE --keep "Heading" keeps one\.', "the page Import ({main.go_import}) keeps one."),
    (r"--keep ('.*' is not possible)", r"Keeping \1"),
    (r"rejected\. --accept-new-ids takes them as other accounts\.", "rejected."),
    (r": --accept-new-ids takes it as another", ""),
    (r"Look at it, or import it without --strict\.", "Look at it."),
    (r" --dated YYYY-MM-DD says which day it tells of\.", ""),
    (r"; only --complete ends them\.", "; only a complete list ends them."),
    (r"Give the earlier day as --since\.", "Give the earlier day."),
    (r"--known-on does not apply", "A day known on does not apply"),
    (r"None is saved yet: --save-map NAME keeps one\.", "None is saved yet: “Keep mapping as” keeps one."),
    (r'Leave one out with --map ".*="\.', "Rename or leave out one in the file."),
    (r'Say which column it is with --map ".*"\.', "Name its column Account ID in the file."),
    (r'leave the column out with --map ".*="\.', "leave the column out above."),
    (r"; or name the table with --sheet and its headings with --map\.", "."),
    (r"--map names the heading", "The mapping names the heading"),
    (r"--set (\w+)(=\S+)? (is not possible|has no value)", r"\1\2 for all rows \3"),
    (r"Write --set \w+=VALUE\.", "Choose one."),
    (r'Say which one: --sheet ".*"\.', "Say which one."),
    (r"Leave out --sheet .*\.", "Choose no sheet."),
    (r"import without --strict to leave them out\.", "import again."),
    (r"Add --list-size (.*)", r"Give one: \1"),
    (r"Leave --(list-size|status|where|sort|known-on) out\.", r"Leave it out."),
    (r"elsewhere use --where\.", "elsewhere filter the rows ({report.filter})."),
    (r"--(where|sort) does not apply", r"A \1 does not apply"),
    (r"See: partner-tui lists list", "Targeted lists ({main.go_targets}) shows all there are."),
    (r'Correct it with: partner-tui lists edit ".*" --where CONDITION', "Edit it ({targets.edit})."),
    (r"Copy it first: partner-tui lists copy .*", "Copy it first ({targets.copy})."),
    (
        r"Say a file or folder \(--output\), an address \(--mail-to\), or both\.",
        "Say a file or folder, an address, or both.",
    ),
    (r"Put one of these behind --: (.*)", r"Run one of these: \1"),
    (r"(--output|--mail-to) belongs to the schedule\.", r"\1 stands in a line of its own here."),
    (r"Give (--output|--mail-to) before the --\.", r"Leave \1 out of the command."),
    (r"Choose another name, or remove it first: partner-tui schedules remove NAME", "Choose another name."),
)
"""Patterns, and what stands in their place; `{COMMAND}` stands for the key of a command."""


def in_app_words(text: str, keymap: KeyMap) -> str:
    """Return what the floors below say to a person, without the command line's options, and with the keys there are."""
    for said, in_app in _SAID:
        found = re.search(said, text)
        if found is not None:
            text = text[: found.start()] + keymap.said(found.expand(in_app)) + text[found.end() :]
    return text
