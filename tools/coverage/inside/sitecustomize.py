"""Python runs this first, in Kodi too, where `make coverage` puts it on the path.

It waits until the add-on's own modules are imported: other add-ons are left alone.
"""

from __future__ import annotations

import atexit
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coverage import Coverage


class _Waits:
    def find_spec(self, name: str, *_: object) -> None:
        """Finds nothing: it hears what is imported."""
        if name != "lib":
            return
        sys.meta_path.remove(self)
        import coverage

        # Where the data go says COVERAGE_FILE.
        ours = ["*/service.simkl.watched/lib/*"]
        traced = coverage.Coverage(data_suffix=True, config_file=False, branch=True, include=ours)
        traced.start()
        atexit.register(_save, traced)


def _save(traced: Coverage) -> None:
    traced.stop()
    traced.save()


sys.meta_path.insert(0, _Waits())
