"""Runs of a measurement, made again where Kodi falls over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from tests.kodi.harness.rpc import RpcError

_MOST_FALLS = 2

T = TypeVar("T")


def whole_runs(runs: int, run: Callable[[], T]) -> Iterator[T]:
    """What each of so many runs gives. One in which Kodi falls over is made again, and said so.

    Kodi 20.1 does so now and then while labels are read as often as here (docs/kodi.md).
    """
    falls = 0
    while runs:
        try:
            taken = run()
        except RpcError:
            falls += 1
            if falls > _MOST_FALLS:
                raise
            print("Kodi fell over: this run is made again.")
        else:
            runs -= 1
            yield taken
