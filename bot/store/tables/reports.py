"""Reports in full: talk, triage, lessons, good catches: the tables."""
