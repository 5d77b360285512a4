"""What can go wrong with Simkl, each named for the situation and with its sentence for a person.

    Trouble
    ├── Unreachable        no answer, trouble at Simkl, or an answer that Simkl cannot have given
    │   ├── NotConnected       no answer at all: most likely the network here
    │   └── NotTrusted         its certificate is none of Simkl's, or the date here is wrong
    ├── TooFast            asked to wait
    ├── DayUsedUp          the day's calls are used up
    ├── SignedOut          the token is missing, wrong, expired or revoked
    ├── ClientIdRefused    the client id is wrong, of the other generation, or blocked
    ├── Refused            Simkl will not do this for this person or this app
    ├── BadRequest         Simkl does not take the request: a bug of ours
    ├── BadAddress         the address in the settings is one that no token may be sent to
    ├── NoClientId         there is no client id to ask with
    ├── CodeExpired        nobody entered the sign-in code in time
    ├── AccessDenied       Simkl did not allow the sign-in
    └── AccountBroken      the file with the sign-in cannot be read, or removed
        └── AccountNotKept     it cannot be written

Raised at the doors, handled in `watched.py` and `session.py`. No message ever holds a token, a
code, a client id or a URL: it goes to the log.
"""

from __future__ import annotations

from lib import texts


class Trouble(Exception):
    """Base of all. text: the number of the sentence for a person."""

    text: int = texts.UNREACHABLE


class Unreachable(Trouble):
    pass


class NotConnected(Unreachable):
    pass


class NotTrusted(Unreachable):
    text = texts.NOT_TRUSTED


class TooFast(Trouble):
    """retry_after: seconds that Simkl asks to wait, None where it does not say."""

    text = texts.TOO_FAST

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DayUsedUp(TooFast):
    text = texts.DAY_USED_UP


class SignedOut(Trouble):
    text = texts.SIGNED_OUT


class ClientIdRefused(Trouble):
    text = texts.CLIENT_ID_REFUSED


class Refused(Trouble):
    text = texts.REFUSED


class BadRequest(Trouble):
    text = texts.REFUSED


class BadAddress(Trouble):
    text = texts.BAD_ADDRESS


class NoClientId(Trouble):
    text = texts.NO_CLIENT_ID


class AccountBroken(Trouble):
    text = texts.ACCOUNT_BROKEN


class AccountNotKept(AccountBroken):
    text = texts.ACCOUNT_NOT_KEPT


class CodeExpired(Trouble):
    text = texts.CODE_EXPIRED


class AccessDenied(Trouble):
    text = texts.ACCESS_DENIED
