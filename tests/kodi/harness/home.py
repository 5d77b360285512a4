"""The fresh home folder of one Kodi: its settings, sources and add-ons, all before it starts."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from . import modules, skin
from .enabled import enable
from .zips import unpack

_ADDONS = Path(__file__).with_name("addons")
PROBE = "script.test.probe"
LISTENER = "service.test.listener"

# What a first start would otherwise ask, show or fetch; and no work on the empty video files.
_QUIET = {
    "addons.unknownsources": "true",
    "general.addonupdates": "2",
    "lookandfeel.skin": skin.SKIN,
    "audiooutput.guisoundmode": "0",
    "audiooutput.streamsilence": "0",  # it costs a tenth of a core, for as long as Kodi runs
    "lookandfeel.enablerssfeeds": "false",
    "myvideos.extractchapterthumbs": "false",
    "myvideos.extractflags": "false",
    "myvideos.extractthumb": "false",
    "screensaver.time": "60",
    "services.esallinterfaces": "false",
    "services.esenabled": "true",
    "services.webserver": "true",
    "services.webserverauthentication": "false",
    "services.zeroconf": "false",
    "videolibrary.actorthumbs": "false",
    "videolibrary.backgroundupdate": "true",
    "weather.addon": "",
}


_OWN = "".join(
    f"<{what}>true</{what}>"
    for what in ("hasdatabases", "canwritedatabases", "hassources", "canwritesources")
)
_PROFILES = f"""<profiles>
<lastloaded>0</lastloaded><useloginscreen>false</useloginscreen><autologin>0</autologin>
<nextIdProfile>2</nextIdProfile>
<profile><id>0</id><name>Master user</name>
<directory pathversion="1">special://masterprofile/</directory>{_OWN}</profile>
<profile><id>1</id><name>{{name}}</name>
<directory pathversion="1">profiles/{{name}}/</directory>{_OWN}</profile>
</profiles>"""


@dataclass(frozen=True)
class Ports:
    """Where one Kodi listens: JSON-RPC over HTTP, JSON-RPC over TCP, event server (UDP)."""

    http: int
    tcp: int
    events: int


class Home:
    """Folders of one Kodi; `root` is what the process gets as HOME."""

    def __init__(self, root: Path) -> None:
        self.root = root = root.resolve()
        self.kodi = root / ".kodi"
        self.addons = self.kodi / "addons"
        self.userdata = self.kodi / "userdata"
        self.log = self.kodi / "temp" / "kodi.log"
        # Always one of the person's video sources: a library put here needs no restart.
        self.media = root / "media"
        # Always one of the person's file sources: what "Install from zip file" can reach.
        self.zips = root / "zips"
        self.web_sources: list[str] = []

    def data(self, addon_id: str) -> Path:
        return self.userdata / "addon_data" / addon_id

    def write_settings(self, ports: Ports, timezone: str, advanced: str) -> None:
        """Kodi's own settings, over those of an earlier Kodi in this home.

        advanced: XML for more in advancedsettings.xml.
        """
        for folder in (self.userdata, self.addons, self.media, self.zips):
            folder.mkdir(parents=True, exist_ok=True)
        settings = {
            **_QUIET,
            "locale.timezone": timezone,
            "services.webserverport": str(ports.http),
            "services.esport": str(ports.events),
        }
        _write_settings(self.userdata / "guisettings.xml", settings)
        (self.userdata / "advancedsettings.xml").write_text(
            f'<advancedsettings version="1.0"><loglevel hide="true">1</loglevel>'
            f"<jsonrpc><tcpport>{ports.tcp}</tcpport></jsonrpc>{advanced}</advancedsettings>"
        )
        # No sound card here: without this Kodi tries to open one for 6 s at every start.
        (self.root / ".asoundrc").write_text("pcm.!default { type null }\n")

    def write_sources(self, videos: Iterable[Path]) -> None:
        """The video sources, `media`, those given and those of the web, and `zips` for files."""

        def source(name: str, place: str) -> str:
            path = f'<path pathversion="1">{escape(place)}</path>'
            return f"<source><name>{escape(name)}</name>{path}</source>"

        def folder(path: Path) -> str:
            return source(path.name, f"{path}/")

        video = "".join(folder(path) for path in dict.fromkeys([self.media, *videos]))
        video += "".join(source("The web", url) for url in self.web_sources)
        (self.userdata / "sources.xml").write_text(
            f"<sources><video>{video}</video><files>{folder(self.zips)}</files></sources>"
        )

    def lay_out_addons(self, addons: Sequence[Path]) -> None:
        """Copy the modules, the test add-ons and `addons` (folders or zips), and enable them."""
        ids = [*modules.lay_out(self.addons), skin.lay_out(self.addons)]
        settings = self.data(skin.SKIN) / "settings.xml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(skin.SETTINGS)
        for addon in (_ADDONS / PROBE, _ADDONS / LISTENER, *addons):
            if addon.suffix == ".zip":
                ids.append(unpack(addon, self.addons).name)
            else:
                ids.append(addon.name)
                shutil.copytree(addon, self.addons / addon.name)
        enable(self.userdata / "Database", ids)

    def add_profile(self, name: str) -> Home:
        """Another profile beside the first one, with settings like Kodi's now; its folders.

        It has databases, and so a library and ticks, of its own.
        """
        profile = Home(self.root)
        profile.userdata = self.userdata / "profiles" / name
        profile.userdata.mkdir(parents=True)
        for file in ("guisettings.xml", "sources.xml"):
            shutil.copy(self.userdata / file, profile.userdata)
        shutil.copytree(self.data(skin.SKIN), profile.data(skin.SKIN))
        (self.userdata / "profiles.xml").write_text(_PROFILES.format(name=name))
        return profile

    def write_addon_settings(self, addon_id: str, values: Mapping[str, str]) -> None:
        self.data(addon_id).mkdir(parents=True, exist_ok=True)
        _write_settings(self.data(addon_id) / "settings.xml", values)


def _write_settings(file: Path, values: Mapping[str, str]) -> None:
    lines = "".join(f"<setting id={quoteattr(k)}>{escape(v)}</setting>" for k, v in values.items())
    file.write_text(f'<settings version="2">{lines}</settings>', encoding="utf-8")
