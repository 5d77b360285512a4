"""The list that is open, from its rows to its ticks: noticing it, reading rows, asking Simkl,
settling the answers. Also Kodi's lists on the home screen, and what Kodi announces.

May import: ticks, account, storage, simkl, titles, kodi.
"""
