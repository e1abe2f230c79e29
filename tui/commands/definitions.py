"""Every command of the user: one definition, from which keys, footer, help, palette and the README's table come.

Nothing here needs Textual: `tui.commands.bindings` makes its bindings of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.commands.key_words import shown_keys
from tui.commands.menu_pages import MENU_PAGES


@dataclass(frozen=True, slots=True)
class Place:
    """Where commands hold."""

    title: str
    """Two or three words, for the help and the README."""
    holder: str
    """MODULE:CLASS of who carries its commands out, unless a command's action names the application or the screen."""
    beside: tuple[str, ...] = ("main",)
    """The places that hold at the same time, so that no key may have two meanings in them."""


PLACES: dict[str, Place] = {
    "main": Place("Everywhere", "tui.main_screen:MainScreen", ()),
    "menu": Place("The menu", "tui.widgets.menu:Menu"),
    "table": Place("Tables", "tui.pages.arranging:Table"),
    "report": Place("Report pages and My accounts", "tui.pages.report_view:ReportView", ("main", "table")),
    "accounts": Place("My accounts", "tui.pages.my_accounts:MyAccountsPage", ("main", "table", "report")),
    "runs": Place("My reports", "tui.pages.my_reports:MyReportsPage"),
    "home": Place("Home", "tui.widgets.tile:Tile"),
    "targets": Place("Targeted lists", "tui.pages.targeted_lists:TargetedListsPage"),
    "import": Place("Import", "tui.pages.import_file:ImportPage"),
    "generate": Place("Generate Report", "tui.dialogues.generate_report:GenerateReport", ("modal",)),
    "schedules": Place("Schedules", "tui.pages.schedules:SchedulesPage"),
    "settings": Place("Settings", "tui.pages.settings:SettingsPage"),
    "login": Place("Logging in", "tui.dialogues.login:LoginScreen", ("modal",)),
    "vendor_upload": Place("Upload", "tui.dialogues.vendor_upload:VendorUploadScreen", ("modal",)),
    "vendor_accounts": Place("From the vendor", "tui.dialogues.vendor_accounts:VendorAccountsScreen", ("modal",)),
    "schedule": Place("A schedule", "tui.dialogues.schedule:ScheduleScreen", ("modal",)),
    "export": Place("Export", "tui.dialogues.export:ExportScreen", ("modal",)),
    "upload": Place("Export for upload", "tui.dialogues.upload:UploadScreen", ("modal",)),
    "delivery": Place("After an export", "tui.dialogues.delivery:DeliveryScreen", ("modal",)),
    "account": Place("One account", "tui.dialogues.account:AccountScreen", ("modal",)),
    "facets": Place("Values of a column", "tui.dialogues.facets:FacetScreen", ("modal",)),
    "columns": Place("Choose columns", "tui.dialogues.columns:ColumnsScreen", ("modal",)),
    "views": Place("Views", "tui.dialogues.views:ViewsScreen", ("modal",)),
    "help": Place("Help texts", "tui.widgets.help_reader:HelpReader", ()),
    "help_search": Place("Search in the help", "tui.widgets.help_reader:SearchField", ()),
    "modal": Place("Dialogues", "tui.dialogues.modal:Modal", ()),
    "lines": Place("Lists", "tui.widgets.lines:Lines", ()),
    "links": Place("Lists that lead somewhere", "tui.widgets.lines:Links", ()),
    "choice": Place("One of a few words", "tui.widgets.choice:Choice", ()),
    "checkbox": Place("On or off", "tui.widgets.checkbox:Checkbox", ()),
    "field": Place("Lines to type in", "tui.widgets.field:Field", ()),
    "find": Place("Find in My accounts", "tui.pages.my_accounts:FindField", ()),
    "path": Place("The path of a file", "tui.widgets.file_chooser:PathField", ()),
    "completing": Place("Lines that are completed", "tui.widgets.ask_line:CompletingField", ()),
    "ask": Place("The line that asks", "tui.widgets.ask_line:AskLine", ()),
    "program": Place("The program", "tui.app:PartnerApp", ()),
}
"""In the order of the help screen. Lists, choices and fields have Textual's own keys too."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do."""

    id: str
    """PLACE.NAME. A keymap rebinds by it; NAME is also the action that its place's holder carries out."""
    title: str
    """Two or three words, for the footer and the palette."""
    help: str
    """One plain sentence."""
    keys: str
    """The keys by default, in Textual's words, joined by commas; the first is the one shown."""
    is_shown: bool = False
    """Whether the footer shows it."""
    action: str = ""
    """What is carried out; by default NAME of the id. `app.` or `screen.` before it says who does instead."""
    is_fixed: bool = False
    """Whether its keys stay as they are: those that go about in fields and lists as everywhere, or end the program."""

    @property
    def place(self) -> str:
        """Where it holds: a key of `PLACES`."""
        return self.id.partition(".")[0]

    @property
    def key_words(self) -> str:
        """The keys as people write them: "enter", "ctrl+p", "?"."""
        return shown_keys(self.keys)


