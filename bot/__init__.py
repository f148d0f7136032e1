"""Can I Send This? — the assistant: what it says, checks and records. Start reading at `bot/respond.py`."""
