"""A video library that needs no web: .nfo files beside empty videos, and their rows in Kodi."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .waiting import wait_for

NO_IDS: Mapping[str, str] = {}
NumberedIds = Mapping[tuple[int, int], Mapping[str, str]]


class Library:
    """Films and series below `root`; write what is wanted, then hand it to Kodi.add_library.

    Ids are given as {kind: value}; the first is the default one unless `default_id` names it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.films = root / "films"
        self.shows = root / "series"

    def folders(self) -> list[Path]:
        return [folder for folder in (self.films, self.shows) if folder.exists()]

    def entries(self) -> list[str]:
        """SQL, SQLite's and MariaDB's, that tells Kodi's database what the folders hold: films and
        series described by .nfo files beside them.
        """
        kinds = ((self.films, "movies", 1), (self.shows, "tvshows", 0))
        return [entry(f"{folder}/", content, by_folder) for folder, content, by_folder in kinds]

    def film(
        self,
        title: str,
        year: int | None = None,
        *,
        ids: Mapping[str, str] = NO_IDS,
        default_id: str | None = None,
        copies: int = 1,
        premiered: str | None = None,
        set_name: str | None = None,
        genre: str | None = None,
        plot: str | None = None,
    ) -> list[Path]:
        """A film in one file, or in `copies` that Kodi takes for as many films; the files."""
        fields = {
            "title": title,
            "year": year,
            "premiered": premiered,
            "genre": genre,
            "plot": f"The plot of {title}." if plot is None else plot,
        }
        more = _ids(ids, default_id)
        if set_name:
            more += f"<set><name>{escape(set_name)}</name></set>"
        nfo = _nfo("movie", fields, more)
        names = [_name(title, year) + (f" copy {n + 1}" if n else "") for n in range(copies)]
        return [self.raw_film(name, nfo) for name in names]

    def raw_film(self, name: str, nfo: str) -> Path:
        """A film whose .nfo is the given text, in a folder of its own; its video file."""
        return _video(self.films / _safe(name) / _safe(name), nfo)

    def series(
        self,
        title: str,
        year: int | None,
        seasons: Mapping[int, int],
        *,
        ids: Mapping[str, str] = NO_IDS,
        default_id: str | None = None,
        episode_ids: NumberedIds | None = None,
        double: tuple[tuple[int, int], ...] = (),
    ) -> Path:
        """A series with `seasons` (season: number of episodes); its folder.

        `double` names episodes (season, first) that share one file with the next one.
        """
        fields = {
            "title": title,
            "year": year,
            "premiered": f"{year}-01-01" if year else None,
            "plot": f"The plot of {title}.",
        }
        nfo = _nfo("tvshow", fields, _ids(ids, default_id))
        folder = self.raw_series(_name(title, year), nfo)
        for season, count in seasons.items():
            for numbers in _files(season, count, double):
                name = f"{_safe(title)} S{season:02}" + "".join(f"E{n:02}" for n in numbers)
                texts = [_episode(season, number, episode_ids or {}) for number in numbers]
                _video(folder / name, "\n".join(texts))
        return folder

    def raw_series(self, name: str, nfo: str) -> Path:
        """A series folder with the given tvshow.nfo and no episodes yet."""
        folder = self.shows / _safe(name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tvshow.nfo").write_text(nfo, encoding="utf-8")
        return folder

    def many_films(self, count: int, *, first_tmdb: int = 100_000) -> None:
        """`count` films named "Film 0001" and so on; film n has the tmdb id first_tmdb + n."""
        for n in range(1, count + 1):
            self.film(f"Film {n:04}", 1950 + n % 70, ids={"tmdb": str(first_tmdb + n)})

    def many_series(
        self, count: int, seasons: Mapping[int, int], *, first_tvdb: int = 200_000
    ) -> None:
        """`count` series named "Series 001" and so on; series n has the tvdb id first_tvdb + n."""
        for n in range(1, count + 1):
            ids = {"tvdb": str(first_tvdb + n)}
            self.series(f"Series {n:03}", 1980 + n % 40, seasons, ids=ids)


def entry(path: str, content: str, by_folder: int) -> str:
    """SQL that tells Kodi's database what a folder holds. by_folder: 1 where each has its own."""
    return _ENTER.format(path=path.replace("'", "''"), content=content, by_folder=by_folder)


def enter_in_database(databases: Path, entries: list[str]) -> None:
    """Tell a Kodi with a database of its own what folders hold. entries: SQL."""
    found = wait_for(lambda: list(databases.glob("MyVideos*.db")), what="Kodi's video database")
    with closing(sqlite3.connect(found[0], timeout=20)) as database, database:
        for statement in entries:
            database.execute(statement)


# A row that is there stays: files of an earlier scan hang on its id.
_ENTER = """
INSERT INTO path (strPath, strContent, strScraper, scanRecursive, useFolderNames, strSettings,
  noUpdate, exclude)
SELECT '{path}', '{content}', 'metadata.local', 2147483647, {by_folder}, '', 0, 0
FROM (SELECT 1) AS once WHERE NOT EXISTS (SELECT 1 FROM path WHERE strPath = '{path}')
"""


def _files(
    season: int, count: int, double: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, ...]]:
    """The episode numbers that share a file, file by file."""
    for number in range(1, count + 1):
        if (season, number) in double:
            yield number, number + 1
        elif (season, number - 1) not in double:
            yield (number,)


def _episode(season: int, number: int, ids: NumberedIds) -> str:
    fields = {
        "title": f"Episode {number}",
        "season": season,
        "episode": number,
        "plot": f"What happens in {season}x{number}.",
    }
    return _nfo("episodedetails", fields, _ids(ids.get((season, number), NO_IDS), None))


def _ids(ids: Mapping[str, str], default: str | None) -> str:
    chosen = default or next(iter(ids), None)
    found = ""
    for kind, value in ids.items():
        mark = ' default="true"' if kind == chosen else ""
        found += f"<uniqueid type={quoteattr(kind)}{mark}>{escape(value)}</uniqueid>"
    return found


def _nfo(tag: str, fields: Mapping[str, object], more: str) -> str:
    lines = "".join(f"<{k}>{escape(str(v))}</{k}>" for k, v in fields.items() if v is not None)
    return f"<{tag}>{lines}{more}</{tag}>"


def _video(stem: Path, nfo: str) -> Path:
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.with_name(stem.name + ".nfo").write_text(nfo, encoding="utf-8")
    video = stem.with_name(stem.name + ".mkv")
    video.touch()
    return video


def _name(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


def _safe(name: str) -> str:
    return name.replace("/", "-").replace(":", "")
