"""The real program beside a mock vendor on loopback."""

from __future__ import annotations

from pathlib import Path

from core.vendor.credentials import CredentialsFile, Login, to_values
from tests.cli.running import Done, run
from tests.vendor.mock_vendor import CLIENT_ID, MockVendor
from tests.vendor.serving import variables


class Program:
    """`partner-tui` on a database of its own, told where the mock is."""

    def __init__(self, vendor: MockVendor, address: str, folder: Path) -> None:
        self.vendor = vendor
        self.address = address
        self.folder = folder
        self.database = folder / "a.db"
        self.store = CredentialsFile()

    @property
    def variables(self) -> dict[str, str | None]:
        return {**variables(self.address)}

    def __call__(self, *arguments: str | Path, **options: object) -> Done:
        variables = self.variables | options.pop("variables", {})  # type: ignore[operator]
        return run("--db", self.database, *arguments, variables=variables, cwd=self.folder, **options)

    def have_accounts(self, rows: list[str]) -> None:
        """Import rows of id, username, company, e-mail, status and account type."""
        file = self.folder / "accounts.csv"
        heading = "Account ID,Username,Company,Email,Status,Account Type"
        file.write_text("\n".join([heading, *rows]) + "\n")
        done = self("import", file)
        assert done.code == 0, done.err

    def log_in(self) -> Login:
        """Be logged in, without asking."""
        given = self.vendor.give_tokens()
        now = self.vendor.now()
        login = Login(CLIENT_ID, given["access_token"], given["refresh_token"], now + 86_400, now)
        self.store.make_private()
        self.store.write(to_values(login))
        return login


def accounts(number: int) -> list[str]:
    """Return so many open managed accounts, each with an address of its own."""
    return [f"a{n},user{n},Company {n},user{n}@clients.example,Open,Managed" for n in range(1, number + 1)]
