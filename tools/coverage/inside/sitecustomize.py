"""Python runs this first, in Kodi too, where `make coverage` puts it on the path.

It waits until the add-on's own modules are imported: other add-ons are left alone.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coverage import Coverage

_TRACER = Path(__file__).with_name("coverage") / f"tracer{EXTENSION_SUFFIXES[0]}"


class _Finder:
    def __init__(self) -> None:
        self._is_waiting = True

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name == "lib" and self._is_waiting:
            self._is_waiting = False
            _start()
        return _a_tracer_of_our_own() if name == "coverage.tracer" else None


def _start() -> None:
    import coverage

    # Where the data go says COVERAGE_FILE.
    ours = ["*/service.simkl.watched/lib/*"]
    traced = coverage.Coverage(data_suffix=True, config_file=False, branch=True, include=ours)
    traced.start()
    atexit.register(_save, traced)


def _a_tracer_of_our_own() -> ModuleSpec | None:
    """Kodi makes a Python for each script, and coverage's C module works in the first one only.

    A copy of its file is another module to the loader.
    """
    copy = Path(tempfile.mkdtemp(dir=_TRACER.parents[1])) / _TRACER.name
    shutil.copy(_TRACER, copy)
    return spec_from_file_location("coverage.tracer", copy)


def _save(traced: Coverage) -> None:
    traced.stop()
    traced.save()


sys.meta_path.insert(0, _Finder())
