"""From columns that say a field in another way to the fields themselves (domain: Headings that say it another way)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.importing.derived_fields import CONTACT, DAYS_AGO, DAYS_SINCE_UPGRADE, DERIVED, EVENT, EVENT_ON
from core.importing.notes import Note, Tally
from core.importing.rejected import Rejected, shown
from core.text.vocabulary import squeeze
from db.staging import Value

_CANCEL, _MOVE_OUT, _GONE = "cancel", "move-out", "gone"
_EVENTS = {
    "cancel": _CANCEL, "canceled": _CANCEL, "cancelled": _CANCEL, "cancellation": _CANCEL, "moveout": _MOVE_OUT,
    "movedout": _MOVE_OUT, "move": _MOVE_OUT, "moved": _MOVE_OUT, "gone": _GONE,
}  # fmt: skip

Columns = list[list[Value]]


def split_name(whole: str) -> tuple[str | None, str]:
    """Return the first and last name of a whole one: parted at its comma, else at its first blank."""
    last, comma, first = whole.partition(",")
    if comma and last.strip() and first.strip():
        return first.strip(), last.strip()
    first, _, last = whole.strip(" ,").partition(" ")
    return (first, last.strip()) if last.strip() else (None, first)


class Derivation:
    """What a file's columns become, where some of them are no fields of accounts."""

    def __init__(self, read_keys: Sequence[str], headings: Sequence[str], dated: date) -> None:
        """Take the keys of the columns as they are read, their headings, and the day that the file tells of."""
        self._read = list(read_keys)
        self._headings = dict(zip(read_keys, headings, strict=True))
        self._dated = dated
        self.ways = frozenset(key for key in self._read if key in DERIVED)
        """Which of the other ways the file uses, by the keys of `derived_fields`."""
        kept = [key for key in self._read if key not in DERIVED]
        self._made = [key for key in self._made_keys() if key not in kept]
        self.keys = [*kept, *self._made]
        """The fields of accounts that the file fills."""
        self._gone = Tally()

    def _made_keys(self) -> list[str]:
        keys = []
        if CONTACT.key in self.ways:
            keys += ["first_name", "last_name"]
        if DAYS_SINCE_UPGRADE.key in self.ways:
            keys.append("initial_upgrade_on")
        if EVENT.key in self.ways:
            keys += ["cancelled_on", "moved_out_on", "status"]
        return keys

    @property
    def has_events(self) -> bool:
        """Whether rows are events: two of them may be one account's."""
        return EVENT.key in self.ways

    @property
    def passed_over(self) -> int:
        """Rows of events that say nothing of an account."""
        return self._gone.count

    def notes(self) -> list[Note]:
        """Return what was passed over."""
        if not self._gone.count:
            return []
        return [self._gone.note("gone_rows", "{rows} of the event Gone, such as row {row:,}: they say nothing of it.")]

    def derived(self, numbers: list[int], columns: Columns) -> tuple[list[int], Columns, list[Rejected]]:
        """Return the rows with the fields `keys`, and those that cannot be taken."""
        read = dict(zip(self._read, columns, strict=True))
        made: dict[str, list[Value]] = {key: [None] * len(numbers) for key in self._made}
        if CONTACT.key in read:
            self._take_names(read[CONTACT.key], made)
        if DAYS_SINCE_UPGRADE.key in read:
            made["initial_upgrade_on"] = [self._before(days) for days in read[DAYS_SINCE_UPGRADE.key]]
        rejected: list[Rejected] = []
        left_out: set[int] = set()
        if self.has_events:
            left_out, rejected = self._take_events(numbers, read, made)
        stored = [made[key] if key in made else read[key] for key in self.keys]
        if left_out:
            stays = [at for at in range(len(numbers)) if at not in left_out]
            return [numbers[at] for at in stays], [[values[at] for at in stays] for values in stored], rejected
        return numbers, stored, rejected

    def _take_names(self, names: list[Value], made: dict[str, list[Value]]) -> None:
        for at, name in enumerate(names):
            first, last = split_name(str(name)) if name else (None, None)
            for key, value in (("first_name", first), ("last_name", last)):
                if key in made:
                    made[key][at] = value

    def _take_events(
        self, numbers: list[int], read: dict[str, list[Value]], made: dict[str, list[Value]]
    ) -> tuple[set[int], list[Rejected]]:
        """Fill the dates of leaving; return the places of rows that are left out, and the rejected ones of them."""
        days = read.get(EVENT_ON.key) or [self._before(ago) for ago in read[DAYS_AGO.key]]
        left_out: set[int] = set()
        rejected = []
        for at, word in enumerate(read[EVENT.key]):
            event = _EVENTS.get(squeeze(str(word or "")))
            if event == _CANCEL:
                _put(made, "cancelled_on", at, days[at])
                _put(made, "status", at, "C")
            elif event == _MOVE_OUT:
                _put(made, "moved_out_on", at, days[at])
            elif event == _GONE:
                self._gone.add([numbers[at]])
                left_out.add(at)
            elif word is not None:
                left_out.add(at)
                reason = "no event: Cancel, Move-out or Gone"
                rejected.append(Rejected(numbers[at], self._headings[EVENT.key], shown(word), reason))
        return left_out, rejected

    def _before(self, days: Value) -> str | None:
        """Return the day so many days before the one that the file tells of."""
        try:
            return (self._dated - timedelta(days=days)).isoformat() if isinstance(days, int) else None
        except OverflowError:
            return None

    def merged(self, columns: Columns) -> Columns:
        """Return the rows of events with those of one account made alike: each has what any of them says.

        Where two say different things of one field, each keeps its own: the import names both.
        """
        places = {key: at for at, key in enumerate(self.keys)}
        rows = [list(row) for row in zip(*columns, strict=True)]
        groups: dict[Value, list[list[Value]]] = {}
        for row in rows:
            username = row[places["username"]] if "username" in places else None
            name = (row[places["account_id"]] if "account_id" in places else None) or str(username).casefold()
            groups.setdefault(name, []).append(row)
        for group in groups.values():
            if len(group) > 1:
                for values in _united(group):
                    for row in group:
                        row[values[0]] = values[1]
        return [list(values) for values in zip(*rows, strict=True)] if rows else columns


def _put(made: dict[str, list[Value]], key: str, at: int, value: Value) -> None:
    """Fill a field that the file has no column for."""
    if key in made:
        made[key][at] = value


def _united(group: list[list[Value]]) -> list[tuple[int, Value]]:
    """Return the fields of which all rows of a group that say something say the same, with what they say."""
    united = []
    for at in range(len(group[0])):
        said = {row[at] for row in group if row[at] is not None}
        if len(said) == 1:
            united.append((at, said.pop()))
    return united
