"""What a person may do is data: both front ends have words for each step, and nothing below them speaks for one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from core.errors import Fault, Hint, Step, WrongUse
from tui.cli.hint_words import WORDS as CLI_WORDS
from tui.cli.hint_words import fault_line, fault_words
from tui.commands.definitions import find_command
from tui.commands.hint_words import WORDS as APP_WORDS
from tui.commands.hint_words import hint_words
from tui.commands.keymap import KeyMap, look_through

ROOT = Path(__file__).parents[2]
OF_THE_COMMAND_LINE = re.compile(r"(?!^--[\w-]+$)(?<![\w-])--[a-z]|partner-tui [a-z-]+")
SAYS_NOTHING_TO_A_PERSON = (
    'style="--length',
    "--property=",
    "systemctl --user",
    "&& partner-tui share",
    "partner-tui share ",
)
"""Style, words of other programs, and what only `doctor` and `share` say: commands for a shell."""

USUAL_KEYS = KeyMap({}, {})


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module that are no docstrings; X stands for what is filled in."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


@cache
def calls() -> dict[Step, list[tuple[str, set[str]]]]:
    """Return where each step is advised, and what it is given there."""
    found: dict[Step, list[tuple[str, set[str]]]] = {}
    for floor in ("core", "exporters", "db", "tui"):
        for file in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "Step"
                ):
                    given = {word.arg for word in node.keywords if word.arg}
                    place = f"{file.relative_to(ROOT)}:{node.lineno}"
                    found.setdefault(Step[node.func.attr], []).append((place, given))
    return found


@pytest.mark.parametrize("step", Step, ids=lambda step: step.name)
@pytest.mark.parametrize("words", [CLI_WORDS, APP_WORDS], ids=["command line", "application"])
def test_each_step_has_words_and_gets_what_they_need(step: Step, words: Mapping[Step, str]) -> None:
    assert words[step].strip()
    needed = {name for name in re.findall(r"\{([^}]*)\}", words[step]) if "." not in name}
    assert step in calls(), "nobody advises it"
    for place, given in calls()[step]:
        assert needed <= given, place


@pytest.mark.parametrize("step", Step, ids=lambda step: step.name)
def test_the_application_names_no_option_and_only_keys_of_commands_that_there_are(step: Step) -> None:
    assert not OF_THE_COMMAND_LINE.search(APP_WORDS[step])
    for command in re.findall(r"\{([^}]*\.[^}]*)\}", APP_WORDS[step]):
        assert find_command(command)


@pytest.mark.parametrize("step", Step, ids=lambda step: step.name)
def test_the_command_line_names_no_page(step: Step) -> None:
    assert not re.search(r"\bpage\b|above|below|\{[a-z]+\.", CLI_WORDS[step])


def test_the_floors_below_speak_for_no_front_end() -> None:
    for floor in ("core", "exporters", "db"):
        for file in (ROOT / floor).rglob("*.py"):
            said = [text for text in texts(ast.parse(file.read_text("utf-8"))) if OF_THE_COMMAND_LINE.search(text)]
            assert [text for text in said if not any(known in text for known in SAYS_NOTHING_TO_A_PERSON)] == [], file


def test_each_front_end_says_a_fault_in_its_own_words() -> None:
    fault = WrongUse("“Trials” is built in and stays as it is.", Step.COPY_LIST(list="Trials"))
    assert fault_words(fault) == (
        "“Trials” is built in and stays as it is.\n"
        'Copy it first: partner-tui lists copy "Trials" "NEW NAME"'
    )  # fmt: skip
    copy = USUAL_KEYS.shown("targets.copy")
    said = fault.said(lambda hint: hint_words(hint, USUAL_KEYS))
    assert said == f"“Trials” is built in and stays as it is.\nCopy it first ({copy})."


def test_plain_hints_and_steps_stand_in_one_line() -> None:
    fault = Fault("It is wrong.", "", "Look at it.", Step.LOG_IN())
    assert fault_words(fault) == "It is wrong.\nLook at it. Log in with: partner-tui login"
    assert fault_line(fault) == "It is wrong. Look at it. Log in with: partner-tui login"
    assert fault_words(Fault("It is wrong.")) == "It is wrong."
    assert str(fault) == "It is wrong.\nLook at it. Log in."


def test_hints_name_the_keys_that_there_are() -> None:
    keymap = look_through({"targets.copy": "ctrl+shift+y"})
    assert keymap.faults == {}
    assert hint_words(Step.COPY_LIST(list="Trials"), keymap) == "Copy it first (ctrl+shift+y)."


def test_what_a_file_says_is_never_taken_for_a_command_or_a_place() -> None:
    hostile = "{main.go_import} {sheet} {0} {no.such_thing}"
    assert hint_words(Step.READ_SHEET(sheet=hostile), USUAL_KEYS) == f"Choose “{hostile}”."
    assert fault_words(Fault("x", Step.READ_SHEET(sheet=hostile))) == f'x\nRead it with --sheet "{hostile}".'


def test_hints_of_one_step_are_equal_by_what_they_name() -> None:
    assert Step.NO_SHEET(sheet="a") == Hint(Step.NO_SHEET, {"sheet": "a"}) != Step.NO_SHEET(sheet="b")
