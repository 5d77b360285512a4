"""Estuary as it is, but for two things: a notification can be read, and a widget is left out.

Kodi lets no add-on read the fading labels of its notification; it does let one read text boxes.
The widget of categories on the home screen is the one that Kodi 20.1 falls over (docs/kodi.md).
"""

from __future__ import annotations

from pathlib import Path

from .system import outside

SKIN = "skin.estuary.test"
_ESTUARY = "/usr/share/kodi/addons/skin.estuary"
_UNWATCHED_FILMS = "special://skin/playlists/recent_unwatched_movies.xsp"
_NOTIFICATION = "DialogNotification.xml"
SETTINGS = '<settings><setting id="home_no_categories_widget" type="bool">true</setting></settings>'
"""The skin's own, as Kodi keeps them in its data folder."""


def lay_out(addons: Path) -> str:
    """Put the skin into the folder `addons`; its id."""
    skin = addons / SKIN
    (skin / "xml").mkdir(parents=True)
    _link_all(_ESTUARY, skin, but=("xml", "addon.xml"))
    _link_all(f"{_ESTUARY}/xml", skin / "xml", but=(_NOTIFICATION,))
    about = outside(f"{_ESTUARY}/addon.xml").read_text(encoding="utf-8")
    (skin / "addon.xml").write_text(about.replace("skin.estuary", SKIN), encoding="utf-8")
    dialog = outside(f"{_ESTUARY}/xml/{_NOTIFICATION}").read_text(encoding="utf-8")
    readable = dialog.replace('type="fadelabel"', 'type="textbox"')
    (skin / "xml" / _NOTIFICATION).write_text(readable, encoding="utf-8")
    return SKIN


def put_on_home(skin: Path, path: str) -> None:
    """Have the home screen show the list at `path` where it has unwatched films, after a start.

    skin: the folder that `lay_out` made.
    """
    home = skin / "xml" / "Home.xml"
    words = outside(f"{_ESTUARY}/xml/Home.xml").read_text(encoding="utf-8")
    changed = words.replace(_UNWATCHED_FILMS, path)
    if changed == words:
        raise ValueError(f"{home}: it has no list of {_UNWATCHED_FILMS}")
    home.unlink()
    home.write_text(changed, encoding="utf-8")


def _link_all(source: str, target: Path, *, but: tuple[str, ...]) -> None:
    for entry in outside(source).iterdir():
        if entry.name not in but:
            # As Kodi sees it, which may have another root than this process.
            (target / entry.name).symlink_to(f"{source}/{entry.name}")
