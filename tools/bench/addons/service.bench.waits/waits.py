"""A service that only waits for Kodi to leave: what Kodi's Python itself costs."""

import xbmc

xbmc.Monitor().waitForAbort()
