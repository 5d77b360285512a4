"""The system whose Kodi is driven: this one, or another Debian in a folder (tools/chroot.sh)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_ROOT = os.environ.get("KODI_ROOT", "")
# The program itself: Debian's `kodi` is a script that would start it again after a crash.
_KODI = "/usr/lib/x86_64-linux-gnu/kodi/kodi.bin"
_OPTIONS = ("--standalone", "--windowing=x11")

# A Kodi must not outlive a test run that was killed: it would eat a core for ever.
# (The kernel counts the starting *thread* as the parent: start Kodis from the main thread.)
DIE_WITH_US = ("setpriv", "--pdeathsig", "KILL")

# Of its own, so that nothing stays mounted, and nobody else sees it.
_MOUNTS = ("unshare", "--mount", "--propagation", "private")
_ENTER = """
root=$1
while shift && [ "$1" != -- ]; do
    mkdir -p "$root$1" && mount --rbind "$1" "$root$1"
done
shift
exec chroot "$root" "$@"
"""


def kodi_command() -> list[str]:
    """What starts Kodi. Its process is the one that is started: it can be killed by its number."""
    kodi = [_KODI, *_OPTIONS]
    return [*DIE_WITH_US, *(inside(Path(_ROOT), tempfile.gettempdir(), *kodi) if _ROOT else kodi)]


def inside(root: Path, shared: str, *command: str) -> list[str]:
    """What runs a command in another Debian. shared: a folder that is the same in there."""
    mounts = _MOUNTS if os.getuid() == 0 else (*_MOUNTS, "--map-root-user")
    folders = ("/proc", "/dev", shared)
    return [*mounts, "sh", "-ec", _ENTER, "sh", str(root.resolve()), *folders, "--", *command]


def outside(path: str) -> Path:
    """Where a file of that system is found from here."""
    return Path(_ROOT).resolve() / path.lstrip("/") if _ROOT else Path(path)
