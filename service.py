"""What Kodi starts at log-in."""

from lib.kodi.addon import NotEnabled, debug
from lib.kodi.monitor import Monitor

# Before all else is loaded, which takes up to two seconds after an update: a Monitor that is made
# after Kodi asked the script to stop never hears of it (docs/kodi.md, "Leaving").
monitor = Monitor()
debug("it hears Kodi")

from lib.service import Service  # noqa: E402


def run() -> None:
    if monitor.abortRequested():
        return  # meanwhile; to make the service would be in vain, and an error in Kodi's log
    try:
        Service(monitor).run()
    except NotEnabled:
        return  # switched off before there was a Monitor


run()
