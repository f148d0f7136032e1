"""Builds guidance files of every format that organisations have, sound and broken."""
