"""What the locale's region decides: paper, and what parts the fields of CSV for its spreadsheets."""

import pytest

from core.errors import WrongUse
from core.paths import settings_file
from core.region import Paper, decimal_sign, paper_named, region, usual_delimiter, usual_paper


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_PAPER", "LC_NUMERIC", "LANG"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize(
    ("locale", "paper", "delimiter", "decimal"),
    [
        ("en_US.UTF-8", Paper.LETTER, ",", "."),
        ("es_MX.UTF-8", Paper.LETTER, ",", "."),
        ("fr_CA.UTF-8", Paper.LETTER, ",", "."),
        ("en_GB.UTF-8", Paper.A4, ",", "."),
        ("de_DE.UTF-8@euro", Paper.A4, ";", ","),
        ("de_CH.UTF-8", Paper.A4, ";", "."),
        ("pt-BR", Paper.A4, ";", ","),
        ("zh_Hant_TW", Paper.A4, ",", "."),
        ("C.UTF-8", Paper.LETTER, ",", "."),
        ("POSIX", Paper.LETTER, ",", "."),
        ("de", Paper.LETTER, ",", "."),
        ("", Paper.LETTER, ",", "."),
    ],
)
def test_the_region_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, paper: Paper, delimiter: str, decimal: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert (usual_paper(), usual_delimiter(), decimal_sign(usual_delimiter())) == (paper, delimiter, decimal)


def test_variables_count_in_the_order_of_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_PAPER", "de_DE.UTF-8")
    assert (region("LC_PAPER"), region("LC_NUMERIC")) == ("DE", "US")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert (region("LC_PAPER"), region("LC_NUMERIC")) == ("FR", "FR")


def test_the_setting_counts_before_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('paper = "a4"\n')
    assert usual_paper() is Paper.A4
    settings_file().write_text('paper = "a5"\n')
    with pytest.raises(WrongUse, match=r"setting paper is 'a5'.*\n?.*letter, a4"):
        usual_paper()


def test_paper_is_named_in_any_case() -> None:
    assert paper_named("Letter") is Paper.LETTER
    with pytest.raises(WrongUse, match="no paper 'legal'"):
        paper_named("legal")
