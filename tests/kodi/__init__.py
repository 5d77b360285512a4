"""Drives a real Kodi from outside: starts it without a screen, opens lists, reads what is drawn."""
