"""The doors are kept: who may import what, and what nobody may call."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Iterator

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = {"tests", "tools", "build", "dist", "docs", "mutants"}

KODI = {"kodi_six", "xbmc", "xbmcaddon", "xbmcgui", "xbmcplugin", "xbmcvfs", "xbmcdrm"}
HTTP = {"requests", "urllib3", "http", "urllib.request", "httpx", "aiohttp", "certifi", "ssl"}
SIMKL_ROOMS = (
    "simkl",
    "account",
    "signin",
    "grants",
    "line",
    "pace",
    "answers",
    "titles",
    "watched",
)
KODI_DOOR = "lib.kodi"
KODI_DOORS = {KODI_DOOR, "lib.kodi_wishes", "lib.kodi_windows", "lib.kodi_shown"}

SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted(ROOT.rglob("*.py"))
    if not ELSEWHERE & set(path.relative_to(ROOT).parts)
}
every_source = pytest.mark.parametrize("module", SOURCES)


def tree_of(module: str) -> ast.Module:
    return ast.parse(SOURCES[module].read_text(encoding="utf-8"))


class _WithoutTypes(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def imports(module: str, *, loaded: bool = False) -> set[str]:
    """Everything that a module imports, wherever it stands, and each package above it.

    loaded: without what serves type checking only.
    """
    names = set()
    tree = tree_of(module)
    for node in ast.walk(_WithoutTypes().visit(tree) if loaded else tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            home = ".".join([*above, node.module or ""]).strip(".")
            names |= {home, *(f"{home}.{alias.name}" for alias in node.names)}
    return {name for full in names for name in heads(full)}


def heads(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[: count + 1]) for count in range(len(parts)))


def names_used(module: str) -> set[str]:
    """Every attribute and name, and whatever is imported by name."""
    nodes = list(ast.walk(tree_of(module)))
    return {
        *(node.attr for node in nodes if isinstance(node, ast.Attribute)),
        *(node.id for node in nodes if isinstance(node, ast.Name)),
        *(each.name for node in nodes if isinstance(node, ast.ImportFrom) for each in node.names),
    }


def test_the_sources_are_found() -> None:
    assert {"default", "service", "lib.kodi", "lib.simkl", "lib.watched"} <= set(SOURCES)


@every_source
def test_kodi_is_imported_at_its_door_only(module: str) -> None:
    if module not in KODI_DOORS:
        assert imports(module) & KODI == set()


@every_source
def test_http_is_imported_at_its_door_only(module: str) -> None:
    if module != "lib.simkl":
        assert imports(module) & HTTP == set()


def test_each_door_imports_what_it_is_the_door_to() -> None:
    assert all(imports(door) & KODI for door in KODI_DOORS)
    assert imports("lib.simkl") & HTTP


def reach(module: str) -> set[str]:
    """All modules of ours that are loaded with one; what serves type checking only is not."""
    found: set[str] = set()
    new = {module}
    while new:
        found |= new
        new = {
            name for each in new for name in imports(each, loaded=True) if name in SOURCES
        } - found
    return found


@pytest.mark.parametrize("room", SIMKL_ROOMS)
def test_what_knows_simkl_does_not_know_kodi(room: str) -> None:
    assert not KODI_DOORS & reach(f"lib.{room}")


def test_what_knows_kodi_does_not_know_simkl() -> None:
    rooms = {f"lib.{room}" for room in SIMKL_ROOMS}
    assert all(reach(door) & rooms == set() for door in KODI_DOORS)


@pytest.mark.parametrize(
    "room", ["times", "titles", "answers", "ticks", "asks", "follow", "hand", "ledger", "takeback"]
)
def test_the_rooms_that_decide_know_neither_door(room: str) -> None:
    assert reach(f"lib.{room}") & {*KODI_DOORS, "lib.simkl"} == set()


@every_source
def test_nobody_sleeps_where_kodi_could_not_wake_them(module: str) -> None:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Attribute) and node.attr == "sleep":
            assert not (isinstance(node.value, ast.Name) and node.value.id in ("time", "xbmc"))
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "asyncio"):
            assert "sleep" not in [alias.name for alias in node.names]


@every_source
def test_no_built_in_command_holds_what_a_row_or_an_answer_says(module: str) -> None:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Attribute) and node.attr == "executebuiltin":
            assert module in KODI_DOORS
    for call in calls_of(module, "executebuiltin"):
        words = [part for part in ast.walk(call.args[0]) if isinstance(part, ast.Name)]
        assert {name.id for name in words} <= {"ADDON_ID"}


def calls_of(module: str, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).split(".")[-1] == name]


def test_the_built_in_commands_are_found() -> None:
    assert sum(len(calls_of(module, "executebuiltin")) for module in SOURCES) == 2


@every_source
def test_nobody_uses_what_fails_in_kodis_python(module: str) -> None:
    assert names_used(module) & {"strptime", "astimezone"} == set()


@every_source
def test_nobody_asks_whether_it_is_being_tested(module: str) -> None:
    text = SOURCES[module].read_text(encoding="utf-8")
    assert "PYTEST" not in text
    assert not {name for name in imports(module) if name.split(".")[0] in ("tests", "pytest")}


@pytest.mark.parametrize("entry", ["context", "default", "service"])
def test_what_kodi_starts_is_short(entry: str) -> None:
    lines = SOURCES[entry].read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip() and not line.startswith(("#", '"'))]) < 15
