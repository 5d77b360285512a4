"""Waiting for something to become true, with a sentence when it does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(
    question: Callable[[], T], *, timeout: float = 40, what: str = "", every: float = 0.02
) -> T:
    """Ask until the answer is truthy, and return it. Raises AssertionError after `timeout` s."""
    end = time.monotonic() + timeout
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:g} s for {what or question}; last: {answer!r}")
        time.sleep(every)
