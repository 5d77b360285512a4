"""Where a video or a folder is: what Kodi's path of it says, read in one place.

One place is written in many ways: with a login or without, with the port that the scheme has
anyway, encoded, or as the archive or the disc image that holds it. Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterable, NamedTuple
from urllib.parse import quote, unquote, unquote_plus

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
_SLASHES = re.compile(r"[/\\]+")
_SEVERAL = ("stack", "multipath")
# Their host is another path, encoded: that of the archive, of the disc or of its image.
_WITHIN_ANOTHER = {"zip", "rar", "archive", "apk", "xbt", "bluray", "udf", "iso9660"}
_ENCODED = {"http", "https", "dav", "davs"}
_FTP = {"ftp", "ftps"}
_PORTS = {
    "http": "80",
    "dav": "80",
    "https": "443",
    "davs": "443",
    "ftp": "21",
    "ftps": "21",
    "sftp": "22",
    "ssh": "22",
    "smb": "445",
    "nfs": "2049",
}
# What stands before an "@" in these is no login.
_WITHOUT_LOGIN = {
    *("file", "special", "resource", "plugin", "script", "addons", "library", "videodb"),
    *("musicdb", "sources", "pvr", "udp", "rtp"),
}


class Location(NamedTuple):
    """The place of a file or a folder.

    scheme: in small letters, "" on this machine. host: without login, with a port only where it
    is another than the scheme's. parts: folders and file, decoded; those of an archive or a disc
    image are followed by those within.
    """

    scheme: str
    host: str
    parts: tuple[str, ...]

    def is_within(self, folder: Location) -> bool:
        """By whole parts: `/media/Kids` is not within `/media/Kid`."""
        if self.scheme != folder.scheme or folder.host not in ("", self.host):
            return False
        return self.parts[: len(folder.parts)] == folder.parts


def scheme_of(path: str) -> str:
    """In small letters, "" for a path on this machine."""
    found = _SCHEME.match(path)
    return found[1].lower() if found else ""


@lru_cache(maxsize=256)  # one video is asked about several times in a row
def locations_of(path: str) -> tuple[Location, ...]:
    """The place of a path: several of a film in parts, and of a source of several folders."""
    return tuple(map(_location, _single(path)))


def lies_within(path: str, folders: Iterable[Location]) -> bool:
    """Whether a path is within one of these: a film with any part, a source with each folder."""
    folders = list(folders)
    found = [any(map(each.is_within, folders)) for each in locations_of(path)]
    return all(found) if scheme_of(path) == "multipath" else any(found)


def without_login(path: str) -> str:
    """The path without any name or password, also within those that it holds encoded."""
    scheme = scheme_of(path)
    if scheme in ("", *_WITHOUT_LOGIN):
        return path
    before, rest = path[: len(scheme) + 3], path[len(scheme) + 3 :]
    if scheme == "stack":
        return before + " , ".join(map(without_login, rest.split(" , ")))
    if scheme == "multipath":
        return before + "/".join(map(_inner_without_login, rest.split("/")))
    host, slash, within = rest.partition("/")
    host = host.rpartition("@")[2]
    if scheme in _WITHIN_ANOTHER:
        return before + _inner_without_login(host) + slash + within
    if scheme in _ENCODED | _FTP:  # what follows "|" are headers, which may hold one too
        host, within = host.partition("|")[0], within.partition("|")[0]
    return before + host + slash + within


def with_login(path: str, sources: Iterable[str]) -> str:
    """The path that lies in one of these sources, with the login that the source has."""
    scheme = scheme_of(path)
    if scheme in _WITHIN_ANOTHER:
        host, slash, within = path[len(scheme) + 3 :].partition("/")
        holder = unquote_plus(host)
        found = with_login(holder, sources)
        host = host if found == holder else _encoded(found)
        return f"{path[: len(scheme) + 3]}{host}{slash}{within}"
    logins: dict[str, str] = {}
    for source in (each for some in sources for each in _single(some)):
        plain = without_login(source)
        if plain != source and path.startswith(plain):
            logins.setdefault(plain, source)
    if not logins:
        return path
    plain = max(logins, key=len)
    return logins[plain] + path[len(plain) :]


def _inner_without_login(encoded: str) -> str:
    path = unquote_plus(encoded)
    cleaned = without_login(path)
    return encoded if cleaned == path else _encoded(cleaned)


def _encoded(path: str) -> str:
    """As Kodi encodes one path to stand in another."""
    encoded = quote(path, safe="-_.!()", errors="surrogateescape")
    return re.sub("%..", lambda found: found[0].lower(), encoded)


def _single(path: str) -> list[str]:
    """The paths that a path is made of."""
    scheme = scheme_of(path)
    if scheme not in _SEVERAL:
        return [path]
    rest = path[len(scheme) + 3 :]
    if scheme == "stack":  # with each comma of a name doubled
        return [each.replace(",,", ",") for each in rest.split(" , ")]
    return [unquote_plus(each) for each in rest.split("/") if each]


def _location(path: str) -> Location:
    scheme = scheme_of(path)
    rest = path[len(scheme) + 3 :] if scheme else path
    if scheme in ("", "file"):
        return _on_this_machine(rest)
    rest = _without_options(scheme, rest)
    host, _, within = rest.partition("/")
    host = host.rpartition("@")[2] if scheme not in _WITHOUT_LOGIN else host
    if scheme in _WITHIN_ANOTHER:
        holder = _location(unquote_plus(host, errors="surrogateescape") or within)
        return holder._replace(parts=(*holder.parts, *(_parts(within) if host else ())))
    parts = _parts(within)
    if scheme in _ENCODED:
        parts = tuple(unquote(part, errors="surrogateescape") for part in parts)
    return Location(scheme, _without_port(scheme, host.lower()), parts)


def _on_this_machine(path: str) -> Location:
    if path.startswith("\\\\"):  # Windows' way to write a share
        host, *parts = _parts(path) or ("",)
        return Location("smb", host.lower(), tuple(parts))
    first, *parts = _parts(path) or ("",)
    is_drive = re.match("[A-Za-z]:$", first)
    return Location("", "", tuple(filter(None, (first.lower() if is_drive else first, *parts))))


def _without_options(scheme: str, rest: str) -> str:
    signs = "[?;#|]" if scheme in _ENCODED else "[?;|]" if scheme in _FTP else None
    if signs is None:
        return rest
    login, at, _ = rest.partition("/")[0].rpartition("@")  # it may hold any of these itself
    start = len(login + at)
    return rest[:start] + re.split(signs, rest[start:], maxsplit=1)[0]


def _without_port(scheme: str, host: str) -> str:
    before, colon, port = host.rpartition(":")
    is_schemes = colon and port in ("", _PORTS.get(scheme)) and not before.endswith(":")
    return before if is_schemes else host


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in _SLASHES.split(path) if part)
