"""Lists, answers, faults, sign-ins and restarts in any order: nobody gets another's answer, no
answer says more than Simkl does, and in the end all is known.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from lib.simkl.answers import Film
from tests.unit.coordinator_setup import film
from tests.unit.life import MANY, PEOPLE, Life

NUMBERS = range(1, 4)
AT = "2024-03-01T20:00:00Z"


class AnyOrder(Life):
    def __init__(self) -> None:
        super().__init__()
        self.films = {n: self.server.add_film(f"Film {n}", 1990, tmdb=n) for n in NUMBERS}
        self.seen: dict[str, set[int]] = {name: set() for name in PEOPLE}

    @initialize(who=st.sampled_from(PEOPLE), numbers=st.sets(st.sampled_from(NUMBERS)))
    def settle_in(self, who: str, numbers: set[int]) -> None:
        """Somebody who has watched something is signed in."""
        for number in numbers:
            self.watch(who, number)
        self.sign_in(who)

    # -- what happens --

    @rule(who=st.sampled_from(PEOPLE), number=st.sampled_from(NUMBERS))
    def watch(self, who: str, number: int) -> None:
        self.people[who].watch(self.films[number], at=AT)
        self.seen[who].add(number)

    @rule(numbers=st.lists(st.sampled_from(NUMBERS), min_size=1, unique=True))
    def open_list(self, numbers: list[int]) -> None:
        self.coordinator.queue.begin_list()
        self.coordinator.queue.want([film(number) for number in numbers])

    @rule()
    def take_a_step(self) -> None:
        self.step()

    @rule()
    def hear_the_answer(self) -> None:
        self.wait_for_the_answer()

    @rule()
    def look(self) -> None:
        self.server.clock.forward(1)  # nobody looks ten times a second
        self.coordinator.look()

    @rule()
    def restart(self) -> None:
        self.wait_for_the_answer()  # of one that nobody hears no rule can tell when it came
        self.end()
        self.begin()

    # -- what holds --

    @invariant()
    def no_answer_says_more_than_simkl_does(self) -> None:
        if not self.coordinator.can_ask:
            self.who = ""  # a 401 ends a sign-in
        assert self.ticked() <= self.seen.get(self.who, set())

    def ticked(self) -> set[int]:
        found = {number: self.coordinator.known(film(number)) for number in NUMBERS}
        return {
            number
            for number, known in found.items()
            if known and isinstance(known.answer, Film) and known.answer.watch
        }

    def settle(self) -> None:
        """The person wants to know all anew."""
        self.open_list(list(NUMBERS))
        self.coordinator.look_now()
        for _ in range(20):
            self.let_time_pass(400)
            self.wait_for_the_answer()

    def check(self) -> None:
        assert self.ticked() == self.seen[self.who]


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = MANY
