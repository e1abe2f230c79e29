"""What the tests of hostile input share."""

from tests.cli.conftest import _two_accounts, own

__all__ = ["_two_accounts", "own"]
