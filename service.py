"""What Kodi starts at log-in."""

from lib.service import Service

Service().run()
