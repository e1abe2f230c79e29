"""Import."""

from tui.pages.page import Page


class ImportPage(Page):
    """To be."""

    name_in_menu = "import"
