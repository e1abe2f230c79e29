"""The two ways in which the vendor takes contacts, and how large a file of each may be."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file of contacts is for."""

    id: str
    """The word on the command line."""
    label: str
    headings: tuple[str, str, str, str, str]
    """E-mail, first name, last name, company, phone."""
    max_lines: int
    """Lines of a file, the heading among them [D]; what is over that the vendor drops silently."""
    max_bytes: int
    """Bytes of a file [D]; a megabyte is taken for 1,000,000 of them, the smaller of its two meanings."""


WEB = Purpose(
    "web",
    "Web upload",
    ("Email Address", "First Name", "Last Name", "Company", "Phone Number - Work"),
    1_000_000,
    100_000_000,
)
API = Purpose("api", "API import", ("email", "first_name", "last_name", "company_name", "phone"), 40_000, 4_000_000)

PURPOSES = (WEB, API)


def purpose_named(word: str) -> Purpose:
    """Return the purpose of a word.

    Raises:
        WrongUse: there is none.
    """
    for purpose in PURPOSES:
        if word.strip().casefold() == purpose.id:
            return purpose
    raise WrongUse(f"There is no upload '{word}'.", "Say web for the upload page, or api for the import by program.")
