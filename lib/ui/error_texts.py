"""The sentence for a person that belongs to each error (`simkl/errors.py`)."""

from __future__ import annotations

from lib.kodi import string_ids
from lib.simkl import errors

STRING_IDS: dict[type[errors.Trouble], int] = {
    errors.Trouble: string_ids.UNREACHABLE,
    errors.Unreachable: string_ids.UNREACHABLE,
    errors.NotConnected: string_ids.UNREACHABLE,
    errors.ProxySilent: string_ids.PROXY_SILENT,
    errors.NotTrusted: string_ids.NOT_TRUSTED,
    errors.ProxyRefused: string_ids.PROXY_REFUSED,
    errors.ProxyNotUsable: string_ids.PROXY_NOT_USABLE,
    errors.TooFast: string_ids.TOO_FAST,
    errors.Busy: string_ids.TOO_FAST,
    errors.DayUsedUp: string_ids.DAY_USED_UP,
    errors.SignedOut: string_ids.SIGNED_OUT,
    errors.ClientIdRefused: string_ids.CLIENT_ID_REFUSED,
    errors.Refused: string_ids.REFUSED,
    errors.ReadOnly: string_ids.READ_ONLY,
    errors.AlreadyWatched: string_ids.REFUSED,
    errors.BadRequest: string_ids.REFUSED,
    errors.BadAddress: string_ids.BAD_ADDRESS,
    errors.NoClientId: string_ids.NO_CLIENT_ID,
    errors.AccountBroken: string_ids.ACCOUNT_BROKEN,
    errors.AccountNotKept: string_ids.ACCOUNT_NOT_KEPT,
    errors.CodeExpired: string_ids.CODE_EXPIRED,
    errors.AccessDenied: string_ids.ACCESS_DENIED,
}


def string_id_of(trouble: errors.Trouble) -> int:
    """The number of the sentence for an error."""
    return STRING_IDS[type(trouble)]
