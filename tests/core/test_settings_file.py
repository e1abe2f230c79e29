"""The application changes one line of the settings file; all that a person wrote stays."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WorkFailed, WrongUse
from core.settings.setting_list import SETTINGS
from core.settings.settings import Settings, load_settings
from core.settings.settings_file import change_keys, change_setting, template

MINE = """\
# my settings
theme = "nord"  # blue
later = [1,
  2]

[keys]
report.sort = 'S'

[other]
theme = "not this one"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def mine(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text(MINE, encoding="utf-8")
    return path


def test_first_change_writes_a_file_that_explains_every_setting(path: Path) -> None:
    change_setting("timezone", "Europe/Berlin", path)
    text = path.read_text(encoding="utf-8")
    assert load_settings(path) == Settings(timezone="Europe/Berlin")
    assert all(setting.help in text for setting in SETTINGS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_template_sets_nothing_and_its_examples_can_be_used(path: Path) -> None:
    assert tomllib.loads(template()) == {"keys": {}}
    for setting in SETTINGS:
        if setting.key != "export_folder":
            setting.check(setting.example)


def test_only_the_line_of_the_setting_is_changed(mine: Path) -> None:
    change_setting("theme", "partner", mine)
    assert mine.read_text(encoding="utf-8") == MINE.replace('"nord"', '"partner"')
    change_setting("theme", "", mine)
    assert '# theme = "partner"  # blue' in mine.read_text(encoding="utf-8")
    assert load_settings(mine) == Settings(keys={"report.sort": "S"})


def test_new_settings_and_keys_find_their_place(mine: Path) -> None:
    change_setting("format", "xls", mine)
    change_keys("report.sort", "T", mine)
    change_keys("main.help", "?", mine)
    assert load_settings(mine) == Settings(theme="nord", format="xls", keys={"report.sort": "T", "main.help": "?"})
    assert tomllib.loads(mine.read_text(encoding="utf-8"))["other"] == {"theme": "not this one"}


def test_line_ends_and_links_stay(mine: Path, tmp_path: Path) -> None:
    mine.write_bytes(MINE.replace("\n", "\r\n").encode())
    link = tmp_path / "link.toml"
    link.symlink_to(mine)
    change_setting("format", "pdf", link)
    assert link.is_symlink()
    assert b"\n" not in mine.read_bytes().replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ('theme = """\nnord\n"""  # blue\n', 'theme = "new"  # blue\n'),
        ("'theme' = 'nord'\n", "'theme' = \"new\"\n"),
        ('[other]\n# theme = "a"\n', 'theme = "new"\n\n[other]\n# theme = "a"\n'),
    ],
)
def test_setting_is_changed_however_it_is_written(path: Path, text: str, changed: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    change_setting("theme", "new", path)
    assert path.read_text(encoding="utf-8") == changed
    change_setting("theme", "", path)
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ('keys = { main.help = "H" }\n', 'keys = { main.help = "?" }\n'),
        ('keys.main.help = "H"\n', 'keys.main.help = "?"\n'),
        ('[keys]\n"main.help" = "H" # mine\n', '[keys]\n"main.help" = "?" # mine\n'),
        ('[keys.main]\nhelp = "H"\n', '[keys.main]\nhelp = "?"\n'),
        ('[keys]\nmain.run = "R"\n', '[keys]\nmain.run = "R"\nmain.help = "?"\n'),
        ("[keys]\n# none yet\n", '[keys]\n# none yet\nmain.help = "?"\n'),
    ],
)
def test_keys_are_changed_however_they_are_written(path: Path, text: str, changed: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    change_keys("main.help", "?", path)
    assert path.read_text(encoding="utf-8") == changed
    change_keys("main.help", "", path)
    assert "main.help" not in load_settings(path).keys


def test_what_only_a_person_can_change_is_left_and_said(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[[keys]]\n", encoding="utf-8")
    with pytest.raises(WorkFailed, match="only a person can change"):
        change_keys("main.help", "?", path)
    assert path.read_text(encoding="utf-8") == "[[keys]]\n"


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkFailed, match=r"cannot be (read|written)"):
        change_setting("theme", "partner", tmp_path / "file" / "settings.toml")


@given(st.dictionaries(st.sampled_from([setting.key for setting in SETTINGS]), st.text(min_size=1, max_size=20)))
def test_any_text_is_kept(tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    kept = {}
    for key, value in values.items():
        try:
            change_setting(key, value, path)
        except WorkFailed:  # such as a lone surrogate, which no file holds
            continue
        kept[key] = value
    assert load_settings(path) == Settings(**kept)


COMMANDS = ("main.help", "main.run_report", "main.quit", "report.sort", "report.find", "alone", "three.fold.name")


@given(st.lists(st.tuples(st.sampled_from(COMMANDS), st.sampled_from(["", "H", "x,y"])), max_size=15))
def test_keys_of_any_commands_are_kept_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    kept: dict[str, str] = {}
    for command, keys in changes:
        change_keys(command, keys, path)
        kept[command] = keys
    assert load_settings(path).keys == {command: keys for command, keys in kept.items() if keys}


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("timezone", "Europe/Berlni"),
        ("export_folder", "reports"),
        ("export_folder", "/nowhere/at/all"),
        ("format", "doc"),
        ("ssh_name", "two words"),
        ("ssh_name", "-oProxyCommand=x"),
        ("theme", "no theme!"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(key: str, wrong: str) -> None:
    with pytest.raises(WrongUse) as raised:
        next(setting for setting in SETTINGS if setting.key == key).check(wrong)
    assert raised.value.hints
