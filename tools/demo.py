"""Shows the add-on at work in a real Kodi: `make demo` writes pictures into build/demo/.

`make demo SHOW=1` opens that Kodi on your own screen instead, to play with until you quit it.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.install import install_through_gui
from tests.kodi.harness.library import Library
from tests.kodi.harness.living_room import FILMS, SERIES
from tests.simkl_server import SimklServer
from tests.simkl_server.catalogue import Title
from tests.simkl_server.loading import load

from . import demo_addon
from .zip import ADDON_ID, build

ROOT = Path(__file__).parent.parent
TITLES = Path(__file__).with_name("demo_titles.json")
PICTURES = ROOT / "build" / "demo"
_FADING = 0.6  # seconds that the skin takes to fade a window in


def main() -> None:
    show = os.environ.get("SHOW") == "1"
    with ExitStack() as stack:
        simkl = stack.enter_context(SimklServer())
        simkl.delay = 0.05
        titles = load(simkl, TITLES)
        kodi = furnished_kodi(simkl, os.environ.get("DISPLAY") if show else None)
        stack.callback(kodi.stop)
        kodi.start()
        install_through_gui(kodi, build())
        if show:
            play(kodi, simkl)
        else:
            elsewhere = photograph(kodi, simkl)
            show_a_change(kodi, simkl, titles["Parasite"])
            write_account(kodi, simkl, elsewhere)


def furnished_kodi(simkl: SimklServer, display: str | None) -> Kodi:
    """A Kodi with the library and the other add-on of the demo, not started.

    display: None for one nobody sees.
    """
    home = ROOT / "build" / "demo-home"
    shutil.rmtree(home, ignore_errors=True)
    settings = {"api_url": simkl.url, "client_id": simkl.client_id}
    other = demo_addon.made(home / "made", TITLES)
    kodi = Kodi(home, addons=[other], addon_settings={ADDON_ID: settings}, display=display)
    kodi.add_library(demo_library(kodi.home_folder.media))
    return kodi


def demo_library(folder: Path) -> Library:
    library = Library(folder)
    titles = json.loads(TITLES.read_text(encoding="utf-8"))
    for film in titles["films"]:
        library.film(film["title"], film["year"], ids=_ids(film), default_id="imdb")
    for series in titles["series"]:
        seasons = {int(number): count for number, count in series["seasons"].items()}
        library.series(series["title"], series["year"], seasons, ids=_ids(series))
    return library


def _ids(title: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in title["ids"].items()}


def play(kodi: Kodi, simkl: SimklServer) -> None:
    """Leave Kodi to the person; whatever code it shows is approved after five seconds."""
    print("Kodi is on your screen. Start Simkl Watched among the program add-ons to sign in:")
    print("nobody need enter the code here, it is approved after five seconds.")
    threading.Thread(target=_approve_all, args=(kodi, simkl), daemon=True).start()
    while kodi.running:
        time.sleep(0.5)


def _approve_all(kodi: Kodi, simkl: SimklServer) -> None:
    while kodi.running:
        codes = simkl.waiting_codes()
        time.sleep(5)
        for code in codes:
            if code in simkl.waiting_codes():
                simkl.approve(code)


def photograph(kodi: Kodi, simkl: SimklServer) -> list[str]:
    """Pictures of some lists before signing in and after; the rows that the last one has ticked."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    lists = {
        "films": FILMS,
        "series": SERIES,
        "season": _season(kodi, "Dark", 2),
        "other": demo_addon.PATH,
    }
    for name, path in lists.items():
        kodi.open(path)
        picture(kodi, f"{name}-before")
    kodi.home()
    sign_in(kodi, simkl)
    for name, path in lists.items():
        kodi.open(path)
        wait_for_calm(kodi)
        picture(kodi, f"{name}-after")
    return ticked(kodi)


