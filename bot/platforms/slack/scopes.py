"""What this app asks of Slack, and why: one table for the manifest, the doctor and the security team."""

BOT_SCOPES: dict[str, str] = {
    "app_mentions:read": "hear when somebody mentions it in a channel",
    "assistant:write": "show suggested prompts and the status line while it works",
    "channels:read": "see whether a channel is shared with people from outside, and then stay silent",
    "chat:write": "answer",
    "commands": "/cansend and the shortcuts",
    "files:read": "read the files that people ask it to check",
    "files:write": "hand over redacted copies and the digest's picture",
    "groups:read": "the same as channels:read for private channels it was invited to",
    "im:history": "read what people write to it directly",
    "im:read": "know its own direct messages",
    "im:write": "write to somebody directly, for anything about a file or a person",
    "users:read": "see who is a guest, and then stay silent",
}
OPTIONAL_SCOPES: dict[str, str] = {
    "channels:history": "offer a private check when a file is posted in a public channel it is in",
    "groups:history": "the same for private channels it was invited to",
}


def missing(granted: str) -> list[str]:
    """The needed scopes that a workspace has not granted; `granted` is Slack's comma-separated list."""
    given = {scope.strip() for scope in granted.split(",")}
    return [scope for scope in BOT_SCOPES if scope not in given]
