"""What Kodi starts at log-in."""

from lib.kodi.addon import NotEnabled, debug
from lib.kodi.monitor import Monitor

# Before all else is loaded, which takes up to two seconds after an update: a Monitor that is made
# after Kodi asked the script to stop never hears of it (docs/kodi.md, "Leaving").
monitor = Monitor()
debug("it hears Kodi")

try:
    from lib.kodi.first_need import is_needed

    if is_needed(monitor):
        from lib.service import Service  # with all that it loads

        Service(monitor).run()
except NotEnabled:
    pass  # switched off before there was a Monitor
finally:
    monitor.end()