def show_a_change(kodi: Kodi, simkl: SimklServer, film: Title) -> None:
    """A film is watched on the phone while the add-on does not run: its tick arrives by itself."""
    kodi.home()
    kodi.rpc("Addons.SetAddonEnabled", addonid=ADDON_ID, enabled=False)
    simkl.person.watch(film, at="2026-11-20T20:00:00Z")
    kodi.rpc("Addons.SetAddonEnabled", addonid=ADDON_ID, enabled=True)
    kodi.open(FILMS)
    kodi.wait_for(lambda: film.title in ticked(kodi), what="the tick of what was watched elsewhere")
    picture(kodi, "films-watched-on-the-phone")


def write_account(kodi: Kodi, simkl: SimklServer, elsewhere: list[str]) -> None:
    """elsewhere: rows of the other add-on that are ticked."""
    (PICTURES / "account.md").write_text(account(kodi, simkl, elsewhere))
    print(f"Pictures and an account of what was asked and written are in {PICTURES}.")
    if simkl.violations:
        raise SystemExit("Simkl complained:\n" + "\n".join(simkl.violations))


def sign_in(kodi: Kodi, simkl: SimklServer) -> None:
    kodi.builtin(f"RunScript({ADDON_ID},action=sign_in)")
    kodi.wait_for(lambda: "simkl.com/pin" in kodi.dialog(), what="the code on the screen")
    picture(kodi, "sign-in")
    simkl.approve(simkl.waiting_codes()[-1])
    name = simkl.person.name
    kodi.wait_for(lambda: name in str(kodi.notifications()), timeout=20, what="the greeting")
    time.sleep(_FADING)
    kodi.picture("signed-in", PICTURES)


def picture(kodi: Kodi, name: str) -> None:
    """A picture once nothing fades or covers the screen any more."""
    visible = "Window.IsVisible(notification)"
    while kodi.condition(visible):
        kodi.builtin("Dialog.Close(notification)")
        time.sleep(_FADING)
    time.sleep(_FADING)
    kodi.picture(name, PICTURES)
    if kodi.condition(visible):  # it came just then
        picture(kodi, name)


def ticked(kodi: Kodi) -> list[str]:
    """Labels of the rows on screen that are drawn as watched."""
    rows = kodi.rows("Label", "Overlay")
    return [row["Label"] for row in rows if row["Overlay"] == "OverlayWatched.png"]


def wait_for_calm(kodi: Kodi) -> None:
    """Until some rows are ticked and nothing changes for two seconds: more than two POSTs take."""
    kodi.wait_for(lambda: ticked(kodi), what="ticks")
    stands_since, last = time.monotonic(), None
    while time.monotonic() - stands_since < 2:
        rows = kodi.rows("Overlay", "Property(WatchedEpisodes)")
        if rows != last:
            stands_since, last = time.monotonic(), rows
        time.sleep(0.1)


def account(kodi: Kodi, simkl: SimklServer, elsewhere: list[str]) -> str:
    """What was asked of Simkl and what was written into Kodi, in Markdown.

    elsewhere: rows of the other add-on that are ticked.
    """
    asked = "\n".join(_asked(request) for request in simkl.requests)
    films = [film["title"] for film in kodi.films() if film["playcount"]]
    series = [f"{row['title']} ({row['watchedepisodes']})" for row in kodi.series()]
    return (
        f"# What the demo did\n\n## Asked of Simkl\n\n{asked}\n\n## Written into Kodi\n\n"
        f"- films: {', '.join(films)}\n- episodes of: {', '.join(series)}\n"
        f"- rows of another add-on: {', '.join(elsewhere)}\n"
        f"- marks that another add-on heard: {len(kodi.marks_heard())}\n"
    )


def _asked(request: Any) -> str:
    about = f", about {len(request.body)} titles" if request.path == "/sync/watched" else ""
    extended = request.query.get("extended")
    return f"- {request.method} {request.path}{about}" + (f" ({extended})" if extended else "")


def _season(kodi: Kodi, title: str, season: int) -> str:
    dbid = next(row["tvshowid"] for row in kodi.series() if row["title"] == title)
    return f"{SERIES}{dbid}/{season}/"


if __name__ == "__main__":
    main()
