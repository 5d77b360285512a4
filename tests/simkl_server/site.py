"""All that this Simkl knows, and the way of one call through its rules; nothing of sockets."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable

from . import endpoints, rules
from .answers import Answer, RefusedError
from .catalogue import Catalogue
from .clock import Clock
from .codes import Codes
from .grants import READ, Clients, Grant, Grants
from .limits import InFlight, Pacing

if TYPE_CHECKING:
    from .journal import Journal, Request
    from .people import Person


@dataclass
class Call:
    """One admitted request, with all that an endpoint needs to answer it."""

    request: Request
    endpoint: endpoints.Endpoint
    rest: str
    client_id: str
    now: float
    complain: Callable[[str], None]
    grant: Grant | None = None
    sent: Any = None

    @property
    def person(self) -> Person:
        assert self.grant
        return self.grant.person

    @property
    def form(self) -> dict[str, str]:
        body = self.request.body
        return {key: str(value) for key, value in body.items()} if isinstance(body, dict) else {}


@dataclass
class Site:
    """One lock for everything: strictness matters here, throughput does not."""

    journal: Journal
    clock: Clock = field(default_factory=Clock)
    catalogue: Catalogue = field(default_factory=Catalogue)
    clients: Clients = field(default_factory=Clients)
    grants: Grants = field(default_factory=Grants)
    codes: Codes = field(default_factory=Codes)
    pacing: Pacing = field(default_factory=Pacing)
    in_flight: InFlight = field(default_factory=InFlight)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _refused_tokens: set[str] = field(default_factory=set)

    def admit(self, request: Request, key: object, is_alive: Callable[[], bool]) -> Call:
        """Everything that is checked before an endpoint is asked; raises RefusedError."""
        with self.lock:
            now = self.clock.now()
            self._check_secrets(request)
            who = caller(request)
            self.in_flight.enter(key, who, is_alive)
            self.pacing.arrive(who, request.method, now)
            endpoint, rest = endpoints.find(request.method, request.path)
            rules.check(request, endpoint.needs)
            client_id = rules.client_id(request)
            call = Call(request, endpoint, rest, client_id, now, self.complaint(request))
            if not request.path.startswith("/oauth2/"):
                self._check_client(client_id)
            if endpoint.needs.token:
                call.grant = self._grant(request, client_id, now)
            if endpoint.read is not None:
                endpoints.check_write(call)
                call.sent = endpoint.read(call)
                call.person.write_lock.enter(key, who, is_alive, now)
            return call

    def leave(self, key: object, call: Call | None) -> None:
        """That request is answered, or never will be."""
        with self.lock:
            self.in_flight.leave(key)
            if call is not None and call.grant is not None:
                call.person.write_lock.leave(key)

    def answer(self, call: Call) -> Answer:
        """What is right, changes included: a poll that is answered has used up its code."""
        with self.lock:
            try:
                answer = call.endpoint.answer(self, call)
            except RefusedError as refused:
                answer = self.refuse(call.request, refused)
            return answer.with_headers(call.grant.person.quota.headers()) if call.grant else answer

    def refuse(self, request: Request, refused: RefusedError) -> Answer:
        if refused.breach:
            self.complaint(request)(refused.sentence)
        return refused.answer(request.path)

    def complaint(self, request: Request) -> Callable[[str], None]:
        # Codes and tokens stay out of the sentence: it ends in a test's output.
        where = "/oauth/pin/…" if request.path.startswith("/oauth/pin/") else request.path
        return lambda sentence: self.journal.complain(f"{request.method} {where}: {sentence}")

    def note_refusal(self, request: Request, status: int) -> None:
        """After a 401 the same token must not be tried again."""
        if status == 401 and request.token:
            with self.lock:
                self._refused_tokens.add(request.token)

    def _check_secrets(self, request: Request) -> None:
        url = f"{request.path}?{request.raw_query}"
        if any(secret in url for secret in [*self.grants.secrets(), *self.codes.secrets()]):
            request.path, request.query = "/…", {}
            raise RefusedError(400, "wrong_parameter", "a token in the URL", breach=True)

    def _check_client(self, client_id: str) -> None:
        if self.clients.generation(client_id) is None:
            raise RefusedError(412, "client_id_failed", "no such client id")

    def _grant(self, request: Request, client_id: str, now: float) -> Grant:
        token = request.token or ""
        if token in self._refused_tokens:
            raise RefusedError(
                401, "user_token_failed", "asked again with a token after its 401", breach=True
            )
        grant = self.grants.of_access(token, client_id, now)
        grant.person.quota.take()
        if READ not in grant.scope.split(" "):
            raise RefusedError(403, "insufficient_scope", "the token may not read")
        return grant


def caller(request: Request) -> str:
    """Whose pace is measured: the token's, or without one the client id's."""
    if request.token:
        return f"token {request.token}"
    try:
        return f"client {rules.client_id(request)}"
    except RefusedError:
        return "client "
