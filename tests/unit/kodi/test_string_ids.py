"""Numbers and words belong together: lib/kodi/string_ids.py, strings.po, and who names a text."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import polib
import pytest

from lib.kodi import string_ids
from tools.zip import ADDON_ID, ROOT

LANGUAGES = ROOT / "resources" / "language"
ENGLISH = LANGUAGES / "resource.language.en_gb" / "strings.po"
PRODUCT = [*sorted(ROOT.glob("*.py")), *sorted(ROOT.glob("lib/**/*.py"))]
# Kodi's own numbers end below, and from 33000 on they begin again.
OURS = range(32000, 33000)
# A label may be a few words; what is longer than this is a sentence.
WORDS_OF_A_LABEL = 5


class Constant(NamedTuple):
    """A line of lib/kodi/string_ids.py; `english` is its comment."""

    name: str
    number: int
    english: str


def read_constants() -> list[Constant]:
    line = re.compile(r"^(\w+) = (\d+)  # (.+)$", re.MULTILINE)
    found = line.findall(Path(string_ids.__file__).read_text(encoding="utf-8"))
    return [Constant(name, int(number), english) for name, number, english in found]


def read_words(file: Path) -> dict[int, str]:
    """Number -> words of a language; the English ones are the msgid, as Kodi wants them."""
    entries = polib.pofile(str(file), check_for_duplicates=True)
    return {
        int((entry.msgctxt or "").lstrip("#")): entry.msgid if file == ENGLISH else entry.msgstr
        for entry in entries
    }


def numbers_in_settings() -> set[int]:
    """Labels, helps and headings, of options too, that are numbers of ours."""
    root = ET.parse(ROOT / "resources" / "settings.xml").getroot()
    named = [e.get(key, "") for e in root.iter() for key in ("label", "help")]
    named += [e.text or "" for e in root.iter() if e.tag in ("heading", "label")]
    return {int(number) for number in named if number.isdigit() and int(number) in OURS}


def helps_in_settings() -> set[int]:
    root = ET.parse(ROOT / "resources" / "settings.xml").getroot()
    return {int(e.get("help", "")) for e in root.iter("setting") if e.get("help", "")}


def numbers_in_skins_and_addon_xml() -> set[int]:
    files = [ROOT / "addon.xml", *ROOT.glob("resources/skins/**/*.xml")]
    spoken = "".join(file.read_text(encoding="utf-8") for file in files)
    named = re.findall(rf"\$ADDON\[{re.escape(ADDON_ID)} (\d+)\]|<label>(\d+)</label>", spoken)
    return {int(one or other) for one, other in named if int(one or other) in OURS}


def without_tags(words: str) -> str:
    """Words without Kodi's own marks in them: [B], [/B], [CR]."""
    return re.sub(r"\[/?\w+\]", " ", words).strip()


def placeholders(words: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", words))


@functools.lru_cache(maxsize=None)
def values_given() -> list[tuple[str, set[str]]]:
    """Of each `text(string_ids.NAME, …)`: the name, and the {placeholders} that it fills."""
    calls = [
        call
        for file in PRODUCT
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args
    ]
    return [
        (
            ast.unparse(call.args[0]).removeprefix("string_ids."),
            {f"{{{k.arg}}}" for k in call.keywords},
        )
        for call in calls
        if ast.unparse(call.args[0]).startswith("string_ids.")
    ]


def agrees(comment: str, words: str) -> bool:
    """A "…" that stands alone at either end of a comment leaves something out there."""
    before = ".*" if comment.startswith("… ") else ""
    after = ".*" if comment.endswith(" …") else ""
    kept = re.escape(comment.removeprefix("… ").removesuffix(" …"))
    return re.fullmatch(before + kept + after, words) is not None


CONSTANTS = read_constants()
WORDS = read_words(ENGLISH)
OTHER_LANGUAGES = sorted(set(LANGUAGES.glob("*/strings.po")) - {ENGLISH})

each_constant = pytest.mark.parametrize("constant", CONSTANTS, ids=lambda c: c.name)
each_text = pytest.mark.parametrize("number", sorted(WORDS))


def test_every_constant_has_its_english_beside_it() -> None:
    values = {name: value for name, value in vars(string_ids).items() if name.isupper()}
    assert {c.name: c.number for c in CONSTANTS} == values


def test_no_number_is_given_twice() -> None:
    numbers = [c.number for c in CONSTANTS]
    assert sorted(set(numbers)) == sorted(numbers)


def test_every_number_is_one_of_an_add_on() -> None:
    assert [number for number in WORDS if number not in OURS] == []


def test_every_number_used_has_words() -> None:
    used = {c.number for c in CONSTANTS} | numbers_in_settings() | numbers_in_skins_and_addon_xml()
    assert used - WORDS.keys() == set()


def test_every_text_is_used() -> None:
    used = {c.number for c in CONSTANTS} | numbers_in_settings() | numbers_in_skins_and_addon_xml()
    assert WORDS.keys() - used == set()


@each_constant
def test_constant_is_used(constant: Constant) -> None:
    name = re.compile(rf"\bstring_ids\.{constant.name}\b")
    assert any(name.search(file.read_text(encoding="utf-8")) for file in PRODUCT)


@each_constant
def test_comment_says_what_the_person_reads(constant: Constant) -> None:
    assert agrees(constant.english, WORDS[constant.number]), WORDS[constant.number]


@each_constant
def test_placeholders_are_those_that_the_add_on_fills(constant: Constant) -> None:
    filled = [given for name, given in values_given() if name == constant.name]
    # Said by its number alone, as the errors are, a text has nobody who fills it.
    wanted = set(placeholders(WORDS[constant.number]))
    assert all(given == wanted for given in filled or [set()])


@each_text
def test_sentence_ends_like_one(number: int) -> None:
    words = without_tags(WORDS[number])
    is_sentence = (
        number in helps_in_settings() or ". " in words or len(words.split()) > WORDS_OF_A_LABEL
    )
    # A placeholder at the end stands for a code or an address, which a full stop would spoil.
    assert not is_sentence or words.endswith((".", "?", "!", "…", "}")), words


@each_text
def test_words_are_neat(number: int) -> None:
    words = WORDS[number]
    assert words
    assert words == " ".join(words.split()), words


def test_every_language_has_every_text_and_no_other() -> None:
    wrong = {file.parent.name: read_words(file).keys() ^ WORDS.keys() for file in OTHER_LANGUAGES}
    assert {name: numbers for name, numbers in wrong.items() if numbers} == {}


def test_every_language_keeps_the_placeholders() -> None:
    for file in OTHER_LANGUAGES:
        for number, words in read_words(file).items():
            # A text that nobody has translated is shown in English.
            expected = placeholders(WORDS[number]) if words else []
            assert placeholders(words) == expected, f"{file.parent.name} {number}"
