"""What Kodi starts at log-in."""

from lib import kodi
from lib.service import Service

try:
    service = Service()
except RuntimeError:
    # Kodi no longer knows an add-on that was switched off while it started.
    if kodi.is_enabled():
        raise
else:
    service.run()
