"""A real Kodi with the add-on in it, on a screen that nobody sees, beside a strict Simkl."""
