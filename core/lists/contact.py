"""Which accounts can be written to: what the vendor takes as a contact."""

from __future__ import annotations

import re

LIMITS = {"Email": 80, "First Name": 50, "Last Name": 50, "Company": 50, "Phone": 25}
"""Characters that the vendor keeps of each field of a contact [D]."""

NO_EMAIL = "no email address"
NOT_VALID = "not a valid email address"
OTHER_SCRIPT = "an email address in letters beyond A to Z"
DUPLICATE = "the same email address as an account with newer activity"
EXPORTED_BEFORE = "exported from this list before"

_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z]"
_ADDRESS = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_DOMAIN}")
"""One @, before it what needs no quotes, behind it a whole domain name. No blanks, commas or brackets."""
_UNSEEN = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
"""Line ends and control characters, which readers of lines take for what they are not; and what no UTF-8 holds."""
_HOLDS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_EMAIL_LIMIT, *_OTHER_LIMITS = LIMITS.values()
_CONTACT = re.compile(
    rf"(?=.{{1,{_EMAIL_LIMIT}}}\n){_ADDRESS.pattern}"
    + "".join(f"\n[^{_UNSEEN}]{{0,{limit}}}" for limit in _OTHER_LIMITS)
)
"""Values that make a contact, a line each: nearly all are told by this one look."""


def why_left_out(
    email: str | None, first_name: str | None, last_name: str | None, company: str | None, phone: str | None
) -> str | None:
    """Return why these values make no contact, in words; None if they do.

    Values are never cut or mended: what does not fit is left out and named. An address has to be in ASCII: the vendor
    does not say that it takes others, and a domain of another script can be written in its ASCII form (xn--…).
    """
    if email is None:
        return NO_EMAIL
    if _CONTACT.fullmatch(f"{email}\n{first_name or ''}\n{last_name or ''}\n{company or ''}\n{phone or ''}"):
        return None
    for (title, limit), value in zip(LIMITS.items(), (email, first_name, last_name, company, phone), strict=True):
        if value is not None and len(value) > limit:
            return f"{title} longer than {limit} characters"
        if value is not None and _HOLDS_UNSEEN.search(value):
            return f"line ends or control characters in {title}"
    return OTHER_SCRIPT if _is_otherwise_valid(email) else NOT_VALID


def _is_otherwise_valid(email: str) -> bool:
    """Whether letters beyond A to Z are all that keeps an address from being valid."""
    plain = "".join("x" if char.isalnum() and not char.isascii() else char for char in email)
    return not email.isascii() and _ADDRESS.fullmatch(plain) is not None
