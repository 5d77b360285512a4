"""POST /scrobble/start, pause, stop and checkin, and DELETE /sync/playback/{id}."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from . import items
from .answers import Answer, RefusedError
from .catalogue import Asked
from .clock import seconds, stamp
from .record import Playing, Told

if TYPE_CHECKING:
    from .catalogue import Episode, Title
    from .people import Person
    from .site import Call, Site

ACTIONS = ("start", "pause", "stop", "checkin")
WATCHED_FROM = 80.0  # of 100
_AN_HOUR = 3600.0
_A_MINUTE = 60.0
_KINDS = ("movie", "show", "anime")
_numbers = itertools.count(1)


def read(call: Call) -> dict[str, Any]:
    """The body, checked. stop and checkin make a watch of their own, dated by their arrival."""
    if call.rest not in ACTIONS:
        raise RefusedError(404, "url_failed", "no such scrobble", breach=True)
    if call.rest in ("stop", "checkin"):
        call.complain("it would count as a watch at this very moment")
    body = call.request.body
    if not isinstance(body, dict):
        raise _wrong("the body is not an object")
    unknown = sorted(set(body) - {"progress", "episode", *_KINDS})
    if unknown:
        raise _wrong(f"unknown field in the body: {', '.join(unknown)}")
    named = [kind for kind in _KINDS if isinstance(body.get(kind), dict)]
    if len(named) != 1:
        raise RefusedError(400, "empty_field", "not one of movie, show and anime", breach=True)
    _check_progress(body.get("progress", 0 if call.rest == "checkin" else None))
    return {**body, "kind": named[0]}


def scrobble(site: Site, call: Call) -> Answer:
    kind, person = call.sent["kind"], call.person
    title, episode = _meant(site, call.sent, kind)
    progress = float(call.sent.get("progress", 0))
    playing = Playing(title, episode, progress, call.now)
    _check_pace(call, playing)
    person.record.scrobbles.append((call.rest, playing))
    _refuse_what_is_watched(call, playing)
    action = call.rest
    if action in ("start", "checkin"):
        _start(person, playing)
    elif action == "stop" and progress >= WATCHED_FROM:
        person.record.watching = None
        _count(person, playing, call.now)
        action = "scrobble"
    else:
        playing = _pause(person, playing)
        action = "pause"
    number = playing.number
    return Answer(
        201, {"id": number, "action": action, "progress": progress, kind: call.sent[kind]}
    )


def forget_pause(site: Site, call: Call) -> Answer:
    """DELETE /sync/playback/{id}."""
    saved = [each for each in call.person.record.paused if str(each.number) == call.rest]
    if call.rest == "0":
        raise RefusedError(404, "id_err", "playback 0, which is the list of all", breach=True)
    if not saved:
        raise RefusedError(404, "id_err", "no such playback")
    call.person.record.paused.remove(saved[0])
    return Answer(204, raw=b"")


def _check_progress(progress: object) -> None:
    is_number = isinstance(progress, (int, float)) and not isinstance(progress, bool)
    if not is_number or not 0 <= float(progress) <= 100:  # type: ignore[arg-type]
        raise _wrong("progress is not a number from 0 to 100")
    if round(float(progress), 2) != progress:  # type: ignore[arg-type]
        raise _wrong("progress has more than two decimals")


def _meant(site: Site, sent: dict[str, Any], kind: str) -> tuple[Title, Episode | None]:
    item = sent[kind]
    unknown = sorted(set(item) - {"title", "year", "ids"})
    if unknown:
        raise _wrong(f"unknown field in {kind}: {', '.join(unknown)}")
    ids, (name, year) = items.ids_of(item), items.name_of(item)
    if any(each == "slug" for each, _ in ids):
        raise _wrong("slug is not to be sent as an id")
    episode = None if kind == "movie" else _episode(sent.get("episode"))
    if kind == "movie" and "episode" in sent:
        raise _wrong("a film has no episode")
    asked = Asked(ids, name, year, kind, episode)
    title = site.catalogue.resolve(asked)
    if title is None:
        raise RefusedError(404, "id_err", "no such title")
    if episode is None:
        return title, None
    # It maps the seasons of TVDB by itself.
    placed = (site.catalogue.season_of(title, asked), episode[1])
    if placed not in title.episodes(placed[0]):
        raise RefusedError(404, "id_err", "no such episode")
    return title, placed


def _episode(sent: object) -> Episode:
    numbers = (sent.get("season"), sent.get("number")) if isinstance(sent, dict) else (None, None)
    if not all(items.is_number(number) for number in numbers):
        raise RefusedError(400, "empty_field", "no season and number of the episode", breach=True)
    return numbers  # type: ignore[return-value]


def _check_pace(call: Call, playing: Playing) -> None:
    """Only on what a person does: the position moves by itself."""
    before = [each for action, each in call.person.record.scrobbles if action == call.rest]
    latest = call.person.record.scrobbles[-1:]
    if latest and latest[0][0] == call.rest and before[-1].what == playing.what:
        passed = call.now - before[-1].at
        if passed < _A_MINUTE:
            call.complain(f"{call.rest} again after {passed:.0f} s: by a timer, or for a seek")


def _refuse_what_is_watched(call: Call, playing: Playing) -> None:
    if call.rest not in ("pause", "stop"):
        return
    at = call.person.watches.get(playing.what)
    if at is not None and 0 <= call.now - seconds(at) < _AN_HOUR:
        dates = {"watched_at": at, "expires_at": stamp(seconds(at) + _AN_HOUR)}
        raise RefusedError(409, "already_watched", "watched within the hour", more=dates)


def _start(person: Person, playing: Playing) -> None:
    record, before = person.record, person.record.watching
    record.paused = [each for each in record.paused if each.what != playing.what]
    record.watching = playing
    if before is None or before.what == playing.what:
        return
    # Left without a word, and far enough by now: Simkl counts it. Later it has ended by itself.
    if WATCHED_FROM <= before.position(playing.at) <= 100:
        _count(person, before, playing.at)


def _pause(person: Person, playing: Playing) -> Playing:
    record = person.record
    saved = Playing(*playing.what, playing.progress, playing.at, next(_numbers))
    record.paused = [*(each for each in record.paused if each.what != playing.what), saved]
    record.watching = None
    person.pause(playing.title)
    return saved


def _count(person: Person, playing: Playing, now: float) -> None:
    at = stamp(now)
    if person.take_in(*playing.what, at):
        person.record.watches.append(Told(*playing.what, at))


def _wrong(sentence: str) -> RefusedError:
    return RefusedError(400, "wrong_parameter", sentence, breach=True)
