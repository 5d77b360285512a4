"""What the add-on costs while nothing happens, at the start, over many lists, and at Simkl."""

from __future__ import annotations

from . import bill_cpu, bill_lists
from .report import table


def measured(runs: int) -> str:
    rows = [*bill_cpu.measured(runs), *bill_lists.measured()]
    text = f"{bill_cpu.TEXT.format(runs=runs)}\n\n{bill_lists.TEXT}"
    return text + table(("what", "measured", "aim"), rows)
