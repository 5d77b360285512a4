"""What is known of other add-ons' rows: which label, and which path, holds whose id.

Facts and no rules: what follows from them is in `identify.py`. They were read in the sources named
here (docs/lists.md), in November 2026. Knows no row, no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import AbstractSet, Mapping, Pattern, Sequence

# Labels, and what kind of id each holds.

# On an episode's row these are the series', in every add-on that was read.
SERIES_IDS = {
    "UniqueID(tvshow.tmdb)": "tmdb",  # TMDb Helper 5 and 6
    "UniqueID(tvshow.tvdb)": "tvdb",
    "UniqueID(tvshow.imdb)": "imdb",
    "Property(tvshow.tmdb_id)": "tmdb",  # TMDb Helper, Seren, Umbrella
    "Property(tvshow.tvdb_id)": "tvdb",
    "Property(tvshow.imdb_id)": "imdb",
    "Property(tmdb_show_id)": "tmdb",  # Seren
    "Property(tvdb_show_id)": "tvdb",
    "Property(showtmdbid)": "tmdb",  # Elementum
    "Property(jacktook.simkl.tmdb_id)": "tmdb",
}
# On a film's row these are the film's; on an episode's row the series' or the episode's own.
ROW_IDS = {
    "UniqueID(imdb)": "imdb",
    "UniqueID(tmdb)": "tmdb",
    "UniqueID(tvdb)": "tvdb",
    "IMDBNumber": "unknown",  # the default id, of whatever kind: only an IMDb id tells itself
    "Property(imdb_id)": "imdb",
    "Property(tmdb_id)": "tmdb",
    "Property(tvdb_id)": "tvdb",
    "Property(imdbnumber)": "unknown",
}
# These name one cour of an anime, whose episodes count from 1 (docs/simkl-api.md).
COUR_IDS = {
    "UniqueID(mal)": "mal",
    "UniqueID(mal_id)": "mal",
    "UniqueID(anilist)": "anilist",
    "UniqueID(anilist_id)": "anilist",
    "UniqueID(kitsu)": "kitsu",
    "UniqueID(kitsu_id)": "kitsu",
    "UniqueID(anidb)": "anidb",
    "UniqueID(anidb_id)": "anidb",
}
# What paths call them.
PATH_IDS = {name + end: name for name in ("tmdb", "imdb", "tvdb") for end in ("_id", "")}

_ALL = frozenset({"UniqueID(imdb)", "UniqueID(tmdb)", "UniqueID(tvdb)"})


@dataclass(frozen=True)
class AddOn:
    """What the rows of an add-on's episodes say.

    series, own: of ROW_IDS those that hold the series' id, and those that never do; of the others
    it is not known, or it depends on the list. paths_name_series: so do the ids in its paths.
    path: where its paths hold them outside the query. counts_by_cour: each of its series is one
    cour, and what other ids it gives may be of something else. is_never_a_title: its videos are
    neither films nor episodes, whatever they are called. lists_at_once: its routes that are called
    a search and ask nobody for words, each by what its query says.
    """

    series: AbstractSet[str] = frozenset()
    own: AbstractSet[str] = frozenset()
    paths_name_series: bool = False
    path: Pattern[str] | None = None
    counts_by_cour: bool = False
    is_never_a_title: bool = False
    lists_at_once: Sequence[Mapping[str, AbstractSet[str]]] = ()


ADD_ONS = {
    # jurialmunkey/plugin.video.themoviedb.helper 5.2.35 (96140a2), items/listitem.py:186-234,
    # 300-306, and 6 (044267b, 32811c8). `tmdb` is the series' in 6 and in 5's lists from Trakt,
    # and the episode's in 5's other lists.
    "plugin.video.themoviedb.helper": AddOn(
        own={"UniqueID(imdb)", "UniqueID(tvdb)", "Property(imdb_id)", "Property(tvdb_id)"},
        paths_name_series=True,
    ),
    # nixgates/plugin.video.seren 3.0.1 (b4f4b63), modules/globals.py:1230-1246. Its paths hold
    # Trakt's ids only, which Simkl does not know.
    "plugin.video.seren": AddOn(
        series=_ALL, own={"Property(imdb_id)", "Property(tmdb_id)", "Property(tvdb_id)"}
    ),
    # umbrellaplug/umbrellaplug.github.io 6.7.85 (653190c), menus/episodes.py:2858-2860, 2997.
    "plugin.video.umbrella": AddOn(series=_ALL, paths_name_series=True),
    # Tikipeter/repository.tikipeter, Fen 3.5.02 (192ee3b), indexers/episodes.py:60-124.
    "plugin.video.fen": AddOn(series=_ALL, paths_name_series=True),
    # FenlightAnonyMouse, Fen Light 2.1.98 (316b0e7), indexers/episodes.py:44-72, 233-276.
    "plugin.video.fenlight": AddOn(series=_ALL, paths_name_series=True),
    # elgatito/elementum (cdab7e2), tmdb/episode.go:141-176, api/shows.go:312, 503, 615-627. Kodi 20
    # shows no IMDBNumber of its rows: their ids are set later, with an empty "unknown" one among
    # them (xbmc/types.go). Where a Kodi shows it, it is the series'.
    "plugin.video.elementum": AddOn(
        series={"IMDBNumber"},
        own={"UniqueID(tmdb)"},
        paths_name_series=True,
        path=re.compile(
            r"/show/(?P<tmdb>\d+)(?:/season/(?P<season>\d+)(?:/episode/(?P<episode>\d+))?)?(?=/|$)"
        ),
    ),
    # Sam-Max/plugin.video.jacktook 1.18.0 (94216b3), lib/utils/general/utils.py:457-468,
    # lib/utils/views/shows.py:171-204. Which queries ask nobody: TmdbClient.handle_tmdb_query to
    # tmdb_search_year (06983d1). Others do: `tmdb_keywords`, people, the search for anime.
    "plugin.video.jacktook": AddOn(
        own={"UniqueID(tmdb)", "IMDBNumber"},
        paths_name_series=True,
        lists_at_once=(
            {
                "action": {"handle_tmdb_query"},
                "mode": {"movies", "tv"},
                "query": {"tmdb_trending", "tmdb_popular", "tmdb_airing_today", "tmdb_calendar"},
            },
            {"action": {"search_tmdb_year", "search_tmdb_genres"}},
        ),
    ),
    # Goldenfreddy0703/Otaku 5.3.2 (d0211d6), ui/database.py:432-452. The number in its paths is
    # MyAnimeList's in this version and was AniList's before (2766916), so it is not read.
    "plugin.video.otaku": AddOn(counts_by_cour=True),
    # croneter/PlexKodiConnect 2.12 (94a86b4), widgets.py:312-320, itemtypes/common.py:158-171.
    "plugin.video.plexkodiconnect": AddOn(own={"Property(imdbnumber)"}),
    # anxdpanic/plugin.video.youtube 7.4.4 (922cc0d). TMDb Helper lists a film's clips with the
    # film's ids and a path of this add-on (api/tmdb/methods/lists.py, get_videos_list).
    "plugin.video.youtube": AddOn(is_never_a_title=True),
}
UNKNOWN = AddOn()
