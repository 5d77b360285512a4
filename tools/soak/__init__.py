"""`make soak`: a real Kodi browses at random for an hour, and in the end each tick is compared."""
