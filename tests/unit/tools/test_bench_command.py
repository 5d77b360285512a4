"""What `make bench` is given, and what it can measure."""

from __future__ import annotations

import pytest

from tools.bench import report

pytest.importorskip("Xlib", reason="only the Debian of `make bench` has what drives a screen")

from tools.bench import __main__ as command


def test_the_command_line() -> None:
    wish = command.parsed(["--part=disk", "--runs=2", "--against=HEAD~1"])
    assert (wish.part, wish.runs, wish.against) == ("disk", 2, "HEAD~1")
    wish = command.parsed([])
    assert (wish.part, wish.runs, wish.against) == (None, 7, None)
    with pytest.raises(SystemExit):
        command.parsed(["--part=quick"])


def test_each_part_has_a_title_and_a_place_in_the_report() -> None:
    assert [*command.PARTS, "soak"] == list(report.TITLES)
