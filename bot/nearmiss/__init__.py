"""Near misses: scrub the text, read whether it already went and what it was, store it."""
