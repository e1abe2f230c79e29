"""Figures that cost seconds at a million accounts, kept from one start to the next in a file of the user's own.

Not in the database: whoever only looks at it may not be allowed to write there, and an import never waits for it. No
name of an account is kept here, for the database may stand where others cannot read it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from core.remembered import recall, remember

NAME = "figures"
"""Under which they are remembered."""
DATABASES = 4
"""Of how many databases figures are kept, the last ones looked at."""


def digest_of(kept_for: object) -> str:
    """Return a short name for all that figures rest on."""
    return hashlib.sha256(json.dumps(kept_for, default=str).encode()).hexdigest()


def figures_for(digest: str) -> Mapping[str, Any] | None:
    """Return the figures that are kept under a name; None where there are none that can be read."""
    found = next((one for one in _kept() if one.get("for") == digest), None)
    return found["figures"] if found else None


def keep_figures(database: str, digest: str, figures: Mapping[str, Any]) -> None:
    """Keep figures in the place of older ones of the same database; where that cannot be, they are forgotten."""
    others = [one for one in _kept() if one.get("database") != database]
    now = {"database": database, "for": digest, "figures": figures}
    remember(NAME, [now, *others[: DATABASES - 1]])


def _kept() -> list[dict[str, Any]]:
    kept = recall(NAME)
    if isinstance(kept, list):
        return [one for one in kept if isinstance(one, dict) and isinstance(one.get("figures"), dict)]
    return []
