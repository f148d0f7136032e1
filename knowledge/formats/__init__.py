"""Guidance files of every format as one kind of Markdown-like text; one file a format, `registry.read` the way in."""
