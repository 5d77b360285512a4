"""Who is signed in: the token file, the refresh of a token, the two sign-in flows, and calls in the
name of whoever is signed in.

May import: simkl.
"""
