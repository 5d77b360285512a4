"""Where the rows of a list come from: Kodi's container, or rows that were read before.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Protocol, Sequence

if TYPE_CHECKING:
    from lib.lists.container import Container
    from lib.titles.rows import LibraryRow


class RowSource(Protocol):
    """Rows of the library, by the numbers that they have in their list."""

    positions: Sequence[int]
    """Of all rows, those nearest to the focus first."""

    is_on_screen: bool

    def by_nearness(self, positions: Iterable[int]) -> list[int]:
        """Those nearest to where the focus is now first."""
        ...

    def rows(self, positions: Iterable[int]) -> list[LibraryRow]:
        """The rows of the library among these, in the same order."""
        ...

    def have_changed(self) -> bool:
        """Whether these are other rows than at first."""
        ...


class ContainerRows:
    """Those of the list in focus. Kodi names a list some hundredths before it shows its rows."""

    is_on_screen = True

    def __init__(self, container: Container, size: int, label: str) -> None:
        """size: of the list, ".." included. label: by which two lists' rows are told apart."""
        self._container = container
        self._size = size
        self._label = label
        self._sample = container.sample(size, label)
        self.positions: Sequence[int] = container.positions(size)

    def by_nearness(self, positions: Iterable[int]) -> list[int]:
        return self._container.by_nearness(positions)

    def rows(self, positions: Iterable[int]) -> list[LibraryRow]:
        return self._container.rows(positions)

    def have_changed(self) -> bool:
        return self._sample != self._container.sample(self._size, self._label)


class GivenRows:
    """Rows of lists that the container does not hold: no focus is in them."""

    is_on_screen = False

    def __init__(self, rows: Sequence[LibraryRow]) -> None:
        self._rows = rows
        self.positions: Sequence[int] = range(len(rows))

    def by_nearness(self, positions: Iterable[int]) -> list[int]:
        return sorted(positions)

    def rows(self, positions: Iterable[int]) -> list[LibraryRow]:
        return [self._rows[position] for position in positions]

    def have_changed(self) -> bool:
        return False
