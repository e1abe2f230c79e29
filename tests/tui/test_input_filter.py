"""What the terminal sends reaches Textual as keys, pastes and the mouse, and as nothing else."""

from __future__ import annotations

import os

import pytest

from tui.terminal.input_filter import FEWEST_PASTED, Received


def received() -> Received:
    return Received(-1, "utf-8", lambda: None)


@pytest.mark.parametrize(
    "keys",
    ["a", "\x1b", "\x1b[A", "\x1bOB", "\x1b[<0;12;5M", "\x1b[200~a\nb\x1b[201~", "é株", "\x1b]x", "\x1b[?2026;2$y",
     "\x1b[97;5u", "\x1bP", "\x1b[1;5C"],
)  # fmt: skip
def test_keys_pass_at_once(keys: str) -> None:
    assert received().cleaned(keys.encode()) == keys


@pytest.mark.parametrize(
    "answer",
    ["\x1b[48;9999999;9999999;1;1t", "\x1b[?2048;1$y", "\x1b]52;c;QUFB\x07", "\x1b]11;rgb:ff/ff/ff\x1b\\",
     "\x1bP1+r544e=78\x1b\\", "\x1b]0;" + "A" * 300_000 + "\x07"],
)  # fmt: skip
@pytest.mark.parametrize("piece", [1_000_000, 4096])
def test_answers_nobody_asked_for_are_dropped(answer: str, piece: int) -> None:
    data = f"a{answer}b".encode()
    reader = received()
    text = "".join(reader.cleaned(data[start : start + piece]) for start in range(0, len(data), piece))
    assert text in ("ab", "a\x1bb", "a\x1b\\b")  # where an answer is cut just there, its last sign is a key: Escape


def in_pieces(data: str, piece: int) -> str:
    reader = received()
    return "".join(reader.cleaned(data[start : start + piece].encode()) for start in range(0, len(data), piece))


@pytest.mark.parametrize(
    ("pieces", "handed_on"),
    [
        (("\x1b", "[<35;30;2M"), "\x1b"),
        (("\x1b", "[<35;3", "0;2M", "x"), "\x1bx"),
        (("\x1b[<", "35;30;12M"), "\x1b[<35;30;12M"),
        (("\x1b[<35;1", "1;4M"), "\x1b[<35;11;4M"),
        (("\x1b", "[A"), "\x1b"),
        (("\x1b", "[3~", "j"), "\x1bj"),
        (("\x1b", "[", "x"), "\x1b[x"),
        (("\x1b", "j", "[A"), "\x1bj[A"),
        (("\x1b", "\x1b", "q"), "\x1b\x1bq"),
    ],
)
def test_sequence_cut_in_two_is_no_typing(pieces: tuple[str, ...], handed_on: str) -> None:
    reader = received()
    assert "".join(reader.cleaned(piece.encode()) for piece in pieces) == handed_on


def test_much_text_at_once_was_pasted() -> None:
    text = "jjjj\r" * 300
    assert received().cleaned(text.encode()) == f"\x1b[200~{text}\x1b[201~"
    typed = "j" * (FEWEST_PASTED - 1)
    assert received().cleaned(typed.encode()) == typed


@pytest.mark.parametrize("piece", [4, 7, 5_000])
def test_paste_is_marked_once_and_no_key_is_in_it(piece: int) -> None:
    pasted = "\x1b[200~" + "a\x1b[31m\x07" * 400 + "b" * 2_000 + "\x1b[201~"
    assert in_pieces(pasted + "\x1b", piece) == "\x1b[200~" + "a␛[31m␇" * 400 + "b" * 2_000 + "\x1b[201~\x1b"


def test_what_is_no_text_becomes_a_sign() -> None:
    assert received().cleaned(b"a\xff\xfeb") == "a\ufffd\ufffdb"


def test_a_character_may_come_in_two_pieces() -> None:
    reader = received()
    assert reader.cleaned(b"\xc3") + reader.cleaned(b"\xa9") == "é"


def test_letters_are_read_in_the_encoding_of_the_terminal() -> None:
    assert Received(-1, "iso-8859-1", lambda: None).cleaned(b"\xe9") == "é"


def test_terminal_that_is_gone_is_told_of() -> None:
    ours, theirs = os.openpty()
    gone: list[bool] = []
    reader = Received(ours, "utf-8", lambda: gone.append(True))
    with reader:
        os.write(theirs, b"abc")
        assert os.read(reader.fileno, 10) == b"abc"
        os.close(theirs)
        reader._thread.join(10)
    os.close(ours)
    assert gone == [True]
