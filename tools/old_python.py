"""Finds what Python 3.8 falls over and vermin lets pass: newer types outside annotations.

`from __future__ import annotations` keeps them harmless inside; an alias, a cast or a base class
with `dict[str, int]` or `int | None` stops the add-on at import.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Iterator

_BUILTIN = {"dict", "frozenset", "list", "set", "tuple", "type"}
# What they give can be subscripted from Python 3.9 on; their namesakes in typing always can.
_MODULES = {"collections", "collections.abc", "contextlib", "queue", "re", "weakref"}
_TYPES = _BUILTIN | {"bool", "bytes", "float", "int", "object", "str"}


class Finder(ast.NodeVisitor):
    """Collects the lines of one module where a newer type is made while the program runs."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self._generic = set(_BUILTIN)

    def visit_arg(self, node: ast.arg) -> None:
        """Nothing but an annotation is below."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        node.returns = None
        self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module in _MODULES:
            self._generic |= {alias.asname or alias.name for alias in node.names}

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.value, (ast.Name, ast.Attribute)):
            module, _, name = ast.unparse(node.value).rpartition(".")
            if module in _MODULES or (not module and name in self._generic):
                self.lines.add(node.lineno)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        sides = {ast.unparse(node.left), ast.unparse(node.right)}
        if isinstance(node.op, ast.BitOr) and sides & (_TYPES | {"None"}):
            self.lines.add(node.lineno)
        self.generic_visit(node)


def newer_types(source: str) -> list[int]:
    """The lines of a module that Python 3.8 would stop at."""
    finder = Finder()
    finder.visit(ast.parse(source))
    return sorted(finder.lines)


def _files(names: list[str]) -> Iterator[Path]:
    for path in map(Path, names):
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main() -> None:
    found = [
        f"{file}:{line}: Python 3.8 has no such type; take its namesake from typing"
        for file in _files(sys.argv[1:])
        for line in newer_types(file.read_text(encoding="utf-8"))
    ]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
