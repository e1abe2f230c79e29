"""Which encoding a text may be written in that is no UTF-8: only pointed out, never taken (intake: Text).

Text read in a wrong encoding has letters where a language has none: a capital behind a small letter, a sign between
letters, words all of accented letters. The encoding in which that is gone may be the right one.
"""

from __future__ import annotations

import re
import unicodedata

_SINGLE = ("cp1251", "koi8_r", "cp1253", "cp1250", "mac_roman", "cp850", "cp866")
_DOUBLE = ("shift_jis", "gb18030", "big5", "euc_kr")
_WORD = re.compile(rb"[^\x00-\x40\x5b-\x60\x7b-\x7f]*[\x80-\xff][^\x00-\x40\x5b-\x60\x7b-\x7f]*")
_SCRIPT = {"cp1251": "CYRILLIC", "koi8_r": "CYRILLIC", "cp866": "CYRILLIC", "cp1253": "GREEK"}
_COMMON_WORDS = 200
_SURE = 0.9
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ’‘“”–—…€®™©°·«»ªº¿¡´")


def likely_encodings(content: bytes) -> list[str]:
    """Return the encodings, by their names for Python, that lines with odd bytes are likelier in than Windows-1252.

    None if Windows-1252 looks right, or if no other does; the likeliest first, two at most.
    """
    words = _WORD.findall(content)[:_COMMON_WORDS]
    if not words:
        return []
    western = _share(words, "cp1252", None)
    if western > _SURE:
        return []
    found = {codec: _share(words, codec, _SCRIPT.get(codec)) for codec in _SINGLE}
    found |= {codec: _share_double(content, codec) for codec in _DOUBLE}
    good = sorted(
        (codec for codec, share in found.items() if share > max(_SURE - 0.15, western)), key=lambda c: -found[c]
    )
    return good[:2]


def _share(words: list[bytes], codec: str, script: str | None) -> float:
    """Return how many of the words look like words in an encoding of one byte a character."""
    good = 0
    for word in words:
        try:
            text = word.decode(codec)
        except UnicodeDecodeError:
            continue
        good += _is_word(text, script, codec)
    return good / len(words)


def _is_word(text: str, script: str | None, codec: str) -> bool:
    """Return whether a text could be a word: letters of one script, capitals only in front or everywhere."""
    odd = [char for char in text if ord(char) > 127]
    letters = [char for char in text if char.isalpha()]
    if script:
        if not all(_script(char) == script for char in letters) or len(letters) < 2:
            return False
    elif any(char.isalpha() and _script(char) != "LATIN" for char in odd):
        return False
    if script is None and codec == "cp1252" and not all(char in _WESTERN for char in odd):
        return False
    for char in odd:
        if not char.isalpha() and char not in "’‘“”–—…«»°©®™€№\u00a0·´":
            return False
    if script is None and codec != "cp1250" and len(odd) > 2 and len(odd) * 2 > len(text):
        return False
    word = "".join(letters)
    return word == word.lower() or word == word.upper() or word[1:] == word[1:].lower()


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _share_double(content: bytes, codec: str) -> float:
    """Return how much of a text is common in an encoding of two bytes a character."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    odd = [char for char in text if ord(char) > 127]
    if not odd:
        return 0.0
    good = {"shift_jis": _is_japanese, "euc_kr": _is_hangul, "gb18030": _is_han, "big5": _is_han}[codec]
    share = sum(map(good, odd)) / len(odd)
    if codec == "shift_jis" and not any("\u3040" <= char <= "\u30ff" for char in odd):
        share *= 0.8
    pairs = sum(len(char.encode(codec)) > 1 for char in odd)
    return share if pairs * 10 > len(odd) * 9 else 0.0


def _is_japanese(char: str) -> bool:
    return "\u3000" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_han(char: str) -> bool:
    """Return whether a character is one of the common Chinese ones: the first level of GB 2312."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        try:
            return 0xA4 <= char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False
    return 0xB0 <= code[0] <= 0xD7 or "\u3000" <= char <= "\u303f"
