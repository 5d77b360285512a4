"""What a person starts from the context menu of a row."""

import sys

from lib import kodi
from lib.menu import ROW

kodi.wish(sys.argv[1:], kodi.row_of_menu(ROW))
