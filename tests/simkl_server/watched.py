"""POST /sync/watched: one entry per item, in the order they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import items
from .answers import Answer, RefusedError
from .people import Entry

if TYPE_CHECKING:
    from .catalogue import Asked, Episode, Title
    from .site import Call, Site


def watched(site: Site, call: Call) -> Answer:
    """The contract of /sync/watched in docs/simkl-api.md."""
    sent = items.checked(call.request.body)
    extended = call.request.query.get("extended")
    _check_count(call, len(sent), extended is not None)
    words = frozenset((extended or "").split(","))
    every = [(item, items.asked(item)) for item in sent]
    # What was sent comes last: it is echoed as it was sent, a simkl id too.
    return Answer(body=[{**_says(site, call, asked, words), **item} for item, asked in every])


def _check_count(call: Call, count: int, is_extended: bool) -> None:
    if count <= items.MOST:
        return
    sentence = f"{count} items in one call, at most {items.MOST} are allowed"
    if is_extended:
        raise RefusedError(400, "max_items", sentence, breach=True)
    # Simkl documents the cap for `extended` only; a client is to keep it always.
    call.complain(sentence)


def _says(site: Site, call: Call, asked: Asked, words: frozenset[str]) -> dict[str, object]:
    title = site.catalogue.resolve(asked)
    if title is None:
        return {"result": "not_found"}
    call.person.asked.add(title)
    entry = call.person.entry(title)
    says: dict[str, object] = {
        "simkl": title.simkl,
        "result": entry is not None,
        "list": entry.list if entry else None,
        "last_watched_at": entry.last_watched_at if entry else None,
    }
    if asked.episode and entry:
        season = site.catalogue.season_of(title, asked)
        says["last_watched_at"] = entry.watched.get((season, asked.episode[1]))
    if not title.is_film and words & {"counters", "episodes"}:
        says.update(_breakdown(title, entry or Entry("watching"), words))
    return says


def _breakdown(title: Title, entry: Entry, words: frozenset[str]) -> dict[str, object]:
    inner = "episodes" in words
    with_specials = inner and "specials" in words
    numbers = [number for number in sorted(title.seasons) if number or with_specials]
    seasons = [
        {"number": number, **_counted(title, entry, title.episodes(number), inner=inner)}
        for number in numbers
    ]
    # Specials have their own season; the series' totals never count them.
    normal = [each for number in title.seasons if number for each in title.episodes(number)]
    return {**_counted(title, entry, normal, inner=False), "seasons": seasons}


def _counted(
    title: Title, entry: Entry, episodes: list[Episode], *, inner: bool
) -> dict[str, object]:
    to_come = sum(each in title.unaired for each in episodes)
    counted: dict[str, object] = {
        "episodes_total": len(episodes),
        "episodes_aired": len(episodes) - to_come,
        "episodes_to_be_aired": to_come,
        "episodes_watched": sum(each in entry.watched for each in episodes),
    }
    if inner:
        counted["episodes"] = [_episode(title, entry, each) for each in episodes]
    return counted


def _episode(title: Title, entry: Entry, episode: Episode) -> dict[str, object]:
    return {
        "number": episode[1],
        "watched": episode in entry.watched,
        "aired": episode not in title.unaired,
        "last_watched_at": entry.watched.get(episode),
    }
