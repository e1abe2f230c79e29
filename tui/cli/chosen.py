"""The database that a command works on, as the options before it choose."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import Database, choose_database
from core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Chosen:
    """The database options, which stand before the command."""

    db: str | None
    demo: bool

    def __post_init__(self) -> None:
        """Check that they fit together, whether the command needs a database or not.

        Raises:
            WrongUse: they do not.
        """
        if self.demo and self.db:
            raise WrongUse("--db and --demo exclude each other.", "The demo has a database of its own.")

    def database(self) -> Database:
        """Return the database they choose; the demo's accounts are made if they are not today's."""
        database = choose_database(self.db, demo=self.demo)
        if database.is_demo:
            from core.clock import today
            from core.database import prepare_demo

            prepare_demo(database, today())
        return database
