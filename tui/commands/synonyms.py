"""What people type for a command when they do not know its name: the palette finds it by these words too."""

from __future__ import annotations

from collections.abc import Mapping

from tui.commands.menu_pages import MENU_PAGES

SYNONYMS: Mapping[str, str] = {
    "main.run_report": "generate make create pdf xls xlsx excel csv html download print",
    "main.toggle_menu": "sidebar navigation hide show",
    "main.help": "keys shortcuts manual how f1",
    "main.palette": "search find commands",
    "main.quit": "exit leave end close stop",
    "main.draw_anew": "refresh redraw repaint garbage screen",
    "report.sort": "order ascending descending",
    "report.filter": "where condition narrow search only",
    "report.search": "find text look",
    "report.export": "save write file csv excel xls xlsx pdf html json download",
    "report.chart": "graph plot trend diagram",
    "report.facets": "values counts group distinct filter",
    "report.statistics": "sum average mean minimum maximum figures total",
    "report.notes": "freshness totals warnings info",
    "report.columns": "columns fields show hide order phone email arrange",
    "table.hide_column": "remove column",
    "report.views": "saved layout recall filter last time",
    "report.undo": "undo back revert filter sort columns",
    "report.redo": "again forward",
    "report.make_list": "targeted segment audience save accounts",
    "report.copy_cell": "clipboard",
    "report.copy_rows": "clipboard",
    "accounts.find": "search name phone email company id customer",
    "runs.run_again": "repeat rerun",
    "runs.show_path": "file folder scp fetch where download",
    "targets.export": "upload contacts csv mail email write campaign",
    "targets.upload": "send contacts constant contact vendor api mail write campaign list",
    "targets.new": "segment audience create",
    "targets.undelete": "undo delete restore",
    "import.apply": "store save take import next preview",
    "import.keep": "own field column tick custom",
    "import.vendor": "sync synchronise fetch download api constant contact accounts partner",
    "settings.log_in": "login sign in account constant contact vendor device code token whoami",
    "settings.log_out": "logout sign out forget token",
    "import.undo": "undo import take back revert last restore mistake",
    "generate.generate": "write file pdf excel csv",
    **{page.command: page.words for page in MENU_PAGES if page.key},
}
"""Command to words, divided by blanks."""

SETTING_WORDS: Mapping[str, str] = {
    "theme": "colour color colours colors dark light contrast look appearance",
    "timezone": "time zone clock today date",
    "export_folder": "folder directory where files save path",
    "format": "pdf excel csv html default",
    "ssh_name": "scp server host fetch download",
    "bonus_amount": "money income forecast payment",
    "bonus_currency": "money dollar euro",
    "paper": "letter a4 pdf print page size",
    "date_style": "dates american european iso format",
}
"""Setting to words."""


def score(query: str, title: str, also: str = "", help: str = "") -> float:
    """Return how well what was typed fits an entry: 0 where a word of it begins no word of the entry.

    Whole words count, never letters scattered over them. Words of the title weigh most, then its other names, then what
    the help says.

    Args:
        query: what was typed.
        title: the entry's title.
        also: what people may call it.
        help: its sentence.
    """
    wanted = query.casefold().split()
    places = [(_words(title), 1.0), (_words(also), 0.7), (_words(help), 0.3)]
    scores = []
    for word in wanted:
        fits = [weight for words, weight in places if any(known.startswith(word) for known in words)]
        if not fits:
            return 0.0
        scores.append(fits[0])
    return sum(scores) / len(scores) if scores else 0.0


def begun_words(query: str, title: str) -> list[tuple[int, int]]:
    """Return where the title has what was typed: the place of its first letter, and of the one behind its last."""
    found, start = [], 0
    for word in title.split(" "):
        begun = max((len(typed) for typed in query.casefold().split() if word.casefold().startswith(typed)), default=0)
        if begun:
            found.append((start, start + begun))
        start += len(word) + 1
    return found


def _words(text: str) -> list[str]:
    return [word.strip("(),.:;“”\"'") for word in text.casefold().split()]
