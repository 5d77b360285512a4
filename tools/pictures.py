"""Pictures of every window and menu of the add-on, in several languages: `make pictures`.

They go into build/pictures/, a folder for each language. The window of the sign-in, where a text
may be cut, is taken in every language that there is, in Kodi's other skin, and on larger screens.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.library import Library
from tests.kodi.harness.living_room import FILMS
from tests.kodi.harness.screen import Screen
from tests.simkl_server import SimklServer
from tests.simkl_server.loading import load

from .zip import ADDON_ID, ROOT, build

PICTURES = ROOT / "build" / "pictures"
TITLES = Path(__file__).with_name("demo_titles.json")
WHOLE = ("en_gb", "de_de", "ja_jp")
LANGUAGES = sorted(
    folder.name.rpartition(".")[2] for folder in (ROOT / "resources" / "language").iterdir()
)
_FADING = 0.8  # seconds
_ENTRY = "Container(103).ListItem.Label"
_SETTINGS_CATEGORIES = 5
_LARGER = {"1080p": "1920x1080", "4k": "3840x2160"}


def main() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    with SimklServer() as simkl:
        load(simkl, TITLES)
        with _kodi(simkl, "pictures-home") as kodi:
            _take(kodi, simkl)
        for name, size in _LARGER.items():
            screen = Screen(size)
            try:
                with _kodi(simkl, f"pictures-home-{name}", screen.display) as kodi:
                    _take_sign_in(kodi, simkl, "en_gb", f"sign-in-{name}")
            finally:
                screen.close()
    print(f"The pictures are in {PICTURES}.")


@contextmanager
def _kodi(simkl: SimklServer, home: str, display: str | None = None) -> Iterator[Kodi]:
    folder = ROOT / "build" / home
    shutil.rmtree(folder, ignore_errors=True)
    settings = {"api_url": simkl.url, "client_id": simkl.client_id}
    kodi = Kodi(folder, addons=[build()], addon_settings={ADDON_ID: settings}, display=display)
    kodi.add_library(_library(kodi.home_folder.media))
    try:
        kodi.start()
        yield kodi
    finally:
        kodi.stop()


def _take(kodi: Kodi, simkl: SimklServer) -> None:
    _set(kodi, "lookandfeel.font", "Arial")  # the one that has Japanese and Chinese
    for language in WHOLE:
        _speak(kodi, language)
        # Kodi reads the texts of the context menu when it starts.
        kodi.quit()
        kodi.start()
        _take_failed_sign_in(kodi, simkl, language)
        _sign_in(kodi, simkl)
        _take_lists_and_menus(kodi, language)
        _take_settings(kodi, language)
        kodi.builtin(f"RunScript({ADDON_ID},action=sign_out)")
        time.sleep(1)
    for language in LANGUAGES:
        _speak(kodi, language)
        _take_sign_in(kodi, simkl, language)
        _take_sign_in_to_send(kodi, simkl, language)
    _speak(kodi, "en_gb")
    kodi.use_skin("skin.estouchy")
    _take_sign_in(kodi, simkl, "en_gb", "sign-in-estouchy")


def _take_sign_in(kodi: Kodi, simkl: SimklServer, language: str, name: str = "sign-in") -> None:
    kodi.builtin(f"RunScript({ADDON_ID},action=sign_in)")
    kodi.wait_for(simkl.waiting_codes, what="a code")
    code = simkl.waiting_codes()[-1]
    kodi.wait_for(lambda: code in kodi.dialog(), what="the code on the screen")
    _picture(kodi, language, name)
    _leave(kodi)


def _take_sign_in_to_send(kodi: Kodi, simkl: SimklServer, language: str) -> None:
    before = simkl.waiting_codes()
    kodi.set_setting(ADDON_ID, "send", "true")
    kodi.wait_for(lambda: simkl.waiting_codes() != before, what="a code")
    code = simkl.waiting_codes()[-1]
    kodi.wait_for(lambda: code in kodi.dialog(), what="the code on the screen")
    _picture(kodi, language, "sign-in-to-send")
    _leave(kodi)  # which switches it off again


def _take_failed_sign_in(kodi: Kodi, simkl: SimklServer, language: str) -> None:
    kodi.set_setting(ADDON_ID, "client_id", "")
    kodi.builtin(f"RunScript({ADDON_ID},action=sign_in)")
    _picture(kodi, language, "sign-in-failed")
    kodi.press_cancel()
    # Where there is no client id, the settings open after it.
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(addonsettings)"), what="the settings")
    kodi.close_dialogs()
    kodi.set_setting(ADDON_ID, "client_id", simkl.client_id)


def _sign_in(kodi: Kodi, simkl: SimklServer) -> None:
    simkl.set_code(interval=1)
    account = kodi.home_folder.data(ADDON_ID) / "account.json"
    kodi.builtin(f"RunScript({ADDON_ID},action=sign_in)")
    kodi.wait_for(simkl.waiting_codes, what="a code")
    simkl.approve(simkl.waiting_codes()[-1])
    kodi.wait_for(account.exists, what="the sign-in")


def _take_lists_and_menus(kodi: Kodi, language: str) -> None:
    _picture(kodi, language, "signed-in")
    kodi.open(FILMS)
    time.sleep(2)
    kodi.focus(0)
    kodi.builtin("Action(ContextMenu)")
    _picture(kodi, language, "context-menu")
    kodi.close_dialogs()
    for number, name in enumerate(("menu", "take-back", "how-it-is-going")):
        kodi.builtin(f"RunScript({ADDON_ID})")
        kodi.wait_for(lambda: kodi.label(_ENTRY), what="the menu")
        if number:
            kodi.builtin(f"SetFocus(103,{number},absolute)")
            time.sleep(0.3)
            kodi.key("return")
        _picture(kodi, language, name)
        _leave(kodi)


def _take_settings(kodi: Kodi, language: str) -> None:
    kodi.home()
    kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(addonsettings)"), what="the settings")
    time.sleep(_FADING)
    kodi.key("left")
    for number in range(1, _SETTINGS_CATEGORIES + 1):
        _picture(kodi, language, f"settings-{number}")
        kodi.key("down")
    kodi.close_dialogs()


def _picture(kodi: Kodi, language: str, name: str) -> None:
    time.sleep(_FADING)
    kodi.picture(name, PICTURES / language)


def _leave(kodi: Kodi) -> None:
    kodi.press_cancel()
    kodi.wait_for(lambda: not kodi.condition("System.HasActiveModalDialog"), what="no window")


def _speak(kodi: Kodi, language: str) -> None:
    # The probe reads notifications; one that goes with the old skin would take Kodi with it.
    kodi.builtin("Dialog.Close(notification,true)")
    kodi.wait_for(lambda: not kodi.condition("Window.IsVisible(notification)"), what="calm")
    addon = f"resource.language.{language}"
    kodi.rpc("Addons.SetAddonEnabled", addonid=addon, enabled=True)
    _set(kodi, "locale.language", addon)
    time.sleep(2)


def _set(kodi: Kodi, setting: str, value: str) -> None:
    kodi.rpc("Settings.SetSettingValue", setting=setting, value=value)


def _library(folder: Path) -> Library:
    library = Library(folder)
    for film in json.loads(TITLES.read_text(encoding="utf-8"))["films"]:
        ids = {name: str(value) for name, value in film["ids"].items()}
        library.film(film["title"], film["year"], ids=ids)
    return library


if __name__ == "__main__":
    main()
