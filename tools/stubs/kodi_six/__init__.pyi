# script.module.kodi-six re-exports Kodi's own modules on Python 3; Kodistubs knows their types.
import xbmc as xbmc
import xbmcaddon as xbmcaddon
import xbmcgui as xbmcgui
import xbmcvfs as xbmcvfs
