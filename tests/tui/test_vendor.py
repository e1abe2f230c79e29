"""The vendor in the application, against the mock on loopback: log in and out, upload a list, take the accounts in."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Button

from core.clock import today
from core.database import Database
from core.history import imports
from core.vendor.credentials import CredentialsFile, Login, to_values
from db.uploads import UploadJournal
from tests.tui.application import SIZES, Session, opened
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import CLIENT_ID, MARK, PARTNER_ID, PARTNER_SECRET, MockVendor, instead, owner
from tests.vendor.serving import served, variables
from tui.dialogues.login import LoginScreen
from tui.dialogues.vendor_accounts import VendorAccountsScreen
from tui.dialogues.vendor_upload import VendorUploadScreen
from tui.main_screen import MainScreen

SENDING = "/v3/activities/contacts_file_import"
PENDING = ["authorization_pending"] * 10_000


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MockVendor]:
    """Return the vendor that the application will ask."""
    monkeypatch.chdir(tmp_path)
    vendor = MockVendor()
    with served(vendor) as address:
        for name, value in variables(address).items():
            monkeypatch.setenv(name, value)
        yield vendor


@pytest.fixture
def partner(vendor: MockVendor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MockVendor:
    """Return the vendor, with a technology partner's credentials at hand."""
    secret = tmp_path / "secret"
    secret.write_text(PARTNER_SECRET)
    monkeypatch.setenv("PARTNER_TUI_PARTNER_CLIENT_ID", PARTNER_ID)
    monkeypatch.setenv("PARTNER_TUI_PARTNER_SECRET_FILE", str(secret))
    vendor.managed = [owner(n) for n in range(3)]
    return vendor


def log_in(vendor: MockVendor) -> Login:
    """Be logged in, without asking."""
    given, store = vendor.give_tokens(), CredentialsFile()
    login = Login(
        CLIENT_ID, given["access_token"], given["refresh_token"], vendor.now() + vendor.token_life, vendor.now()
    )
    store.make_private()
    store.write(to_values(login))
    return login


async def until(session: Session, holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    for _ in range(3_000):
        if holds():
            return
        await session.pilot.pause(0.01)
    pytest.fail(f"it never held; the screen says:\n{session.text()}")


async def until_said(session: Session, words: str) -> None:
    """Wait until something is said."""
    await until(session, lambda: words in session.words())


async def choose(session: Session, name: str) -> None:
    """Open Targeted lists and put the cursor on one."""
    await session.press("4")
    names = [line.counted.target.name for line in session.app.main.page._lines]
    await session.press("home", *["down"] * names.index(name))


def exports(database: Database) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database.path)) as connection:
        return connection.execute("SELECT purpose, contacts, left_out, vendor_list FROM list_exports").fetchall()


# Logging in and out


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_a_person_logs_in_is_named_and_logs_out(
    vendor: MockVendor, database: Database, size: tuple[int, int]
) -> None:
    vendor.device_states = list(PENDING)
    async with opened(database, size) as session:
        await session.press("6")
        assert "Nobody is logged in" in session.words()
        await session.press("i")
        assert "Which application at Constant Contact is this?" in session.words()
        await session.press("enter")  # without an id it is no answer
        await session.type(CLIENT_ID)
        await session.pilot.press("enter")
        await until_said(session, "WXYZ-2345")
        assert "https://login.example/activate" in session.text()
        assert "Waiting until that is done" in session.words()
        await session.pilot.press("enter", "enter")  # nothing to press: it waits on
        assert "WXYZ-2345" in session.text()
        assert vendor.count("POST", "/auth/device/authorize") == 1
        vendor.device_states.clear()
        await until(session, lambda: isinstance(session.app.screen, MainScreen))
        await session.settle()
        assert "Logged in to the account of Acme Agency (owner@acme.example, p07e1l8cdif9dl)." in session.words()
        await session.press("o", "enter")
        assert CredentialsFile().login() is not None, "Enter leaves it as it is"
        await session.press("o", "tab", "enter")
        assert CredentialsFile().login() is None
        assert "Nobody is logged in" in session.words()
        assert MARK not in session.text()


