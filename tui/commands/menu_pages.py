"""The pages of the menu: one table, from which the menu, the keys that go there and the screen's pages come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page of the menu."""

    name: str
    """What the program calls it."""
    title: str
    """What people call it."""
    help: str
    """One plain sentence, for the key that goes there."""
    key: str
    """That key, in Textual's words; '' for none."""
    page: str
    """MODULE:CLASS; the module is imported when the page is first opened."""
    branch: str = ""
    """The branch of the menu that it stands in; '' for none."""


ROOT = "MY ORGANIZATION"
"""The menu's root, which opens the first page; the words are the vendor's portal's."""

MENU_PAGES: tuple[MenuPage, ...] = (
    MenuPage("home", "Home", "Opens Home: the accounts at a glance.", "1", "tui.pages.home:HomePage"),
    MenuPage(
        "accounts",
        "My accounts",
        "Opens My accounts: every account.",
        "2",
        "tui.pages.my_accounts:MyAccountsPage",
        "Accounts",
    ),
    MenuPage(
        "reports", "Reports", "Opens My reports: what was run.", "3", "tui.pages.my_reports:MyReportsPage", "Accounts"
    ),
    MenuPage(
        "targets",
        "Targeted lists",
        "Opens Targeted lists: whom to write to.",
        "4",
        "tui.pages.targeted_lists:TargetedListsPage",
    ),
    MenuPage("import", "Import", "Opens Import: accounts from a file.", "5", "tui.pages.import_file:ImportPage"),
    MenuPage(
        "schedules",
        "Schedules",
        "Opens Schedules: what is made and mailed by itself.",
        "7",
        "tui.pages.schedules:SchedulesPage",
    ),
    MenuPage("settings", "Settings", "Opens Settings.", "6", "tui.pages.settings:SettingsPage"),
    MenuPage("help", "Help", "Opens Help: every key, and the rules of every report.", "", "tui.pages.help:HelpPage"),
)

WELCOME = "tui.pages.welcome:WelcomePage"
"""What is shown for the first page while there are no accounts."""


def menu_page(name: str) -> MenuPage:
    """Return the page of this name."""
    return next(page for page in MENU_PAGES if page.name == name)
