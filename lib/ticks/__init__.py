"""Which ticks are due, whether they may be, how they are written into Kodi, noted and taken back.
Kodi's JSON-RPC is passed in.

May import: storage, simkl, titles.
"""
