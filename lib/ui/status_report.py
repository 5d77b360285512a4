"""How it is going, as plain text that a person may photograph for a bug report: no secret in it.

Knows neither of the two doors: the sentences and the form of a date are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Mapping, NamedTuple, Sequence

from lib.kodi import string_ids
from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES
from lib.ui.error_texts import string_id_of

if TYPE_CHECKING:
    from lib.simkl.quota import Calls
    from lib.simkl.retry_policy import Said


class SendFacts(NamedTuple):
    """told: watches that Simkl was told today; None where it is told nothing. waiting: those that
    it is to be told. left_to: other add-ons that tell it what is played, by name.
    """

    told: int | None
    waiting: int
    left_to: Sequence[str]


NOTHING_SENT = SendFacts(None, 0, ())


@dataclass(frozen=True)
class Facts:
    """account: who is signed in, as a sentence. answered_at: by Simkl, seconds since 1970; None
    since Kodi started. calls: of the day. titles: of which an answer is kept. ticks: made by
    this add-on and not taken back. kept_away: ticks that the person took away. trouble: the last
    one since Kodi started. version, kodi: of this add-on, of Kodi. refusals: how many videos Kodi
    took no tick for since it started, by why. sent: what Simkl is told.
    """

    account: str
    answered_at: float | None
    calls: Calls | None
    titles: int
    ticks: int
    kept_away: int
    trouble: Said | None
    version: str
    kodi: str
    refusals: Mapping[str, int]
    sent: SendFacts = NOTHING_SENT


def report(facts: Facts, text: Callable[..., str], moment: Callable[[float], str]) -> str:
    """One fact a line. moment: date and time as the person's region writes it."""
    lines = [facts.account]
    if facts.answered_at is None:
        lines.append(text(string_ids.NOT_ANSWERED))
    else:
        lines.append(text(string_ids.ANSWERED_AT, time=moment(facts.answered_at)))
    if facts.calls is not None:
        used, most = facts.calls.most - facts.calls.left, facts.calls.most
        lines.append(text(string_ids.CALLS_TODAY, used=str(used), most=str(most)))
    lines.append(text(string_ids.TITLES_KNOWN, count=str(facts.titles)))
    lines.append(text(string_ids.TICKS_MADE, count=str(facts.ticks)))
    if facts.kept_away:
        lines.append(text(string_ids.KEPT_AWAY, count=str(facts.kept_away)))
    lines += _refused(facts.refusals, text)
    lines += _sent(facts.sent, text)
    if facts.trouble is None:
        lines.append(text(string_ids.NO_TROUBLE))
    else:
        sentence, at = text(string_id_of(facts.trouble.trouble)), moment(facts.trouble.at)
        lines.append(text(string_ids.LAST_TROUBLE, time=at, trouble=sentence))
    lines.append(text(string_ids.VERSIONS, version=facts.version, kodi=facts.kodi))
    return "\n".join(lines)


def _refused(refusals: Mapping[str, int], text: Callable[..., str]) -> list[str]:
    counts = {reason: str(count) for reason, count in refusals.items()}
    lines = {
        GONE: text(string_ids.NO_TICKS_GONE, count=counts.get(GONE, "")),
        NO_SOURCE: text(string_ids.NO_TICKS_NO_SOURCE, count=counts.get(NO_SOURCE, "")),
        SEVERAL_FILES: text(string_ids.NO_TICKS_SEVERAL_FILES, count=counts.get(SEVERAL_FILES, "")),
        KEEPS_WAITING: text(string_ids.NO_TICKS_KEEPS_WAITING, count=counts.get(KEEPS_WAITING, "")),
        ADDON_PATH: text(string_ids.NO_TICKS_ADDON_PATH, count=counts.get(ADDON_PATH, "")),
    }
    return [line for reason, line in lines.items() if reason in counts]


def _sent(sent: SendFacts, text: Callable[..., str]) -> list[str]:
    lines = []
    if sent.told is not None:
        lines.append(text(string_ids.TOLD_TODAY, count=str(sent.told)))
        lines += [text(string_ids.LEFT_TO, name=name) for name in sent.left_to]
    if sent.told is not None or sent.waiting:
        lines.append(text(string_ids.WAITING_COUNT, count=str(sent.waiting)))
    return lines
