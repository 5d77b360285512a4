"""What a person starts, sees and reads: menus, the sign-in window, the sentences of errors and of
checks, the report on how it is going, and what the settings mean.

May import: sending, lists, ticks, account, storage, simkl, titles, kodi.
"""
