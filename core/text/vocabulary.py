"""The words of the reports: status letters, account types and cancel reasons, and what files call them."""

from __future__ import annotations

STATUS_WORDS = {"O": "Open", "T": "Trial", "E": "Expired Trial", "C": "Canceled"}
"""What a status letter reads in every table and file (domain rule 3)."""

RELATIONSHIP_WORDS = {"managed": "Managed", "referred": "Referred"}

STATUS_LETTERS = {
    "O": ("open", "active", "paid"),
    "T": ("trial", "trial - active"),
    "E": ("expired", "expired trial", "trial end", "trial - expired"),
    "C": ("canceled", "cancelled", "closed"),
}
"""The words that files have for each letter (domain rule 3)."""

CANCEL_REASONS = {
    "1": "Cost Too High",
    "2": "Using A Competitive Service",
    "3": "Not Doing Email Marketing",
    "11": "Something Missing Or Not Working",
    "12": "Doing It In-House",
    "14": "Poor Results",
    "21": "Too Difficult To Use",
    "27": "Canceled Online by Customer",
    "30": "Dissatisfied With Billing Policies",
}
"""The vendor's codes (domain rule 9)."""


def squeeze(text: str) -> str:
    """Return `text` in lower case with everything but letters and digits dropped: how headings and status match."""
    return "".join(filter(str.isalnum, text.casefold()))


_LETTER_OF = {squeeze(word): letter for letter, words in STATUS_LETTERS.items() for word in (*words, letter)}


def status_letter(word: str) -> str | None:
    """Return the letter that a status word or letter of any case stands for; None for a word of the vendor's own."""
    return _LETTER_OF.get(squeeze(word))


def status_word(status: str) -> str:
    """Return what a stored status reads: the word of a letter, else the vendor's own word."""
    return STATUS_WORDS.get(status, status)


def relationship_of(word: str) -> str | None:
    """Return managed or referred for a word that says so (the API's *unmanaged* is *referred*); None for any other."""
    return {"managed": "managed", "m": "managed", "referred": "referred", "r": "referred", "unmanaged": "referred"}.get(
        squeeze(word)
    )


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 account", "4,812 accounts"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
