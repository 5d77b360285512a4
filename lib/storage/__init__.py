"""What outlives a restart, in one SQLite file: answers of Simkl, what it is to be told, ticks that
were made and that the person removed, titles left alone.

May import: simkl, titles.
"""
