"""What a person starts from the context menu of a row."""

import sys

from lib.kodi import commands
from lib.titles.identify import LABELS_OF_MENU_ROW

commands.send_command(sys.argv[1:], commands.row_of_menu(LABELS_OF_MENU_ROW))