async def test_the_client_id_is_remembered_and_the_address_copied(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    vendor.device_states = list(PENDING)
    async with opened(database) as session:
        await session.press("6")
        await session.pilot.press("i")
        await until_said(session, "WXYZ-2345")
        await session.pilot.press("y")
        assert session.app.clipboard == "https://login.example/activate?user_code=WXYZ-2345"
        await session.press("escape")


async def test_escape_leaves_a_login_and_keeps_the_one_before(vendor: MockVendor, database: Database) -> None:
    before = log_in(vendor)
    vendor.device_states = list(PENDING)
    async with opened(database) as session:
        await session.press("6")
        await session.pilot.press("i")
        await until_said(session, "WXYZ-2345")
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)
        asked = vendor.count("POST", "/auth/token")
        await session.press("escape", "escape")
        assert vendor.count("POST", "/auth/token") == asked, "nobody waits any more"
    assert CredentialsFile().login() == before


@pytest.mark.parametrize(
    ("state", "words"),
    [("access_denied", "The login was denied."), ("expired_token", "before the code ran out"), ("odd", "answered 400")],
)
async def test_a_login_that_comes_to_nothing_is_said_and_tried_again(
    vendor: MockVendor, database: Database, state: str, words: str
) -> None:
    log_in(vendor)
    vendor.device_states = [state]
    async with opened(database) as session:
        await session.press("6", "i")
        assert words in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, MainScreen)
        assert "Acme Agency" in session.words()


