"""Whether a file is there, as Kodi sees it: for a file on a network that may take long."""

from __future__ import annotations

from kodi_six import xbmcvfs


def exists(path: str) -> bool:
    return bool(xbmcvfs.exists(path))
