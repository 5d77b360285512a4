"""The plots in docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .report import REPORT

FOLDER = REPORT.parent / "plots"


def draw(
    file: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    *,
    names: tuple[str, str],
    is_log: bool = False,
) -> None:
    """Draw lines by their points into a file beside the report. names: of the two axes."""
    import matplotlib as mpl  # takes a second, which only who draws should wait for

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    for label, points in lines.items():
        axes.plot(*zip(*points), marker="o", markersize=3, label=label)
    if is_log:
        axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / file, dpi=100)
    plt.close(figure)
