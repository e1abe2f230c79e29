"""Small sets of accounts on the edges of every rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.core.databases import account

DAYS = [date(2026, 3, 31), date(2024, 2, 29), date(2024, 6, 3), date(2025, 2, 28), date(2000, 3, 1), date(2023, 12, 31)]
AGO = [0, 1, -1, 2, 89, 90, 91, 93, 94, 95, 96, 184, 185, 186, 365, 366, -30, -95, 40_000, -400_000]
AFTER_UPGRADE = [-1, 0, 1, 93, 94, 95, 96, 200]
NAMES = [
    *(None, "Acme", "acme", "ACME Inc", "Äcme", "Łódź", "ŁÓDŹ", "lodz", "Straße", "STRASSE", "strasse", "Zürich"),
    *("Œuvre", "Æon", "İstanbul", "istanbul", "Ελλάς", "ΕΛΛΑΣ", "Жук", "жук", "Ёлка", "елка", "かがみ", "かかみ"),
    *("한국", "مُحَمَّد", "محمد", "日本", "=1+1", "100%_x", "O'Brien & Sons", 'The "Quote" Ltd', "_z", "[z", "🙂 Ltd"),
]
IDS = ["a1", "A1", "á1", "a10", "a2", "B2", "b2", "ł3", "L3", "10", "9", "0", "Ω", "ω1"]


def iso(day: date) -> str:
    return day.isoformat()


@st.composite
def accounts_on(draw: st.DrawFn, as_of: date) -> list[dict[str, Any]]:
    """Draw accounts whose dates, words and gaps lie where the rules turn as of a day."""
    near = st.sampled_from(AGO).map(lambda ago: iso(as_of - timedelta(ago)))
    maybe = st.one_of(st.none(), near)
    ids = draw(st.permutations(IDS))
    found = []
    for number in range(draw(st.integers(1, 9))):
        account_id = draw(st.sampled_from([ids[number], ids[number], None]))
        upgraded = draw(maybe)
        ended = maybe
        if upgraded:
            later = [date.fromisoformat(upgraded) + timedelta(days) for days in AFTER_UPGRADE]
            ended = st.one_of(maybe, st.sampled_from([iso(day) for day in later]))
        name = st.sampled_from(NAMES)
        gone = draw(st.one_of(st.none(), ended))
        size = st.sampled_from([None, 0, 1, 499, 500, 2_500, 2_501])
        username = f"{draw(name) or 'user'}{number}"
        found.append(
            account(
                account_id=account_id,
                username=username if account_id is None or draw(st.booleans()) else None,
                company=draw(name),
                first_name=draw(name),
                last_name=draw(name),
                email=draw(st.sampled_from([None, "a@example.com", "Ä@example.com"])),
                phone=draw(st.sampled_from([None, "+1 201 555-0100"])),
                relationship=draw(st.sampled_from(["managed", "managed", "referred", None])),
                status=draw(st.sampled_from([*"OOTEC", "Single Bill", "Disabled - compliance", "Übrig", None])),
                plan_type=draw(st.sampled_from([None, "Lite", "lite", "Premium"])),
                list_size=draw(size),
                created_on=draw(maybe),
                first_payment_on=draw(maybe),
                initial_upgrade_on=upgraded,
                last_login_on=draw(maybe),
                last_campaign_sent_on=draw(maybe),
                campaigns_sent=draw(size),
                cancelled_on=draw(ended),
                cancel_reason=draw(st.sampled_from([None, "Poor Results", "Łódź"])),
                moved_out_on=draw(ended),
                moved_to=draw(st.sampled_from([None, None, "Elsewhere", "Łódź"])),
                gone_on=gone,
                last_seen_on=draw(ended) if gone else None,
                nab_status=draw(st.sampled_from([None, "Eligible", "earned"])),
            )
        )
    return found
