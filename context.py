"""What a person starts from the context menu of a row."""

import sys

from lib.kodi import commands
from lib.ui.context_menu import ROW

commands.send_command(sys.argv[1:], commands.row_of_menu(ROW))
