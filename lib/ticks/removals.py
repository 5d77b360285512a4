"""The ticks that the person took away, found by any name of their title. Knows neither door."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Callable, Iterable, Tuple

from lib.storage.removed_ticks import RemovedTick

if TYPE_CHECKING:
    from lib.storage.store import Store

Spot = Tuple[str, int, int]
"""A name of a film or series, season and episode; both -1 for a film."""


class Removals:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[Spot, dict[str, RemovedTick]] | None = None

    def note(self, tick: RemovedTick) -> None:
        """It takes the place of what the same person took away of the same title before."""
        before = {each for each in self.of(_spots(tick)) if each.person == tick.person}
        names = tick.names.union(*(each.names for each in before))
        at = max([tick.at, *(each.at for each in before)])
        self.forget(before)
        tick = replace(tick, names=names, at=at)
        self._put(tick)
        self._store.removed_ticks.note([tick])

    def end(self, tick: RemovedTick) -> None:
        """Simkl has reported a newer watch: it still keeps away the older ones."""
        if not tick.is_over:
            tick = replace(tick, is_over=True)
            self._put(tick)
            self._store.removed_ticks.note([tick])

    def forget(self, ticks: Iterable[RemovedTick]) -> None:
        gone = list(ticks)
        for tick in gone:
            for spot in _spots(tick):
                self._by_spot[spot].pop(tick.person, None)
        if gone:
            self._store.removed_ticks.forget(gone)

    def of(self, spots: Iterable[Spot]) -> set[RemovedTick]:
        """Those of any of these."""
        found = (self._by_spot.get(spot, {}) for spot in spots)
        return {tick for by_person in found for tick in by_person.values()}

    @property
    def has_any(self) -> bool:
        return any(self._by_spot.values())

    def which(self, is_meant: Callable[[RemovedTick], bool]) -> set[RemovedTick]:
        ticks = (tick for by_person in self._by_spot.values() for tick in by_person.values())
        return {tick for tick in ticks if is_meant(tick)}

    def _put(self, tick: RemovedTick) -> None:
        for spot in _spots(tick):
            self._by_spot[spot][tick.person] = tick

    @property
    def _by_spot(self) -> dict[Spot, dict[str, RemovedTick]]:
        if self._kept is None:
            self._kept = defaultdict(dict)
            for tick in self._store.removed_ticks.all():
                self._take_in(tick)
        return self._kept

    def _take_in(self, tick: RemovedTick) -> None:
        """Older versions kept one for each library id: several may be of one title."""
        if any(each.person == tick.person for each in self.of(_spots(tick))):
            self._store.removed_ticks.forget([tick])
            self.note(tick)
        else:
            self._put(tick)


def _spots(tick: RemovedTick) -> list[Spot]:
    return [(name, tick.season, tick.episode) for name in tick.names]
