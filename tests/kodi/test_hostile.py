"""What others say, in rows and in commands, is words: it starts nothing and spoils nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tools.zip import ADDON_ID

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
ADDON = "plugin.video.test.hostile"
# Each would do something somewhere: in JSON, in a built-in command, in a label, on the screen.
WORDS = {
    "json": '"},"id":1},{"jsonrpc":"2.0","method":"Application.Quit","id":2},{"a":"',
    "command": '"),Quit(),RunScript("x',
    "commas": "a,b;c)(|d",
    "label": "$INFO[System.Date] $ADDON[x] $EXP[y]",
    "colour": "[COLOR red][B]Red[/B][/COLOR][CR]",
    "lines": "First\r\nSecond\tThird",
    "right to left": "\u202eteaH \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
    "emoji": "\U0001f3ac\u200d\ufe0f Film",
    "long": "A" * 100_000,
    "nothing": " ",
    "numbers": "1e999",
    "percent": "%s %n %2Bquit %00",
}


def films() -> list[plugin.Row]:
    """A row with these words as title, one with them in its path, then one like any other."""
    rows: list[plugin.Row] = []
    for number, (name, words) in enumerate(WORDS.items()):
        told = {"mediatype": "movie", "year": 1995, "uids": {"tmdb": str(100 + number)}}
        at = f"plugin://{ADDON}/play/?film="
        rows.append({**told, "title": words, "label": name, "path": f"{at}{number}"})
        if name != "long":
            rows.append({**told, "title": name, "label": name, "path": f"{at}{words}"})
    rows.append(
        {
            "mediatype": "movie",
            "title": "Heat",
            "year": 1995,
            "uids": {"tmdb": "949"},
            "path": f"plugin://{ADDON}/play/?film=heat",
        }
    )
    return rows


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    made = plugin.plugin(tmp_path_factory.mktemp("addons"), ADDON, {"all": {"rows": films()}})
    with living_room(shared_kodi_factory, addons=[made]) as room:
        library = room.new_library()
        for number, (name, words) in enumerate(WORDS.items()):
            ids = {"tmdb": str(100 + number)}
            room.simkl.person.watch(room.simkl.add_film(name, 1995, tmdb=100 + number), at=AT)
            fields = f"<title><![CDATA[{words}]]></title><year>1995</year>"
            unique = f'<uniqueid type="tmdb" default="true">{ids["tmdb"]}</uniqueid>'
            library.raw_film(f"film {number}", f"<movie>{fields}{unique}</movie>")
        room.simkl.person.watch(room.simkl.add_film("Heat", 1995, tmdb=949), at=AT)
        library.film("Heat", 1995, ids={"tmdb": "949"})
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


def test_a_hostile_row_is_a_title_and_nothing_more(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(ADDON, "all"))
    labels = [str(row.get("label") or row["title"]) for row in films()]
    ticked = [{"Label": label, "Overlay": "OverlayWatched.png"} for label in labels]
    # The list is loaded again for its ticks, and may be read amid that.
    room.kodi.wait_for(lambda: room.kodi.rows("Label", "Overlay") == ticked, what="every tick")
    assert room.kodi.addon_errors(ADDON_ID) == []


def test_a_hostile_film_of_the_library_is_a_title_and_nothing_more(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    room.kodi.wait_for(
        lambda: all(row["playcount"] == 1 for row in room.kodi.films()), what="all ticks"
    )
    assert len(room.kodi.films()) == len(WORDS) + 1
    assert room.kodi.addon_errors(ADDON_ID) == []


@pytest.mark.parametrize(
    "arguments",
    [
        "action=forget_everything",
        "action=",
        "action=sign_in=sign_out",
        'action="sign_out"',
        "sign_out",
        "action=sign_out;api_url=http://evil.example",
        "api_url=https://evil.example",
        "client_id=x",
    ],
)
def test_what_is_no_action_is_no_command(room: LivingRoom, arguments: str) -> None:
    settings = room.account_file.with_name("settings.xml")
    before = settings.read_text(), room.account_file.read_text()
    room.kodi.builtin(f"RunScript({ADDON_ID},{arguments})")
    room.let_it_look()
    room.kodi.close_dialogs()  # without an action it is the menu
    assert (settings.read_text(), room.account_file.read_text()) == before
    assert room.kodi.addon_errors(ADDON_ID) == []


@pytest.mark.parametrize(
    "words",
    ["[", '["sign_out"]', '["sign_out", 1]', '{"a": 1}', '["x", {}]', "9" * 5000, "[" * 5000],
)
def test_a_broken_command_is_none(room: LivingRoom, words: str) -> None:
    room.kodi.builtin(f"SetProperty({ADDON_ID}.command,{quoted(words)},home)")
    room.let_it_look(0.5)
    assert room.account_file.exists()
    assert room.kodi.addon_errors(ADDON_ID) == []


@pytest.mark.parametrize("action", ["check_again", "leave_alone", "tick_again"])
def test_a_command_about_a_row_that_is_none_changes_nothing(room: LivingRoom, action: str) -> None:
    row = {"DBTYPE": "movie", "DBID": "9" * 5000, "Season": "8" * 5000, "Title": "$INFO[x]"}
    asked = len(room.asked())
    room.kodi.builtin(f"SetProperty({ADDON_ID}.command,{quoted(json.dumps([action, row]))},home)")
    room.let_it_look(0.5)
    assert len(room.asked()) == asked
    assert room.kodi.addon_errors(ADDON_ID) == []


def quoted(words: str) -> str:
    """As a built-in command takes words with commas and quotes in them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