async def test_a_login_that_others_can_read_is_refused_in_words(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    CredentialsFile().path.chmod(0o644)
    async with opened(database) as session:
        await session.press("6")
        assert "Others on this machine may read" in session.words()
        assert "chmod 600" in session.words()
    assert vendor.asked == []


async def test_a_dead_login_names_the_key_that_mends_it(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    vendor.access_tokens.clear()
    vendor.refresh_tokens.clear()
    async with opened(database) as session:
        await session.press("6")
        assert "The login is dead" in session.words()
        assert "Log in (i on Settings)." in session.words()


async def test_nobody_is_said_to_be_logged_out_while_the_vendor_is_asked(
    vendor: MockVendor, database: Database
) -> None:
    log_in(vendor)
    may_answer = threading.Event()

    def wait(_vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        may_answer.wait(60)

    vendor.script("GET", "/v3/account/summary", wait)
    async with opened(database) as session:
        await session.pilot.press("6")
        await until_said(session, "Asking Constant Contact whose account it is …")
        assert "Nobody is logged in" not in session.words()
        may_answer.set()
        await until_said(session, "Logged in to the account of Acme Agency")


# What it looks like


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("name", ["log in", "upload", "from the vendor"])
async def test_screen(
    partner: MockVendor, database: Database, name: str, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    if name != "log in":
        log_in(partner)
    async with opened(database, size) as session:
        match name:
            case "log in":
                await session.press("3")
                session.app.push_screen(LoginScreen())
                await session.settle()
            case "upload":
                await choose(session, "Never logged in")
                await session.press("U")
            case _:
                await session.press("3")  # no page that shows folders lies below
                session.app.push_screen(VendorAccountsScreen())
                await session.settle()
                await session.press("enter")
        assert session.text().replace(today().isoformat(), "2026-03-04") == snapshot


# Uploading


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_a_list_is_uploaded_in_two_keys(vendor: MockVendor, database: Database, size: tuple[int, int]) -> None:
    log_in(vendor)
    async with opened(database, size) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        said = session.words()
        assert "2 accounts in the list: 1 contact to upload." in said
        assert "Left out: 1 (1 line ends or control characters in First Name)." in said
        assert "To the account of Acme Agency (owner@acme.example, p07e1l8cdif9dl)" in said
        assert "list “Never logged in”, which will be made." in said
        assert "Upload 1 contact" in said
        assert vendor.files == []
        await session.press("enter")
        assert "1 contact sent, 1 arrived." in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, MainScreen)
        assert "to “Never logged in”: 1 contact" in session.words()
        await session.press("U", "tab", "space")
        assert "There is nobody to upload" in session.words()
        await session.press("enter", "enter")
    assert [one["name"] for one in vendor.lists] == ["Never logged in"]
    assert set().union(*vendor.received.values()) == {"bo@example.com"}
    assert exports(database) == [("api", 1, 1, "Never logged in")]
    assert len(vendor.files) == 1


async def test_enter_pressed_too_often_sends_once(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.pilot.press("U", "enter", "enter", "enter")
        await session.settle()
        await session.pilot.press("enter", "enter", "enter", "enter")
        await session.settle()
    assert len(vendor.files) == 1


async def test_another_list_is_looked_for_before_anything_goes_there(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    vendor.lists = [{"list_id": "8c077f20-1586-11e4-bcb3-00163e56be7c", "name": "Onboarding"}]
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U", "ctrl+u")
        await session.type("Onboarding")
        assert "enter looks for this list" in session.words()
        await session.press("enter")
        assert vendor.files == [], "it was not seen yet where this goes"
        assert "list “Onboarding”." in session.words()
        await session.press("enter")
        assert "1 arrived" in session.words()
    assert list(vendor.received) == ["8c077f20-1586-11e4-bcb3-00163e56be7c"]


async def test_a_login_is_asked_for_when_an_upload_needs_it(vendor: MockVendor, database: Database) -> None:
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        assert "Nobody is logged in at Constant Contact." in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, LoginScreen)
        await session.press("escape")
        assert isinstance(session.app.screen, VendorUploadScreen)
        await session.press("enter")
        await session.type(CLIENT_ID)
        await session.press("enter")
        assert isinstance(session.app.screen, VendorUploadScreen)
        assert "Upload 1 contact" in session.words()
        await session.press("ctrl+g")
        assert "1 arrived" in session.words()


async def test_a_login_that_dies_in_the_middle_goes_on_where_it_stopped(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)

    def die(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> mock.Answer:
        vendor.access_tokens.clear()
        vendor.refresh_tokens.clear()
        return mock.object_error(401, "unauthorized", "Unauthorized")

    vendor.script("GET", "/v3/activities/.*", die)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U", "enter")
        assert "The login is dead" in session.words()
        await session.press("enter")  # logs in: the client id is known
        assert "1 of it had arrived" in session.words()
        assert "There is nobody to upload" in session.words()
    assert len(vendor.files) == 1
    assert exports(database) == [("api", 1, 1, "Never logged in")]


async def test_escape_while_the_vendor_works_stops_safely_and_nothing_is_sent_twice(
    vendor: MockVendor, database: Database
) -> None:
    log_in(vendor)

    def never_ends(job: mock.Job) -> None:
        job.steps = ["processing"] * 10_000

    vendor.change_next_job = never_ends
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        await session.pilot.press("enter")
        await until_said(session, "the vendor is at work (processing, 1 %)")
        await session.pilot.press("escape")
        await until_said(session, "The same upload goes on with the others.")
        assert "The upload was stopped." in session.words()
        await session.press("escape")
        vendor.jobs[0].steps = ["completed"]
        await session.press("U")
        assert "1 of it had arrived" in session.words()
        assert "There is nobody to upload" in session.words()
    assert len(vendor.files) == 1


async def test_escape_before_anything_is_sent_sends_nothing(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U", "escape", "U", "escape", "escape")
    assert vendor.count("POST", SENDING) == 0
    assert vendor.lists == []


async def test_rows_that_the_vendor_lost_and_a_job_that_failed_are_said(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)

    def fail(job: mock.Job) -> None:
        job.steps = ["failed"]

    vendor.change_next_job = fail
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U", "enter")
        assert "ended as failed" in session.words()
        assert "No contact is known to have arrived." in session.words()
        vendor.change_next_job = lambda _job: None
        await session.press("enter", "enter")  # looks again, and sends
        assert "1 contact sent, 1 arrived." in session.words()


async def test_contacts_that_changed_since_they_were_shown_are_not_sent(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        with closing(sqlite3.connect(database.path)) as connection:
            connection.execute("UPDATE accounts SET email = 'other@example.com' WHERE account_id = 'A5'")
            connection.execute("UPDATE accounts SET email = 'a@example.com', last_login_on = NULL WHERE status = 'O'")
            connection.commit()
        await session.press("enter")
        assert "The contacts are others than when this was shown" in session.words()
        assert vendor.files == []


async def test_another_account_that_is_logged_in_meanwhile_gets_nothing(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        vendor.organization = "Other Agency"
        await session.press("enter")
        assert "Another account is logged in than when this was shown" in session.words()
        assert vendor.files == []


async def test_an_upload_of_another_process_is_waited_for(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        target = session.app.main.page._chosen()
        with closing(sqlite3.connect(database.path)) as connection:
            UploadJournal(connection, target.key, "p07e1l8cdif9dl").begin("X", 0, [("f.csv", 1, ["bo@example.com"])])
            connection.execute("UPDATE uploads SET pid = 1")
            connection.commit()
        await session.press("U")
        assert "is uploading this list right now" in session.words()
        await session.press("enter", "enter")
    assert vendor.count("POST", SENDING) == 0


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (instead(mock.html(503)), "503"),
        (instead(mock.array_error(403, "no", "Not\x1b[31m you.")), "Not"),
        (instead(mock.Answer(200, b"[1]")), "what is no answer"),
        (instead(mock.Answer(302, headers={"Location": "https://elsewhere.example/"})), "points elsewhere"),
        (mock.reset, "broke off"),
    ],
)
async def test_what_goes_wrong_there_is_one_plain_fault_and_looked_at_again(
    vendor: MockVendor, database: Database, trouble: mock.Fault, words: str
) -> None:
    log_in(vendor)
    vendor.script("GET", "/v3/account/summary", trouble, times=3)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("U")
        assert words in session.words()
        assert "\x1b" not in session.text()
        vendor.scripted.clear()
        await session.press("enter")
        assert "Upload 1 contact" in session.words()


async def test_accounts_as_known_on_an_earlier_day_are_not_uploaded(vendor: MockVendor, database: Database) -> None:
    log_in(vendor)
    async with opened(database) as session:
        await choose(session, "Never logged in")
        session.app.database = replace(database, known_on=session.app.as_of)
        await session.press("U")
        assert isinstance(session.app.screen, MainScreen)
        assert "K leads back to now" in session.words()
    assert vendor.asked == []


# Taking the accounts in


async def test_from_the_vendor_is_offered_only_with_credentials(vendor: MockVendor, database: Database) -> None:
    async with opened(database) as session:
        await session.press("5")
        assert not session.app.main.page.query_one("#vendor").display
        await session.press("tab", "tab", "v")
        assert isinstance(session.app.screen, MainScreen)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_the_accounts_come_as_one_complete_list(
    partner: MockVendor, database: Database, size: tuple[int, int]
) -> None:
    partner.managed = [owner(1, encoded_account_id="A1", site_owner_name="acme"), owner(2)]
    async with opened(database, size) as session:
        await session.press("5")
        button = session.app.main.page.query_one("#vendor", Button)
        assert button.display
        button.press()
        await session.settle()
        assert "It is a complete list" in session.words()
        await session.press("enter")
        said = session.words()
        assert "Nothing is stored yet; this is what would happen" in said
        assert "vendor API: 2 rows read: 1 new, 1 changed" in said
        assert "4 accounts are gone" in said
        assert len(imports(database.path)) == 1, "nothing is stored"
        await session.press("enter")
        assert "✓ Imported." in session.words()
        await session.press("enter")
        (last, _) = imports(database.path)
        assert (last.source, last.complete, last.new, last.gone) == ("vendor API", "all", 1, 4)
        await session.press("escape", "2")
        assert "row 1 of 6" in session.text()
        await session.press("5", "tab", "tab", "i")
        assert "from the vendor API" in session.words()
        await session.press("escape", "u", "tab", "enter")
        assert imports(database.path)[0].undone_at is not None


async def test_half_a_list_is_stored_only_when_it_is_wanted(partner: MockVendor, tmp_path: Path) -> None:
    from tests.tui.application import fill

    path = tmp_path / "many.db"
    fill(path, more=40)
    async with opened(Database(path)) as session:
        await session.press("5")
        session.app.main.page.action_vendor()
        await session.settle()
        await session.press("enter", "enter", "enter")
        assert "45 accounts are gone" in session.words()
        assert len(imports(path)) == 1
        await session.press("tab", "tab")
        while getattr(session.app.focused, "id", "") != "accept-gone":
            await session.press("tab")
        await session.press("space", "enter")
        assert "✓ Imported." in session.words()
    assert imports(path)[0].gone == 45


async def test_plans_are_asked_for_when_wanted(partner: MockVendor, database: Database) -> None:
    partner.plans = {one["encoded_account_id"]: "Lite" for one in partner.managed}
    async with opened(database) as session:
        await session.press("5")
        session.app.main.page.action_vendor()
        await session.settle()
        await session.press("shift+tab", "shift+tab", "space", "enter")
        assert "3 new" in session.words()
    assert partner.count("GET", "/v3/partner/accounts/.*/plan") == 3


async def test_escape_while_the_accounts_are_read_changes_nothing(partner: MockVendor, database: Database) -> None:
    partner.script("GET", "/v3/partner/accounts", mock.silence, times=1_000)
    async with opened(database) as session:
        await session.press("5")
        session.app.main.page.action_vendor()
        await session.settle()
        await session.pilot.press("enter", "enter")
        await until(session, lambda: partner.count("GET", "/v3/partner/accounts"))
        await session.pilot.press("escape")
        await session.settle()
        assert not isinstance(session.app.screen, VendorAccountsScreen)
        assert "nothing was changed" in session.words()
    assert len(imports(database.path)) == 1


async def test_a_list_without_an_end_ends_nobody_and_says_so(partner: MockVendor, database: Database) -> None:
    partner.managed = [owner(n) for n in range(60)]

    def stray(_vendor: MockVendor, _asked: mock.Asked, done: mock.Answer | None) -> mock.Answer:
        assert done is not None
        return mock.Answer(200, done.body.replace(b"/v3/partner", b"https://elsewhere.example/v3/partner"))

    partner.script("GET", "/v3/partner/accounts", stray, is_after=True, times=100)
    async with opened(database) as session:
        await session.press("5")
        session.app.main.page.action_vendor()
        await session.settle()
        await session.press("enter")
        assert "leads elsewhere, and was not followed" in session.words()
        assert "none counts as gone" in session.words()
        await session.press("enter")
        assert "✓ Imported." in session.words()
    assert (imports(database.path)[0].complete, imports(database.path)[0].gone) == (None, 0)


async def test_wrong_credentials_are_said(
    partner: MockVendor, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("other")
    async with opened(database) as session:
        await session.press("5")
        session.app.main.page.action_vendor()
        await session.settle()
        await session.press("enter")
        assert "Check partner_client_id" in session.words()
        await session.press("enter", "escape", "escape")
    assert len(imports(database.path)) == 1
