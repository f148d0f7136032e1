"""Near misses: scrub, record, receipt."""
