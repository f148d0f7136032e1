"""Copies of a checked file, made inside the confined process: marked for review, redacted, cleaned."""
