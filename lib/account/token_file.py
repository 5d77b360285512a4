"""The file with the sign-in, which only its owner can read; another Kodi may share it.

Whose account it is stands in a file beside it: a version from before there were accounts takes a
sign-in with one more word in it for damage. That file can be missing; Simkl tells it again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from lib.account.grant import Grant
from lib.simkl.errors import AccountBroken, AccountNotKept

_VERSION = 1


class TokenFile:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._whose = file.with_name("whose.json")

    def read(self) -> Grant | None:
        """The sign-in; None where there is no file. Errors: AccountBroken; the file stays."""
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise AccountBroken(f"the sign-in cannot be read: {type(error).__name__}") from None
        grant = _grant_from(text)
        return replace(grant, account=self._account_of(grant))

    def write(self, grant: Grant) -> None:
        """Errors: AccountNotKept."""
        content = {"version": _VERSION, **asdict(grant)}
        account = content.pop("account")
        try:
            _write_atomically(self._file, json.dumps(content))
        except OSError as error:
            what = type(error).__name__
            raise AccountNotKept(f"the sign-in was not stored: {what}") from None
        if account and account != self._account_of(grant):
            with suppress(OSError):
                _write_atomically(self._whose, json.dumps([grant.person, account]))

    def _account_of(self, grant: Grant) -> str:
        """Of that very sign-in; "" where nobody has noted it."""
        try:
            person, account = json.loads(self._whose.read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, RecursionError):
            return ""
        return account if person == grant.person and isinstance(account, str) else ""

    def remove(self) -> None:
        """Errors: AccountBroken when it stays."""
        try:
            for file in (self._file, self._whose):
                _draft_of(file).unlink(missing_ok=True)
                file.unlink(missing_ok=True)
        except OSError as error:
            raise AccountBroken(f"the sign-in stays on disk: {type(error).__name__}") from None


def _grant_from(text: str) -> Grant:
    """The sign-in in the file's text. Errors: AccountBroken."""
    damage = ""
    try:
        content: Any = json.loads(text)
        if content.pop("version") != _VERSION:
            raise AccountBroken("the sign-in was stored by another version")
        grant = Grant(**content)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        damage = type(error).__name__
    if damage:
        # Raised out here, so that nothing leads back to that error: it quotes the file, and so
        # the token.
        raise AccountBroken(f"the sign-in is damaged: {damage}")
    texts = (grant.client_id, grant.api_url, grant.access_token, grant.name, grant.scope)
    if not all(isinstance(value, str) for value in texts) or not grant.access_token:
        raise AccountBroken("the sign-in is damaged: wrong types")
    times = (grant.expires_at, grant.lifetime, grant.signed_in_at)
    is_time = all(value is None or isinstance(value, (int, float)) for value in times)
    is_known = isinstance(grant.generation, int) and grant.generation in (1, 2)
    if not (is_time and is_known and isinstance(grant.refresh_token, (str, type(None)))):
        raise AccountBroken("the sign-in is damaged: wrong types")
    return grant


def _write_atomically(file: Path, text: str) -> None:
    """Replace the file in one step, readable by its owner alone from its first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft_of(file)
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _draft_of(file: Path) -> Path:
    return file.with_name(file.name + ".new")
