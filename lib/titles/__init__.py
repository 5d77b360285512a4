"""Which title a row or a file is: ids, names, paths, and what other add-ons are known to mean.

Values and rules only.

May import: nothing of ours.
"""
