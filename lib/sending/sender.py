"""Takes what waits in the outbox to Simkl: asked before it is told, one step at a time.

Behind what the open list needs, and one write at a time. A watch leaves the outbox only by what
Simkl says that it recorded, or has. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Callable, Iterable, Iterator, Sequence

from lib.sending.history_body import Telling, chosen, once
from lib.sending.history_write import HistoryWrite
from lib.sending.holds import Holds
from lib.sending.questions import Questions, ask_about
from lib.sending.send_settings import SendSettings
from lib.sending.verdicts import Verdict, cour_ask, single_ask, verdict_of
from lib.sending.waiting import Waiting
from lib.simkl.errors import BadRequest, Trouble
from lib.simkl.write_answers import Outcome
from lib.storage.outbox import TOLD, UNPLACED, WAITING, OutboxEntry

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.sending.clock_check import ClockCheck
    from lib.simkl.asks import Ask
    from lib.storage.outbox import Outbox

SIMKL_HAS_IT = "simkl has it"
NOT_PLACED, NOT_FOUND, REFUSED, UNCLEAR = "unplaced", "not found", "refused", "unclear"
_TELLS = (Verdict.TELL, Verdict.TELL_BY_TVDB, Verdict.TELL_AGAIN)
_STAYS = {
    Verdict.UNPLACED: (UNPLACED, NOT_PLACED),
    Verdict.NOT_FOUND: (UNPLACED, NOT_FOUND),
    Verdict.REFUSED: (WAITING, REFUSED),
}
_SOON = 0.05  # seconds
_LOOK_EVERY = 1.0
_UNTIL_IT_SHOWS = 10.0  # seconds that Simkl may need until what it was told can be read


class Sender:
    def __init__(
        self,
        coordinator: Coordinator,
        outbox: Outbox,
        clock_check: ClockCheck,
        told: Callable[[Iterable[OutboxEntry]], None],
        log: Callable[[str], None],
    ) -> None:
        """clock_check: with the coordinator's clock. told: hears of what Simkl was told just now.
        log: writes a line for whoever looks for why.
        """
        clock, now = clock_check.clock, clock_check.now
        self.settings = SendSettings()
        self._coordinator = coordinator
        self._clock_check = clock_check
        self._told = told
        self._now = now
        self._questions = Questions(coordinator, clock)
        self._holds = Holds(coordinator, clock)
        self._waiting = Waiting(outbox, clock, now)
        self._outbox = outbox
        self._round: list[OutboxEntry] = []
        self._write = HistoryWrite(coordinator, log, now)

    def begin_person(self) -> None:
        """Somebody else may be signed in: what is under way is theirs no more."""
        self._round = []
        self._write.forget()
        self._holds.begin()
        self._waiting.begin()

    def try_again(self) -> None:
        """Hold nothing back, whatever went wrong before."""
        self._holds.begin()
        self._waiting.try_again()

    # -- one step --

    def step(self) -> float:
        """Do a little; seconds until the next step is worth while."""
        if self._write.is_under_way:
            return self._step_write()
        if self._round:
            return self._step_round()
        grant = self._coordinator.client.grant
        if grant is None or not self.settings.is_on or self._holds.keep_waiting():
            return _LOOK_EVERY
        account = grant.account or grant.person
        due = self._waiting.due(account, unmarks=self.settings.unmarks)
        if not due:
            return _LOOK_EVERY
        if self._holds.reads_only(grant):
            self._waiting.give_reason(due, self._holds.why)
            return _LOOK_EVERY
        return self._begin_round(account, due)

    def _begin_round(self, account: str, due: list[OutboxEntry]) -> float:
        suspect = next((each for each in due if self._waiting.is_suspect(each)), None)
        some = chosen(due) if suspect is None else [suspect]
        titles = dict.fromkeys(each.title for each in some)
        self._round = [*some, *self._waiting.unplaced_of(account, titles, some)]
        self._questions.begin(titles)
        return self._step_round()

    def _step_round(self) -> float:
        try:
            self._questions.step()
        except Trouble as trouble:
            self._failed(trouble)
            return _LOOK_EVERY
        if not self._questions.is_finished:
            return self._wait_for_answer()
        verdicts = [(entry, self._verdict(entry)) for entry in self._round]
        closer = list(self._closer(verdicts))
        if closer:
            self._questions.ask(closer)
            return _SOON
        self._round = []
        self._settle(verdicts)
        self._tell([(entry, each) for entry, each in verdicts if each in _TELLS])
        return _SOON

    def _closer(self, verdicts: Iterable[tuple[OutboxEntry, Verdict]]) -> Iterator[Ask]:
        """What is still to be asked before these can be told."""
        for entry, verdict in verdicts:
            if verdict is Verdict.ASK_SINGLY:
                yield single_ask(entry)
            elif verdict is Verdict.ASK_COUR:
                yield cour_ask(self._questions.said[single_ask(entry)])

    def _wait_for_answer(self) -> float:
        if not self._questions.is_asking:  # nobody is signed in any more
            self._round = []
        return _SOON

    def _verdict(self, entry: OutboxEntry) -> Verdict:
        rewatches = self.settings.rewatches
        return verdict_of(entry, self._questions.said, rewatches=rewatches)

    def _settle(self, verdicts: list[tuple[OutboxEntry, Verdict]]) -> None:
        """What is not to be told now, by what Simkl has."""
        told, changed = [], []
        for entry, verdict in verdicts:
            if verdict is Verdict.DONE:
                was_told = self._waiting.take_unsure(entry) is not None
                done = self._tried(entry, TOLD, "" if was_told else SIMKL_HAS_IT)
                changed.append(done)
                told += [done] if was_told else []
            elif verdict in _STAYS:
                changed.append(self._tried(entry, *_STAYS[verdict]))
            elif verdict is Verdict.UNKNOWN:
                self._waiting.postpone(entry)
        self._outbox.change(changed)
        if told:
            self._told(told)

    def _tried(self, entry: OutboxEntry, state: str, why: str) -> OutboxEntry:
        return replace(entry, state=state, why=why, tried_at=self._now())

    # -- telling --

    def _tell(self, verdicts: list[tuple[OutboxEntry, Verdict]]) -> None:
        """Write the first that go together; the others when that is answered."""
        fresh = []
        for entry, verdict in verdicts:
            if self._waiting.take_unsure(entry):  # it was told today, and Simkl lacks it
                self._outbox.change([self._tried(entry, WAITING, UNCLEAR)])
            else:
                fresh.append((entry, verdict))
        if not fresh:
            return
        if self._clock_check.is_wrong:
            self._holds.hold_for_clock()
            self._waiting.give_reason([entry for entry, _ in fresh], self._holds.why)
            return
        first, how = fresh[0]
        again = how is Verdict.TELL_AGAIN
        together = [
            Telling(entry, _simkl_of(self._questions, entry), each is Verdict.TELL_BY_TVDB)
            for entry, each in fresh
            if entry.what == first.what and (each is Verdict.TELL_AGAIN) == again
        ]
        self._write.begin(once(together), again=again)
        self._questions.has_changed(each.entry.title for each in together)

    def _step_write(self) -> float:
        if not self._write.is_done:
            return _SOON
        entries = self._write.entries
        try:
            outcomes = self._write.take()
        except BadRequest as trouble:
            self._refused(entries, trouble)
        except Trouble as trouble:
            self._waiting.may_be_told(entries, was_answered=False)
            self._failed(trouble, entries)
        else:
            self._take_in(outcomes)
        return _SOON

    def _take_in(self, outcomes: Sequence[tuple[OutboxEntry, Outcome]]) -> None:
        entries = [entry for entry, _ in outcomes]
        self._holds.worked()
        self._coordinator.retry_policy.worked()
        self._has_changed(entries)
        told = [self._tried(each, TOLD, "") for each, how in outcomes if how is Outcome.RECORDED]
        unknown = [each for each, how in outcomes if how is Outcome.NOT_FOUND]
        unsure = [each for each, how in outcomes if how is Outcome.UNCLEAR]
        changed = [self._tried(each, UNPLACED, NOT_FOUND) for each in unknown]
        self._outbox.change([*told, *changed])
        self._waiting.may_be_told(unsure, was_answered=True)
        self._waiting.postpone_all(unsure, _UNTIL_IT_SHOWS)
        self._waiting.clear_suspects(entries)
        if told:
            self._told(told)

    def _has_changed(self, entries: Sequence[OutboxEntry]) -> None:
        """What Simkl says of these from now on is news, also for the list that is open."""
        titles = {entry.title for entry in entries}
        self._questions.has_changed(titles)
        for title in titles:
            self._coordinator.outdate(title, self._holds.clock())

    def _refused(self, entries: Sequence[OutboxEntry], trouble: BadRequest) -> None:
        """Simkl does not take the body: each watch of it goes alone, until one is found."""
        self._coordinator.retry_policy.say_once(trouble)
        if len(entries) > 1:
            self._waiting.suspect(entries)
            return
        self._waiting.clear_suspects(entries)
        self._outbox.change([self._tried(entries[0], WAITING, REFUSED)])
        self._holds.refuses_one()

    def _failed(self, trouble: Trouble, told: Iterable[OutboxEntry] = ()) -> None:
        """told: what Simkl was being told."""
        waited = list(self._round) or list(told)
        self._round = []
        self._holds.failed(trouble, is_write=bool(list(told)))
        self._waiting.give_reason(waited, self._holds.why)


def _simkl_of(questions: Questions, entry: OutboxEntry) -> int | None:
    answer = questions.said[ask_about(entry.title)].answer
    return answer.simkl if answer is not None else None
