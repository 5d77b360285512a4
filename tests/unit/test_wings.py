"""The order of lib/ is kept: which wing may import what, the doors, and what nobody may call."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Iterator

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = {"tests", "tools", "build", "dist", "docs", "mutants"}

WINGS = {
    "ui": {"sending", "lists", "ticks", "account", "storage", "simkl", "titles", "kodi"},
    "sending": {"lists", "ticks", "account", "storage", "simkl", "titles", "kodi"},
    "lists": {"ticks", "account", "storage", "simkl", "titles", "kodi"},
    "ticks": {"storage", "simkl", "titles"},
    "account": {"simkl"},
    "storage": {"simkl", "titles"},
    "simkl": {"titles"},
    "titles": set[str](),
    "kodi": set[str](),
}
"""Each wing, and the wings further down that it may import (docs/architecture.md)."""

OUTSIDE = {
    "kodi": {"kodi_six", "xbmc", "xbmcaddon", "xbmcgui", "xbmcplugin", "xbmcvfs", "xbmcdrm"},
    "simkl": {
        *{"requests", "urllib3", "http", "urllib.request", "httpx", "aiohttp", "certifi"},
    },
    "storage": {"sqlite3"},
}
"""What is imported in one wing only: Kodi, HTTP and SQL."""

SOCKETS = {"lib.simkl.connection", "lib.kodi.hosts"}
"""What knows sockets: the way to Simkl, and who looks whether the host of a video is awake."""

MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_CLASS, MOST_LINES_OF_A_FUNCTION = 250, 200, 40
MOST_METHODS = 24
KODIS_IN_LISTS = {"browsing", "build", "current_list", "reload", "startup"}
"""The files of `lists/` that ask Kodi themselves; the others are given what they need."""

SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).replace(".__init__", ""): path
    for path in sorted(ROOT.rglob("*.py"))
    if not ELSEWHERE & set(path.relative_to(ROOT).parts)
}
LIB = [module for module in SOURCES if module.startswith("lib.")]
PACKAGES = {f"lib.{wing}" for wing in WINGS}
every_source = pytest.mark.parametrize("module", SOURCES)
every_file_of_lib = pytest.mark.parametrize("module", LIB)


def wing_of(module: str) -> str:
    """The wing of a module of lib, "" for what stands above them."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "lib" and parts[1] in WINGS else ""


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


# The wings.


def test_lib_holds_the_wings_and_the_loop() -> None:
    found = {path.name for path in (ROOT / "lib").iterdir() if path.name != "__pycache__"}
    assert found == {*WINGS, "__init__.py", "service.py"}
    assert {f"lib.{wing}" for wing in WINGS} < set(SOURCES)


@every_file_of_lib
def test_a_wing_imports_only_wings_further_down(module: str) -> None:
    wing = wing_of(module)
    may = WINGS[wing] | {wing} if wing else set(WINGS)
    assert {wing_of(name) for name in imports(module)} - {""} <= may


def test_the_order_of_the_wings_has_no_way_up() -> None:
    order = list(WINGS)
    for wing, below in WINGS.items():
        assert below <= set(order[order.index(wing) + 1 :])


def loads(module: str) -> set[str]:
    """The files of lib that are loaded with one. A package is too, and holds nothing."""
    found: set[str] = set()
    new = {module}
    while new:
        found |= new
        new = {each for name in new for each in imports(name, loaded=True) if each in LIB}
        new -= found | PACKAGES
    return found


@every_file_of_lib
def test_no_file_is_loaded_by_one_that_it_loads(module: str) -> None:
    direct = {each for each in imports(module, loaded=True) if each in LIB} - PACKAGES - {module}
    assert not any(module in loads(each) for each in direct)


@every_file_of_lib
def test_what_decides_loads_no_client_of_simkl(module: str) -> None:
    if wing_of(module) in ("titles", "ticks", "storage"):
        assert loads(module) & {"lib.simkl.client", "lib.simkl.transport"} == set()


@pytest.mark.parametrize("wing", WINGS)
def test_the_first_lines_of_a_wing_say_what_lives_there_and_nothing_else(wing: str) -> None:
    tree = tree_of(f"lib.{wing}")
    assert len(tree.body) == 1
    lines = (ast.get_docstring(tree) or "").splitlines()
    assert 2 <= len(lines) <= 5
    below = WINGS[wing]
    said = set(" ".join(lines).partition("May import:")[2].strip(" .").split(", "))
    assert said == (below or {"nothing of ours"})


# The doors.


@every_source
@pytest.mark.parametrize("door", OUTSIDE)
def test_kodi_http_and_sql_are_each_imported_in_one_wing(module: str, door: str) -> None:
    if wing_of(module) != door:
        assert imports(module) & OUTSIDE[door] == set()


@pytest.mark.parametrize("door", OUTSIDE)
def test_each_door_imports_what_it_is_the_door_to(door: str) -> None:
    files = [module for module in LIB if wing_of(module) == door]
    assert any(imports(module) & OUTSIDE[door] for module in files)


def test_http_is_known_to_one_file_and_sockets_to_two() -> None:
    assert {module for module in LIB if "requests" in imports(module)} == {"lib.simkl.transport"}
    assert {module for module in LIB if {"socket", "ssl"} & imports(module)} == SOCKETS


@every_file_of_lib
def test_of_the_lists_only_those_that_ask_it_know_kodi(module: str) -> None:
    if wing_of(module) == "lists" and module.rsplit(".", maxsplit=1)[-1] not in KODIS_IN_LISTS:
        assert "lib.kodi" not in imports(module)


# The measure.


@every_file_of_lib
def test_no_file_class_or_function_is_too_long(module: str) -> None:
    assert len(SOURCES[module].read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_FILE
    for node in ast.walk(tree_of(module)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            lines = (node.end_lineno or 0) - node.lineno + 1
            is_class = isinstance(node, ast.ClassDef)
            assert lines <= (MOST_LINES_OF_A_CLASS if is_class else MOST_LINES_OF_A_FUNCTION)
            assert sum(isinstance(each, ast.FunctionDef) for each in node.body) <= MOST_METHODS


# What nobody may call.


MAY_SLEEP = {("lib.kodi.monitor", "hear_the_rest")}
"""For milliseconds, when Kodi has asked the script to end."""


@every_source
def test_nobody_sleeps_where_kodi_could_not_wake_them(module: str) -> None:
    tree = tree_of(module)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    allowed = [
        node for each in functions if (module, each.name) in MAY_SLEEP for node in ast.walk(each)
    ]
    for node in ast.walk(tree):
        if node in allowed:
            continue
        if isinstance(node, ast.Attribute) and node.attr == "sleep":
            assert not (isinstance(node.value, ast.Name) and node.value.id in ("time", "xbmc"))
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "asyncio"):
            assert "sleep" not in [alias.name for alias in node.names]


@every_source
def test_no_built_in_command_holds_what_a_row_or_an_answer_says(module: str) -> None:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Attribute) and node.attr == "executebuiltin":
            assert module == "lib.kodi.builtin_commands"
    for call in calls_of(module, "executebuiltin"):
        words = [part for part in ast.walk(call.args[0]) if isinstance(part, ast.Name)]
        assert {name.id for name in words} <= {"ADDON_ID"}


def calls_of(module: str, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).split(".")[-1] == name]


def test_the_built_in_commands_are_found() -> None:
    assert sum(len(calls_of(module, "executebuiltin")) for module in SOURCES) == 3


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
