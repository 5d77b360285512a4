"""What documents and comments name is there: files, tests, and what a file is said to hold."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path
from typing import Iterator

import pytest

ROOT = Path(__file__).parents[2]
MADE = {".git", "build", "dist", "mutants"}
FILES = [
    path.relative_to(ROOT).as_posix()
    for top in sorted(ROOT.iterdir())
    if top.name not in MADE
    for path in ([top] if top.is_file() else top.rglob("*"))
    if path.is_file() and path.suffix != ".pyc"
]
ENDINGS = {
    "/".join(parts[start:])
    for parts in (name.split("/") for name in FILES)
    for start in range(len(parts))
}
"""Each file by its whole path, and by each shorter end of that."""

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCES = [
    ROOT / name
    for name in FILES
    if name.endswith(".py") and ("/" not in name or name.startswith(("lib/", "tests/", "tools/")))
]

FILE = re.compile(r"(?<![\w./:*<>-])(?:[\w-][\w.-]*/)*[\w-]+\.(?:py|md|sh|xml)\b(?![\w/-]|:\d)")
"""A file as a sentence names it. With the number of a line it is another project's."""

BELOW = re.compile(r"(?<![\w./:-])(?:lib|tests|tools|docs|resources)/[\w./*-]*[\w*]")
"""A file or folder by its whole path."""

NOT_OURS = {
    "addons.xml",  # of the repository that `make release` makes
    "addon_data/service.simkl.watched/settings.xml",  # Kodi writes it, and reads the next
    "advancedsettings.xml",
    "api/tmdb/methods/lists.py",  # TMDb Helper's (lib/titles/addon_facts.py)
}
HELD = re.compile(r"`([\w./-]+\.py)` \(((?:`[^`]+`(?:, )?)+)")
"""A file, and in brackets what it holds: `lists/visit.py` (`Visit`, `ROWS_A_STEP`)."""

TEST = re.compile(r"\btest_\w+\b(?!/)(?:\.py)?")
PLACED = re.compile(r"\b(unit|kodi) ((?:`[^`]+`(?:, )?)+)")
"""Where tests are, and which: unit `test_a`, `test_b`."""

ARCHITECTURE = ROOT / "docs" / "architecture.md"
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.name))


def missing(text: str) -> set[str]:
    return set(FILE.findall(text)) - ENDINGS - NOT_OURS


def comments_of(source: Path) -> Iterator[str]:
    """Comments, and what stands between three quotes."""
    with source.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            is_docstring = token.type == tokenize.STRING and token.string.startswith('"""')
            if token.type == tokenize.COMMENT or is_docstring:
                yield token.string


def named_in(folder: str) -> set[str]:
    """Tests, and files of tests, below that folder of `tests/`; "" for all."""
    names = set()
    for path in (ROOT / "tests" / folder).rglob("test_*.py"):
        names |= {path.name, *re.findall(r"\bdef (test_\w+)", path.read_text(encoding="utf-8"))}
    return names


@each_document
def test_each_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert missing(text) == set()
    assert {path for path in BELOW.findall(text) if not list(ROOT.glob(path))} == set()


def test_the_table_of_the_wings_has_each_file_of_lib() -> None:
    named, wing = set(), ""
    for line in ARCHITECTURE.read_text(encoding="utf-8").splitlines():
        row = re.fullmatch(r"\| (?:`(\w+)/`.*)?\| .* \| (.*) \|", line)
        if row is not None:
            wing = row[1] or wing
            named |= {f"lib/{wing}/{file}" for file in FILE.findall(row[2])}
    files = {name for name in FILES if re.fullmatch(r"lib/\w+/(?!__init__)\w+\.py", name)}
    assert named == files


def test_each_file_that_a_comment_names_is_there() -> None:
    found = {
        source.relative_to(ROOT).as_posix(): names
        for source in SOURCES
        if FILE.search(source.read_text(encoding="utf-8"))
        for names in [missing("\n".join(comments_of(source)))]
        if names
    }
    assert found == {}


@each_document
def test_what_a_document_says_that_a_file_holds_is_in_it(document: Path) -> None:
    for file, names in HELD.findall(document.read_text(encoding="utf-8")):
        texts = [
            (ROOT / name).read_text(encoding="utf-8")
            for name in FILES
            if f"/{name}".endswith(f"/{file}")
        ]
        for name in re.findall(r"`([^`]+)`", names):
            assert any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts), (file, name)


@each_document
def test_each_test_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(TEST.findall(text)) - named_in("") == set()
    for folder, names in PLACED.findall(text):
        assert set(TEST.findall(names)) - named_in(folder) == set()