COMMANDS: tuple[Command, ...] = (
    Command(
        "main.run_report", "Run a Report", "Opens Generate Report: choose a report, view it or write a file.", "r", True
    ),
    Command("main.toggle_menu", "Menu", "Shows or hides the menu at the left.", "m", True),
    Command(
        "main.help",
        "Help",
        "Shows the keys that work here, and the rules of the report.",
        "question_mark,f1",
        True,
        "app.help",
    ),
    Command(
        "main.palette", "Palette", "Finds commands, reports and pages by name.", "ctrl+p", action="app.command_palette"
    ),
    Command("main.quit", "Quit", "Ends the program; asks where something would be lost.", "q", True),
    Command(
        "main.known_on",
        "Known on",
        "Shows all accounts and reports as they were known on an earlier day, or as they are now.",
        "K",
        action="app.known_on",
    ),
    Command(
        "main.draw_anew",
        "Draw anew",
        "Puts the screen right when something else has written over it.",
        "ctrl+l",
        action="app.draw_anew",
    ),
    *(
        Command(page.command, page.title, page.help, page.key, action=f"go('{page.name}')")
        for page in MENU_PAGES
        if page.key
    ),
    Command("menu.cursor_up", "Up", "Goes one line up.", "up,k"),
    Command("menu.cursor_down", "Down", "Goes one line down.", "down,j"),
    Command("menu.select_cursor", "Open", "Opens the page.", "enter,right,l", True),
    Command("table.cursor_up", "Up", "Goes one row up.", "up,k"),
    Command("table.cursor_down", "Down", "Goes one row down.", "down,j"),
    Command("table.column_left", "Left", "Goes to the column at the left.", "left,h"),
    Command("table.column_right", "Right", "Goes to the column at the right.", "right,l"),
    Command("table.page_up", "Page up", "Goes one screenful up.", "pageup,ctrl+b"),
    Command("table.page_down", "Page down", "Goes one screenful down.", "pagedown,ctrl+f"),
    Command("table.half_page_up", "Half a page up", "Goes half a screenful up.", "ctrl+u"),
    Command("table.half_page_down", "Half a page down", "Goes half a screenful down.", "ctrl+d"),
    Command("table.first_row", "First row", "Goes to the first row.", "home,g,ctrl+home"),
    Command("table.last_row", "Last row", "Goes to the last row.", "end,G,ctrl+end"),
    Command("table.first_column", "First column", "Goes to the first column.", "0,circumflex_accent"),
    Command("table.last_column", "Last column", "Goes to the last column.", "dollar_sign"),
    Command("table.open_row", "Open", "Shows all that is known of the row's account.", "enter", True),
    Command("table.hide_column", "Hide column", "Hides the current column.", "minus"),
    Command(
        "table.column_to_left",
        "Column to the left",
        "Moves the current column to the left.",
        "H",
        action="move_column(-1)",
    ),
    Command(
        "table.column_to_right",
        "Column to the right",
        "Moves the current column to the right.",
        "L",
        action="move_column(1)",
    ),
    Command("table.freeze", "Freeze", "Keeps the columns up to the current one in place, or lets all scroll.", "z"),
    Command("table.widen", "Wider", "Makes the current column wider.", "greater_than_sign", action="widen(1)"),
    Command("table.narrow", "Narrower", "Makes the current column narrower.", "less_than_sign", action="widen(-1)"),
    Command("table.fit_column", "Fit width", "Makes the current column as wide as its values.", "underscore"),
    Command("report.sort", "Sort", "Sorts by the current column: up, down, then the report's own order.", "s", True),
    Command(
        "report.sort_also", "Sort also", "Sorts by the current column behind the others: up, down, not at all.", "S"
    ),
    Command("report.filter", "Filter", "Narrows the rows by a condition, such as list_size > 500.", "f", True),
    Command("report.search", "Search", "Finds text in any column of any row.", "slash", True),
    Command("report.next_hit", "Next hit", "Goes to the next row found.", "n"),
    Command("report.previous_hit", "Previous hit", "Goes to the row found before.", "N"),
    Command("report.export", "Export", "Writes exactly what is shown, or selected, to a file.", "e", True),
    Command("report.make_list", "Make a list", "Keeps these accounts as a targeted list, to write to them.", "t"),
    Command(
        "report.facets", "Values", "Counts the values of the current column, to filter by some of them.", "F", True
    ),
    Command("report.statistics", "Statistics", "Shows figures over all values of the current column.", "I"),
    Command("report.notes", "Notes", "Shows the report's notes, totals and freshness.", "i", True),
    Command("report.chart", "Chart", "Shows the months as a chart, as large as the screen.", "B", True),
    Command("report.go_to_row", "Go to row", "Goes to a row by its number.", "ctrl+g"),
    Command("report.go_to_column", "Go to column", "Goes to a column by some letters of its name.", "c"),
    Command("report.columns", "Columns", "Chooses which columns are shown, in which order.", "C"),
    Command("report.select_row", "Select", "Selects the row, or lets it go, and goes one row down.", "space"),
    Command("report.select_range", "Select range", "Selects the rows from the one last selected to this one.", "V"),
    Command(
        "report.select_all",
        "Select all",
        "Selects all rows found by the search; without one, all rows shown.",
        "asterisk",
    ),
    Command("report.select_none", "Select none", "Lets all selected rows go.", "x"),
    Command("report.views", "Views", "Recalls, saves and deletes views: filter, order and columns.", "v"),
    Command("report.undo", "Undo", "Takes back the last change of filter, order or columns.", "u"),
    Command("report.redo", "Redo", "Brings back what was taken back last.", "ctrl+r,U"),
    Command("report.copy_cell", "Copy cell", "Sends the current cell to the clipboard.", "y"),
    Command(
        "report.copy_rows",
        "Copy rows",
        "Sends the selected rows, else the current one, to the clipboard: tabs between cells.",
        "Y",
    ),
    Command("report.back", "Back", "Takes the search away, then leaves the page.", "escape", True),
    Command("accounts.find", "Find", "Narrows the rows as you type: some letters of a name, id or address.", "w", True),
    Command("runs.open_row", "Open", "Shows the report again, as of today.", "enter", True),
    Command("runs.run_again", "Run again", "Opens Generate Report with the same choices.", "a", True),
    Command("runs.show_path", "Path", "Shows where the file is, and how to fetch it.", "p", True),
    Command("home.open", "Open", "Opens the accounts behind the number.", "enter", True),
    Command("targets.open", "Open", "Shows the accounts of the list.", "enter", True),
    Command("targets.export", "Export for upload", "Writes the list's contacts as the vendor takes them.", "e", True),
    Command("targets.upload", "Upload", "Sends the list's contacts to your account at Constant Contact.", "U", True),
    Command("targets.new", "New list", "Makes a list from a filter over all accounts.", "n", True),
    Command("targets.edit", "Edit", "Lets a list of your own hold what another filter holds.", "f"),
    Command("targets.copy", "Copy", "Copies the list under a new name.", "c"),
    Command("targets.rename", "Rename", "Gives a list of your own another name.", "t"),
    Command("targets.delete", "Delete", "Takes a list of your own away; it can be brought back.", "d,delete"),
    Command("targets.undelete", "Bring back", "Brings back the list that was deleted last.", "u"),
    Command("settings.log_in", "Log in", "Logs in to your account at Constant Contact, for uploads.", "i", True),
    Command("settings.log_out", "Log out", "Forgets the login, after asking.", "o", True),
    Command("login.copy_address", "Copy address", "Sends the address to the clipboard.", "y", True),
    Command("vendor_upload.go_on", "Upload", "Does what the button says: uploads, looks again, logs in.", "f3"),
    Command("vendor_accounts.go_on", "Import", "Does what the button says: looks, then imports.", "f3"),
    Command("schedules.open", "Look", "Shows what the schedule runs, when next, and how it ran last.", "enter", True),
    Command("schedules.new", "New schedule", "Has a report made and mailed by itself.", "n", True),
    Command("schedules.run", "Run now", "Runs the schedule at once, as its timer does.", "a", True),
    Command("schedules.install", "Install", "Lets this machine run the schedule at its time.", "i"),
    Command("schedules.remove", "Remove", "Forgets the schedule, after asking; what it wrote stays.", "d,delete"),
    Command("schedule.keep", "Keep", "Keeps the schedule and lets this machine run it.", "f3", True),
    Command("import.apply", "Go on", "Shows what will change; there, stores it.", "ctrl+o,ctrl+g", True),
    Command(
        "import.keep", "Keep column", "Keeps a column that no field has as a field of your own, or not.", "space", True
    ),
    Command("import.leave", "Back", "Stops what is under way, else goes back one step, at last to the menu.", "escape"),
    Command("import.history", "Imports", "Shows what was imported, and what was said of each file.", "i"),
    Command("import.vendor", "From the vendor", "Takes your accounts in as the vendor lists them now.", "v", True),
    Command("import.undo", "Undo last import", "Takes back the last import, after asking.", "u", True),
    Command("generate.view", "View", "Shows the report's page.", "f2", True),
    Command("generate.generate", "Generate Report", "Writes the file.", "f3", True),
    Command("export.write", "Export", "Writes the file.", "f3", True),
    Command("export.schedule", "Every Monday …", "Has this file made by itself, at its time.", "f4", True),
    Command("upload.write", "Export", "Writes the files.", "f3", True),
    Command("delivery.copy_path", "Copy path", "Sends the path to the clipboard.", "p", True),
    Command("delivery.copy_scp", "Copy scp line", "Sends the line that fetches the file to the clipboard.", "s", True),
    Command("delivery.copy_whole", "Copy the report", "Sends a short report, all of it, to the clipboard.", "c", True),
    Command("delivery.download", "Download", "Has the terminal save the file on your own machine.", "d", True),
    Command("delivery.open_file", "Open", "Opens the file with the program that your desktop has for it.", "o", True),
    Command("account.note", "Note", "Writes a note on the account, with today's date.", "n", True),
    Command("account.star", "Star", "Gives the account a star of yours, or takes it away.", "s", True),
    Command("account.copy", "Copy", "Sends all fields to the clipboard.", "y", True),
    Command("facets.up", "Up", "Goes one value up.", "up", action="screen.move(-1)"),
    Command("facets.down", "Down", "Goes one value down.", "down", action="screen.move(1)"),
    Command("facets.page_up", "Page up", "Goes one screenful of values up.", "pageup", action="screen.page(-1)"),
    Command("facets.page_down", "Page down", "Goes one screenful of values down.", "pagedown", action="screen.page(1)"),
    Command("facets.choose", "Choose", "Chooses the value beside others, or lets it go.", "tab", True, "screen.choose"),
    Command(
        "facets.apply",
        "Filter",
        "Shows only rows with the chosen values, or the one under the cursor.",
        "enter",
        True,
        "screen.apply",
    ),
    Command("columns.flip", "Show or hide", "Shows or hides the column.", "space", True),
    Command("columns.move_up", "Up", "Moves the column to the left in the table.", "K", True, "move(-1)"),
    Command("columns.move_down", "Down", "Moves the column to the right in the table.", "J", True, "move(1)"),
    Command("columns.freeze", "Freeze", "Keeps the columns up to this one in place, or lets all scroll.", "z", True),
    Command("columns.show_all", "All", "Shows all columns.", "a", True),
    Command(
        "columns.keep",
        "For all tables",
        "Lets all tables that you have not arranged begin with these columns, or with their own again.",
        "t",
        True,
    ),
    Command("views.delete", "Delete", "Deletes the saved view under the cursor.", "d,delete", True),
    Command("help.search", "Search", "Finds words in the whole help, wherever it was called from.", "slash", True),
    Command("help_search.read", "To the text", "Goes to what was found.", "enter,down", True, is_fixed=True),
    Command("help_search.stop", "Stop", "Shows the text again as it was.", "escape", True, is_fixed=True),
    Command("modal.leave", "Close", "Leaves the dialogue; nothing is changed.", "escape", True),
    Command("modal.do_it", "Do it", "Does what the dialogue is for: writes, answers, goes on.", "ctrl+g", True),
    Command("modal.help", "Help", "Shows the keys that work here.", "f1", action="app.help"),
    Command(
        "modal.draw_anew",
        "Draw anew",
        "Puts the screen right when something else has written over it.",
        "ctrl+l",
        action="app.draw_anew",
    ),
    Command("home.previous", "Previous", "Goes to the tile before.", "left,h,up,k", False, "app.focus_previous", True),
    Command("home.next", "Next", "Goes to the next tile.", "right,l,down,j", False, "app.focus_next", True),
    Command("lines.cursor_up", "Up", "Goes one line up.", "k", is_fixed=True),
    Command("lines.cursor_down", "Down", "Goes one line down.", "j", is_fixed=True),
    Command("lines.select", "Choose", "Takes the line.", "enter", is_fixed=True),
    Command("links.select", "Open", "Opens what the line leads to.", "enter", True, is_fixed=True),
    Command("choice.previous", "Previous", "Chooses the word before.", "left,h,k", False, "move(-1)", True),
    Command("choice.next", "Next", "Chooses the next word.", "right,l,j,space", False, "move(1)", True),
    Command("choice.up", "Up", "Chooses the word above, or goes to the place before.", "up", is_fixed=True),
    Command("choice.down", "Down", "Chooses the word below, or goes to the next place.", "down", is_fixed=True),
    Command("choice.first", "First", "Chooses the first word.", "home", False, "choose(0)", True),
    Command("choice.last", "Last", "Chooses the last word.", "end", False, "choose(-1)", True),
    Command("choice.submit", "Go on", "Goes on with the chosen word.", "enter", is_fixed=True),
    Command("checkbox.flip", "On or off", "Turns it on or off.", "space", is_fixed=True),
    Command("checkbox.previous", "Previous", "Goes to the place before.", "up,left", False, "app.focus_previous", True),
    Command("checkbox.next", "Next", "Goes to the next place.", "down,right", False, "app.focus_next", True),
    Command("checkbox.submit", "Go on", "Goes on with it as it is.", "enter", is_fixed=True),
    Command("field.submit", "Go on", "Goes on with what is typed.", "enter", True, is_fixed=True),
    Command("field.previous", "Previous", "Goes to the place before.", "up", False, "app.focus_previous", True),
    Command("field.next", "Next", "Goes to the next place.", "down", False, "app.focus_next", True),
    Command("find.to_table", "To the rows", "Goes to the rows that were found.", "enter,down", True, is_fixed=True),
    Command("find.clear", "Show all", "Shows all rows again, and goes there.", "escape", True, is_fixed=True),
    Command("path.submit", "Read", "Reads the file, or opens the folder.", "enter", True, is_fixed=True),
    Command("path.into_list", "Choose", "Goes to the list of what is there.", "down", True, is_fixed=True),
    Command("path.complete", "Complete", "Completes the path as far as it is certain.", "tab", True, is_fixed=True),
    Command("completing.complete", "Complete", "Takes the first word that is offered.", "tab", True, is_fixed=True),
    Command("ask.leave", "Leave", "Goes back to the table; nothing is changed.", "escape", True, is_fixed=True),
    Command("program.next_place", "Next", "Goes to the next place.", "tab", False, "step(1)", True),
    Command(
        "program.previous_place", "Previous place", "Goes to the place before.", "shift+tab", False, "step(-1)", True
    ),
    Command("program.stop", "Stop", "Ends what is under way and said at the bottom.", "escape", is_fixed=True),
    Command("program.leave", "Menu", "Goes to the menu, out of a field too.", "escape", is_fixed=True),
    Command("program.quit", "Quit", "Ends the program, wherever you are.", "ctrl+q", is_fixed=True),
    Command("program.suspend_process", "Suspend", "Goes back to the shell; fg comes back.", "ctrl+z", is_fixed=True),
)


def commands_of(*places: str) -> list[Command]:
    """Return the commands that hold in these places, in their order."""
    return [command for command in COMMANDS if command.place in places]


def find_command(id: str) -> Command | None:
    """Return the command with this id; None for a binding that is no command of ours."""
    return next((command for command in COMMANDS if command.id == id), None)


def key_table(commands: Iterable[Command] = COMMANDS) -> str:
    """Return the key table of the README, as Markdown."""
    lines = ["| where | key | what it does |", "|---|---|---|"]
    for command in commands:
        keys = ", ".join(f"`{key}`" for key in command.key_words.split(", "))
        lines.append(f"| {PLACES[command.place].title} | {keys} | {command.help} |")
    return "\n".join(lines)
