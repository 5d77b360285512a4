"""What Simkl is told, where the person wants it: what is played and marked in Kodi, from the moment
it counts until Simkl has it. Reading never needs it.

May import: lists, ticks, account, storage, simkl, titles, kodi.
"""
