"""The video sources of a Kodi, where they are not just one a library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from .living_room import LivingRoom


def source(path: str, more: str = "") -> str:
    """more: what else Kodi's list of sources says of it."""
    return f'<source><name>s</name><path pathversion="1">{escape(path)}</path>{more}</source>'


def use_sources(room: LivingRoom, videos: Sequence[str]) -> None:
    """Have Kodi know these sources from its next start on, whatever libraries there are."""
    home = room.kodi.home_folder

    def write(_: Iterable[object]) -> None:
        text = f"<sources><video>{''.join(videos)}</video><files></files></sources>"
        (home.userdata / "sources.xml").write_text(text)

    home.write_sources = write  # type: ignore[method-assign, assignment]
