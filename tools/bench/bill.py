"""What the add-on costs while nothing happens, at the start, over many lists, and at Simkl."""

from __future__ import annotations

from . import bill_cpu, bill_lists
from .comparison import Subject
from .report import table

NOT_COMPARED = """memory over 1,000 lists and POSTs of an evening. They are of one run each and do
not depend on the machine's mood: PART=bill measures them, and git diff shows what they were."""


def measured(runs: int) -> str:
    rows = [*bill_cpu.measured(runs), *bill_lists.measured()]
    text = f"{bill_cpu.TEXT.format(runs=runs)}\n\n{bill_lists.TEXT}"
    return text + table(("what", "measured", "aim"), rows)


def subjects() -> list[Subject]:
    return bill_cpu.subjects()
