"""Selected rows behave as a set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.query.selection import Selection


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9_000)), max_size=40))
def test_selecting_is_a_set(steps: list[tuple[bool, int]]) -> None:
    selection, expected = Selection(), set()
    for is_flip, rid in steps:
        if is_flip:
            selection.flip(rid)
            expected ^= {rid}
        else:
            selection.add([rid, rid + 1])
            expected |= {rid, rid + 1}
    assert selection.count == len(expected)
    assert selection.rids().tolist() == sorted(expected)
    assert all(rid in selection for rid in expected)
    assert 20_000 not in selection
