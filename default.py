"""What a person starts: opens the add-on, or signs in or out."""

import sys

from lib import kodi_shown, kodi_wishes

kodi_wishes.wish(sys.argv[1:])
kodi_shown.show_windows()
