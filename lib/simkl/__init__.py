"""The door to Simkl, and all HTTP: requests, answers in types, errors, rate limit, quota, and the
thread that calls.

May import: titles.
"""
