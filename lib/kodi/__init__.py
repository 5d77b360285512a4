"""The door to Kodi: info labels, JSON-RPC, settings, events, log, windows, words, and the commands
that a person starts.

May import: nothing of ours.
"""
