"""Names for odd accounts, in the scripts that real ones come in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """People and companies of one language."""

    share: int
    """How many of a hundred accounts have such names."""
    first: tuple[str, ...]
    last: tuple[str, ...]
    companies: tuple[str, ...]
    """Patterns; `{last}` is the person's name."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


NAMES: tuple[Names, ...] = (
    Names(
        66,
        _words("Ann Maria James Olivia Noah Emma Liam Grace Henry Chloe Lucas Ruth Samuel Ivy Owen Nora Felix Alice"),
        _words(
            "Baker Nguyen Smith O'Brien Garcia Patel Johnson Miller Rossi Walker Young Lopez Hill Green Adams Carter"
            " Reed Cook Morgan Bell Rivera Ward Brooks Price Bennett Wood Barnes Ross Perry Long Foster Gray"
        ),
        _lines(
            """
            {last} Bakery
            {last} & Sons Plumbing
            {last} Family Dentistry
            {last} Realty Group
            {last} Yoga Studio
            {last} Law, LLC
            {last} Landscaping Inc.
            {last} Veterinary Clinic
            {last} Auto Repair
            {last}'s Garden Center
            {last} Music School
            {last} Travel
            Friends of {last} Park
            {last} Brewing Co.
            {last} Photography
            {last} Community Theater
            """
        ),
    ),
    Names(
        9,
        _words("José Zoë Renée Jürgen Søren Åsa Chloé Núria Björn André Inês Martín"),
        _words("Müller García Lefèvre Sørensen Åkesson Gonçalves Muñoz Groß Ferreira-Conceição Brontë Häkkinen"),
        _lines(
            """
            Bäckerei {last}
            Café {last}
            Boulangerie {last}
            Peluquería {last}
            {last} Möbelhaus
            Clínica Dental {last}
            {last} Bygg AB
            """
        ),
    ),
    Names(
        5,
        _words("Łukasz Małgorzata Paweł Agnieszka Józef Żaneta"),
        _words("Wiśniewski Łuczak Źrebiec Kowalczyk Dąbrowska Święcicki"),
        ("Piekarnia {last}", "{last} Ogród", "Księgarnia {last}"),
    ),
    Names(
        4,
        _words("Γιώργος Ελένη Νίκος Μαρία"),
        _words("Παπαδόπουλος Νικολάου Οικονόμου"),
        ("Ταβέρνα {last}", "Φαρμακείο {last}"),
    ),
    Names(
        4,
        _words("Ольга Дмитрий Наталія Иван"),
        _words("Иванов Шевченко Петрова Йовович"),
        ("Пекарня {last}", "Студия {last}"),
    ),
    Names(
        4,
        _words("花子 太郎 さくら 健"),
        _words("田中 鈴木 佐藤 渡邊"),
        ("{last}商店", "株式会社{last}", "{last}ヨガスタジオ"),
    ),
    Names(3, _words("伟 丽 强 静"), _words("王 李 陈 歐陽"), ("{last}记面包店", "{last}氏牙科诊所")),
    Names(2, _words("지훈 서연 민수"), _words("김 박 최"), ("{last}네 빵집", "{last}치과")),
    Names(2, _words("محمد فاطمة ليلى"), _words("الحسن المصري العربي"), ("مخبز {last}", "عيادة {last}")),
    Names(1, _words("יוסי נועה דוד"), _words("כהן לוי פרץ"), ("מאפיית {last}", "סטודיו {last}")),
)

STRANGE_COMPANIES = (
    "=SUM(A1)",
    "+1 Marketing",
    "-20% Outlet",
    "@home Cleaning",
    "[bold]Studio[/]",
    "[link=https://example.com]Click[/link] Agency",
    "<b>Bold</b> & Co.",
    "Smith <smith@example.com>",
    'The "Quoted" Shop, Inc.',
    "Robert'); DROP TABLE Students;--",
    "🌻 Sunflower Florists 🌻",
    "👩‍👩‍👧 Family Center",
    "007",
    "1E5 Fitness",
    "NULL",
    "true",
    "{{ 7*7 }} Design",
    "C:\\Windows Cleaning",
    "Very Long Name of the Association for the Advancement of Neighborhood Gardens, Parks, Playgrounds and Ponds",
)
"""Harmless names that careless programs stumble over: formulas, markup, script, quotes, numbers, emoji."""

USERNAMES = _words("sunny harbor maple river summit cedar bright willow stone meadow copper lake north corner happy")

PARTNERS = ("Northwind Marketing", "Blue Door Agency", "Self-managed", "Agence Lumière", "Bright Path Media")

PLANS = ("Lite", "Standard", "Standard", "Standard", "Premium", "Core", "Plus", "Email", "Email Plus", "Nonprofit 2019")
"""Today's plans, the older ones, and one of the vendor's making that nobody knows."""
