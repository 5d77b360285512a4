"""A part of the benchmarks that is measured anew replaces itself and nothing else."""

from __future__ import annotations

from pathlib import Path

from tools.bench import report

ORDER = ["First", "Second"]


def test_a_part_takes_the_place_of_its_older_self_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    for title, body in [("Second", "### Of it\n\nsecond"), ("First", "old"), ("First", "new")]:
        report.put(title, body, ORDER, file)
    written = file.read_text(encoding="utf-8")
    places = [written.index(words) for words in ("## First", "new", "## Second", "### Of it")]
    assert places == sorted(places)
    assert "old" not in written
    assert written.count("## First") == 1
    report.put("First", "new", ORDER, file)
    assert file.read_text(encoding="utf-8") == written


def test_a_table_and_its_numbers() -> None:
    row = ["25 films", report.ms([0.5, 0.1, 0.2]), report.span([3, 1]), report.span([2, 2])]
    assert report.table(("list", "ms", "POSTs", "more"), [row]) == (
        "| list | ms | POSTs | more |\n|---|---|---|---|\n| 25 films | 200 (500) | 1 to 3 | 2 |\n"
    )


def test_a_part_that_was_measured_by_hand_stays(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    by_hand = "\n## By hand\n\nMachine: one.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    file.write_text(f"# Benchmarks\n\n## First\n\nold\n{by_hand}\n## Second\n\nsecond\n")
    report.put("First", "new", ORDER, file)
    written = file.read_text(encoding="utf-8")
    assert by_hand in written
    places = [written.index(f"## {title}\n") for title in ("First", "Second", "By hand")]
    assert places == sorted(places)
    report.put("First", "new", ORDER, file)
    assert file.read_text(encoding="utf-8") == written
