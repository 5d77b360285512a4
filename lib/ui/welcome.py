"""What is said once in the life of an installation: the welcome, and that a sign-in will end."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable

from lib.kodi import string_ids
from lib.kodi.localization import text
from lib.kodi.messages import notify

if TYPE_CHECKING:
    from lib.account.grant import Grant
    from lib.storage.store import Store

_AFTER_THE_START = 5.0  # seconds: by then Kodi shows its home screen
# Simkl ends generation 1 about the end of March 2027 (docs/simkl-api.md).
_LAST_MONTHS = datetime(2027, 2, 1, tzinfo=timezone.utc).timestamp()


class Welcome:
    def __init__(
        self,
        store: Store,
        may_not_say: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """may_not_say: whether something else is on the screen. now: seconds since 1970."""
        self._store = store
        self._may_not_say = may_not_say
        self._now = now
        self._clock = clock
        self._at: float | None = clock() + _AFTER_THE_START
        self._was_signed_in = False

    def turn(self, grant: Grant | None, *, may_say: bool) -> None:
        """Say it once it is due. grant: the sign-in. may_say: whether the person wants that."""
        if not self.is_due(grant) or not may_say or self._may_not_say():
            return
        words = self.words_for(grant)
        if words is not None:
            notify(text(words))

    def is_due(self, grant: Grant | None) -> bool:
        """Whether it is to be looked now what is to be said; once in a session of Kodi.

        Asked at each turn. grant: the sign-in.
        """
        self._was_signed_in = self._was_signed_in or grant is not None
        return self._at is not None and self._clock() >= self._at

    @property
    def may_be_due(self) -> bool:
        """Whether it is to be looked soon; not as long as something else is on the screen."""
        return self._at is not None and (self._clock() < self._at or not self._may_not_say())

    def words_for(self, grant: Grant | None) -> int | None:
        """The number of the sentence that is to be said; None for none. grant: the sign-in."""
        self._at = None
        if self._was_signed_in:
            self._store.is_first_time("welcome")  # who has been here needs none later either
        elif self._store.is_first_time("welcome"):
            return string_ids.WELCOME
        is_ending = grant is not None and grant.generation == 1 and self._now() >= _LAST_MONTHS
        if is_ending and self._store.is_first_time("the end of generation 1"):
            return string_ids.SIGN_IN_ENDS
        return None
