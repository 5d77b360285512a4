"""What can go wrong with Simkl, each named for the situation.

    Trouble
    ├── Unreachable        no answer, trouble at Simkl, or an answer that Simkl cannot have given
    │   ├── NotConnected       no answer at all: most likely the network here
    │   │   └── ProxySilent        the proxy that is set in Kodi does not answer
    │   ├── NotTrusted         its certificate is none of Simkl's, or the date here is wrong
    │   ├── ProxyRefused       the proxy does not let Simkl through, or not with this login
    │   └── ProxyNotUsable     the proxy is of a kind that cannot be spoken to
    ├── TooFast            asked to wait
    │   └── Busy               another write of this person is under way at Simkl: wait, then again
    ├── DayUsedUp          the day's calls are used up
    ├── SignedOut          the token is missing, wrong, expired or revoked
    ├── ClientIdRefused    the client id is wrong, of the other generation, or blocked
    ├── Refused            Simkl will not do this for this person or this app
    │   └── ReadOnly           the sign-in may read, and not write
    ├── AlreadyWatched     Simkl has recorded the same watch within the last hour: it is done
    ├── BadRequest         Simkl does not take the request: a bug of ours
    ├── BadAddress         the address in the settings is one that no token may be sent to
    ├── NoClientId         there is no client id to ask with
    ├── CodeExpired        nobody entered the sign-in code in time
    ├── AccessDenied       Simkl did not allow the sign-in
    └── AccountBroken      the file with the sign-in cannot be read, or removed
        └── AccountNotKept     it cannot be written

Raised here and in `account/`, handled in `lists/coordinator.py` and `ui/session.py`; the sentence
for a person is in `ui/error_texts.py`. No message ever holds a token, a code, a client id or a
URL: it goes to the log.
"""

from __future__ import annotations


class Trouble(Exception):
    """Base of all."""


class Unreachable(Trouble):
    pass


class NotConnected(Unreachable):
    pass


class ProxySilent(NotConnected):
    pass


class NotTrusted(Unreachable):
    pass


class ProxyRefused(Unreachable):
    pass


class ProxyNotUsable(Unreachable):
    pass


class TooFast(Trouble):
    """retry_after: seconds that Simkl asks to wait, None where it does not say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(TooFast):
    pass


class DayUsedUp(TooFast):
    pass


class SignedOut(Trouble):
    pass


class ClientIdRefused(Trouble):
    pass


class Refused(Trouble):
    pass


class ReadOnly(Refused):
    pass


class AlreadyWatched(Trouble):
    pass


class BadRequest(Trouble):
    pass


class BadAddress(Trouble):
    pass


class NoClientId(Trouble):
    pass


class AccountBroken(Trouble):
    pass


class AccountNotKept(AccountBroken):
    pass


class CodeExpired(Trouble):
    pass


class AccessDenied(Trouble):
    pass
