"""A strict Simkl on loopback, for tests and for people who develop; it knows nothing of Kodi or of
the add-on. `python -m tests.simkl_server` runs it by itself.
"""

from . import faults
from .catalogue import Title
from .grants import Tokens
from .journal import Request
from .people import Person
from .record import Playing, Record, Told
from .server import SimklServer

__all__ = [
    "Person",
    "Playing",
    "Record",
    "Request",
    "SimklServer",
    "Title",
    "Tokens",
    "Told",
    "faults",
]
