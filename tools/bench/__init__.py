"""Measures the add-on in a real Kodi: `make bench` writes docs/benchmarks.md.

Simkl is on loopback and takes 50 ms for each answer. Each subject is a part of the report, and
`make bench PART=others` measures one anew and leaves the rest as it stands.
"""
