"""What a person starts: opens the add-on, or signs in or out. Shows the windows of the service."""

import sys

from lib.kodi import commands, window_host

commands.send_command(sys.argv[1:])
window_host.show_windows()
