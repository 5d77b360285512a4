"""What a person chooses from the context menu of a row: check it again, or leave it alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Mapping, NamedTuple

from lib.kodi import string_ids
from lib.kodi.commands import show_alone
from lib.kodi.localization import short_date, text
from lib.kodi.messages import notify
from lib.kodi.monitor import Monitor
from lib.lists.place_answers import answer_about, ask_about
from lib.lists.row_places import RowPlaces, listed_row
from lib.titles.rows import SEASON, TVSHOW
from lib.titles.title import Place, Title
from lib.ui.error_texts import string_id_of

if TYPE_CHECKING:
    from lib.lists.browsing import Browsing
    from lib.lists.coordinator import Coordinator
    from lib.lists.why_no_tick import WhyNoTick
    from lib.storage.answer_cache import Known
    from lib.ui.check_result import CheckResult

_SHOW_ALONE_AFTER = 3.0  # seconds, or when a list is opened: Kodi's start has enough to do


class _Checked(NamedTuple):
    """A title that is asked about for the person. name: as they know it. file: of a video that has
    no tick, else "". reason: why its row may have none; None for none that is known, or where it
    has one.
    """

    title: Title
    place: Place
    name: str
    file: str
    reason: str | None


class ContextMenu:
    def __init__(self, browsing: Browsing, coordinator: Coordinator) -> None:
        self._browsing = browsing
        self._deps = browsing.deps
        self._coordinator = coordinator
        self._places = RowPlaces(self._deps, browsing.current_list)
        self._checked: _Checked | None = None
        self._show_alone_at: float | None = Monitor.begun_at + _SHOW_ALONE_AFTER

    def check_again(self, row: Mapping[str, str]) -> None:
        """Ask about a row now, past all that is remembered, and say what was found."""
        place, name = self._places.place(row), _name(row)
        title = place.title
        if not self._coordinator.can_ask:
            notify(text(string_ids.NOT_SIGNED_IN))
        elif title is None:
            sentence = text(string_ids.CANNOT_ASK, name=name)
            notify(self._result(name).with_reason(sentence, self._why().unknown(row)))
        else:
            self._deps.marks.take_in_all()
            reason = None if row.get("PlayCount") else self._why().known(row, place)
            self._checked = _Checked(title, place, name, self._unticked_file(row), reason)
            self._deps.policy.user_changes.pardon(place)
            if not row.get("PlayCount"):
                self._deps.journal.forget([row.get("FileNameAndPath", "")])
                self._deps.overlays.try_again(listed_row(row).path)
            self._coordinator.ask_again(ask_about(title))
            self._browsing.look_again_and_load()

    def check_now(self) -> None:
        """Ask again about all that the open list shows."""
        if self._coordinator.can_ask:
            self._coordinator.look_now()
            if self._coordinator.trouble is None:
                notify(text(string_ids.CHECKING))
            else:
                notify(text(string_id_of(self._coordinator.trouble)))
        else:
            notify(text(string_ids.NOT_SIGNED_IN))

    def leave_alone(self, row: Mapping[str, str]) -> None:
        """Neither ask about nor tick a film, or a series, from now on."""
        title, name = self._places.place(row).title, _whole_name(row)
        if title is None:
            notify(text(string_ids.CANNOT_ASK, name=name))
            return
        self._deps.ignored_titles.leave(title, name)
        self._follow_alone()
        notify(text(string_ids.LEFT_ALONE, name=name))

    def tick_again(self, row: Mapping[str, str]) -> None:
        """Take back that it is left alone."""
        title, name = self._places.place(row).title, _whole_name(row)
        if title is not None:
            self._deps.ignored_titles.take_back(title)
        self._follow_alone()
        notify(text(string_ids.NOT_LEFT_ALONE, name=name))

    def _follow_alone(self) -> None:
        self._browsing.start_over()
        show_alone(self._deps.ignored_titles.labels)

    @property
    def is_due(self) -> bool:
        """Whether there is something to say or to show soon."""
        return self._checked is not None or self._show_alone_at is not None

    def turn(self) -> None:
        """Say what was found as soon as Simkl has answered."""
        self._show_alone_once()
        if self._checked is None:
            return
        known = self._answer(self._checked)
        if known is not None:
            notify(self._finding(self._checked, known))
        elif self._coordinator.trouble is not None:
            notify(text(string_id_of(self._coordinator.trouble)))
        elif self._coordinator.can_ask:
            return
        self._checked = None

    def _finding(self, checked: _Checked, known: Known) -> str:
        """What Simkl said, and where that ticks a row that has no tick, why it has none."""
        result = self._result(checked.name)
        is_unclear = known.unclear_at is not None
        sentence = result.sentence(checked.place, known.answer, is_unclear=is_unclear)
        if not result.is_watched(checked.place, known.answer):
            return sentence
        reason = self._reason(checked)
        return sentence if reason is None else result.with_reason(sentence, reason)

    def _reason(self, checked: _Checked) -> str | None:
        """What Kodi refuses comes before what only has to be waited for."""
        from lib.lists.why_no_tick import HELD_BACK, REMOVED

        if not checked.file or checked.reason not in (None, HELD_BACK, REMOVED):
            return checked.reason
        return self._deps.writer.refusal(checked.file) or checked.reason

    def _result(self, name: str) -> CheckResult:
        from lib.ui.check_result import CheckResult  # not at the start

        return CheckResult(name, text, short_date)

    def _why(self) -> WhyNoTick:
        from lib.lists.why_no_tick import WhyNoTick  # not at the start

        return WhyNoTick(self._deps, self._browsing.current_list, self._places)

    def _show_alone_once(self) -> None:
        at = self._show_alone_at
        if at is not None and (self._browsing.current_list.path or time.monotonic() > at):
            self._show_alone_at = None
            show_alone(self._deps.ignored_titles.labels)

    def _answer(self, checked: _Checked) -> Known | None:
        """What Simkl said, of an episode that its series' answer does not list too."""
        known, asks = answer_about(checked.title, checked.place, self._coordinator.known)
        if known is None and asks != [ask_about(checked.title)]:
            self._coordinator.queue.ask_first(asks)
        return known

    def _unticked_file(self, row: Mapping[str, str]) -> str:
        """The file of a film or an episode without a tick; "" for any other row."""
        if row.get("PlayCount") or row.get("DBTYPE") in (TVSHOW, SEASON):
            return ""
        key = self._places.library_key(row)
        if key is None:
            return row.get("FileNameAndPath", "")
        video = self._deps.library.videos([key]).get(key)  # of several files the row names one
        return video.file if video else ""


def _whole_name(row: Mapping[str, str]) -> str:
    """What the film, or the whole series, is called."""
    return row.get("TVShowTitle") or row.get("Title") or row.get("Label", "")


def _name(row: Mapping[str, str]) -> str:
    """What the person calls the row: an episode by its series' name too."""
    title = row.get("Title") or row.get("Label", "")
    show = row.get("TVShowTitle", "")
    if not show or show == title:
        return title
    if row.get("DBTYPE") == "episode":
        return f"{show} {row.get('Season', '0')}x{row.get('Episode', '0'):0>2}"
    return f"{show}, {title}"
