"""How much Kodi's process holds, from time to time, and whether it grows."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import NamedTuple

from tools.bench import report

_EVERY = 10.0  # seconds


class Sample(NamedTuple):
    """Of Kodi's process. resident: kB. files: how many are open."""

    at: float
    resident: int
    files: int


class Samples:
    """Of one process: of the latest."""

    def __init__(self) -> None:
        self._pid = 0
        self._samples: list[Sample] = []

    def take(self, pid: int) -> None:
        """One more, where it is time. pid: of the process, which may be another one by now."""
        if pid != self._pid:
            self._pid, self._samples = pid, []
        if not self._samples or time.monotonic() - self._samples[-1].at > _EVERY:
            self._samples.append(_sample(pid))

    def grown(self, part: str) -> float:
        """The median of the last quarter by that of the second; not a number of a Kodi that ran
        for less than four samples.
        """
        quarter = len(self._samples) // 4
        if quarter == 0:
            return float("nan")
        early, late = self._samples[quarter : 2 * quarter], self._samples[3 * quarter :]
        return report.quotient([getattr(s, part) for s in late], [getattr(s, part) for s in early])


def _sample(pid: int) -> Sample:
    words = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    resident = re.search(r"^VmRSS:\s+(\d+) kB", words, re.MULTILINE)
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(time.monotonic(), int(resident[1]) if resident else 0, files)
