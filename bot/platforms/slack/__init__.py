"""Slack: events in, blocks out; adapters that translate and nothing more."""
