"""Reads facts from a question, retrieves guidance, decides and answers."""
