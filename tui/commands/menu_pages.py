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
    words: str
    """What else people type for it; the palette finds it by these words too. '' where no key goes there."""
    branch: str = ""
    """The branch of the menu that it stands in; '' for none."""

    @property
    def command(self) -> str:
        """The command that goes there."""
        return f"main.go_{self.name}"


ROOT = "MY ORGANIZATION"
"""The menu's root, which opens the first page; the words are the vendor's portal's."""

MENU_PAGES: tuple[MenuPage, ...] = (
    MenuPage(
        "home",
        "Home",
        "Opens Home: the accounts at a glance.",
        "1",
        "tui.pages.home:HomePage",
        "start overview dashboard figures summary tiles history",
    ),
    MenuPage(
        "accounts",
        "My accounts",
        "Opens My accounts: every account.",
        "2",
        "tui.pages.my_accounts:MyAccountsPage",
        "customers clients partners all list phone email",
        "Accounts",
    ),
    MenuPage(
        "reports",
        "Reports",
        "Opens My reports: what was run.",
        "3",
        "tui.pages.my_reports:MyReportsPage",
        "runs history files made before again",
        "Accounts",
    ),
    MenuPage(
        "targets",
        "Targeted lists",
        "Opens Targeted lists: whom to write to.",
        "4",
        "tui.pages.targeted_lists:TargetedListsPage",
        "segments audiences campaign mail email expired idle bonus at risk write",
    ),
    MenuPage(
        "import",
        "Import",
        "Opens Import: accounts from a file.",
        "5",
        "tui.pages.import_file:ImportPage",
        "load upload read file portal csv excel xlsx update",
    ),
    MenuPage(
        "schedules",
        "Schedules",
        "Opens Schedules: what is made and mailed by itself.",
        "7",
        "tui.pages.schedules:SchedulesPage",
        "schedule every monday weekly cron mail email automatic",
    ),
    MenuPage(
        "settings",
        "Settings",
        "Opens Settings.",
        "6",
        "tui.pages.settings:SettingsPage",
        "options preferences configuration colour color colours colors theme dark light keys",
    ),
    MenuPage(
        "help",
        "Help",
        "Opens Help: every key, and the rules of every report.",
        "",
        "tui.pages.help:HelpPage",
        "",
    ),
)

WELCOME = "tui.pages.welcome:WelcomePage"
"""What is shown for the first page while there are no accounts."""


def menu_page(name: str) -> MenuPage:
    """Return the page of this name."""
    return next(page for page in MENU_PAGES if page.name == name)
