"""The films and series that the person wants left alone, for ever. Knows neither of the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.storage.store import Store
    from lib.titles.title import Title


class IgnoredTitles:
    """Known by any id that two titles share: a library may know more of them than an add-on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[frozenset[str], str] | None = None

    def has(self, title: Title) -> bool:
        return any(title.names & names for names in self._titles)

    def leave(self, title: Title, label: str) -> None:
        """label: what the person knows it by."""
        self._titles[title.names] = label
        self._store.ignored_titles.note(title.names, label)

    def take_back(self, title: Title) -> None:
        for names in [names for names in self._titles if names & title.names]:
            del self._titles[names]
            self._store.ignored_titles.forget(names)

    @property
    def labels(self) -> list[str]:
        return sorted(set(self._titles.values()))

    @property
    def _titles(self) -> dict[frozenset[str], str]:
        if self._kept is None:
            self._kept = dict(self._store.ignored_titles.all())
        return self._kept
