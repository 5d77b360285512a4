"""What a person starts from the context menu of a row."""

import sys

from lib import kodi_wishes
from lib.context_menu import ROW

kodi_wishes.wish(sys.argv[1:], kodi_wishes.row_of_menu(ROW))
