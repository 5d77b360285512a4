"""What a path is: another add-on's, or a plain file's. Knows neither of the two doors."""

from __future__ import annotations

import re


def addon_of(path: str) -> str:
    """The add-on that a path belongs to, "" for a plain file."""
    scheme, _, rest = path.partition("://")
    return re.split(r"[/?]", rest)[0] if scheme == "plugin" else ""
