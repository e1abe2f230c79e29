"""`partner-tui login`, `logout` and `whoami`: whose account at the vendor this is."""

from __future__ import annotations

import click

from core.errors import Fault, WorkFailed, WrongUse
from tui.cli.ending import end_if_asked
from tui.cli.option_checks import text
from tui.cli.talk import put, put_json, say


@click.command()
@click.option(
    "--client-id",
    callback=text,
    metavar="ID",
    help="Of the application at the vendor that you made; once given, it is remembered.",
)
def login(client_id: str | None) -> None:
    """Log in to your account at Constant Contact, for uploads.

    It shows an address and a code: open the one in any browser, on any machine, and type the other.
    """
    from core.vendor.credentials import CredentialsFile
    from core.vendor.sessions import logging_in
    from core.vendor.summary import account_summary
    from core.vendor.waiting import Clock

    store = CredentialsFile()
    if store.make_private():
        say(f"{store.folder} was open to others, and is yours alone now.")
    chosen = client_id or store.text("client_id")
    if not chosen:
        raise WrongUse(
            "Which application is this? No client id is known.",
            "Make one at the vendor for the device flow, and say: partner-tui login --client-id ID",
        )
    with logging_in(Clock(end_if_asked)) as session:
        code = session.server.begin(chosen)
        say(f"Open {code.address} and type the code {code.code}")
        if code.whole_address:
            say(f"or open {code.whole_address}")
        say("Waiting until that is done; ctrl+c leaves.")
        session.server.finish(chosen, code)
        try:
            account = account_summary(session.client())
        except Fault as fault:
            raise WorkFailed(
                f"You are logged in. {fault.message}", "Whose account it is tells: partner-tui whoami"
            ) from fault
    say(f"Logged in to the account of {account.words()}.")


@click.command()
def logout() -> None:
    """Forget the login. The client id and a partner's secret stay."""
    from core.vendor.credentials import CredentialsFile
    from core.vendor.waiting import Clock

    store = CredentialsFile()
    if store.path.exists() and store.forget(Clock(end_if_asked)):
        say("Logged out: the tokens are deleted here. At the vendor, under Access and Authentication, ends the rest.")
    else:
        say("Nobody was logged in.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def whoami(as_json: bool) -> None:
    """Say whose account at Constant Contact you are logged in to."""
    from core.vendor.sessions import user_client
    from core.vendor.summary import account_summary
    from core.vendor.waiting import Clock

    with user_client(Clock(end_if_asked)) as client:
        account = account_summary(client)
    if as_json:
        put_json(account.to_json())
    else:
        for line in filter(None, (account.organization_name, account.contact_email, account.encoded_account_id)):
            put(line)
