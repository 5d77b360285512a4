"""What a person starts: opens the add-on, or signs in or out."""

import sys

from lib import kodi

kodi.wish(sys.argv[1:])
