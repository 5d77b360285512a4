"""Files as Kodi reads them: of its own folders, and wherever the person's are."""

from __future__ import annotations

from kodi_six import xbmcvfs

_MOST = 1_000_000  # bytes


def exists(path: str) -> bool:
    """Whether a file is there; of one on a network that may take long."""
    return not is_text(path) or bool(xbmcvfs.exists(path))


def text_of(path: str) -> str:
    """The text of a file; "" where there is none. path: as Kodi names it, `special://` too."""
    if not is_text(path):
        return ""
    try:
        with xbmcvfs.File(path) as file:
            return bytes(file.readBytes(_MOST)).decode("utf-8", "replace")
    except OSError:
        return ""


def is_text(path: str) -> bool:
    """Whether a path can be passed to Kodi's file system: not where a name is no UTF-8.

    JSON-RPC takes such a path, and says what it makes of it.
    """
    try:
        path.encode()
    except UnicodeError:
        return False
    return True
