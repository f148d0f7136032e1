"""The first hour, step by step, and what to do by channel (guidance "The first hour after a wrong send").

The order is general practice; the duties behind it are UK GDPR art 33-34 and DPA 2018 s.67-68.
"""

from collections.abc import Iterable

DANGER = (
    "danger",
    "Is anyone in danger now, for example because an address got out? Then tell the police or the officer in the case "
    "at once, before anything else.",
)
AFTER_STOP = (
    (
        "ring",
        "Ring whoever has it. Ask them not to read, copy or forward it. Agree that it is deleted or returned, and have "
        "that confirmed in writing.",
    ),
    ("tell", "Tell your manager and {lead} now, even if you are not sure, even if it looks harmless."),
    ("write", "Write down the times, what went, to whom, and how many people are in it."),
    ("keep", "Delete none of your own evidence: the sent message, the log, the label, the envelope."),
    (
        "victim",
        "Do not contact the victim, the witness or the defendant yourself. Whoever decides tells them, once the risk "
        "is known and safety steps are ready.",
    ),
)
"""What follows once it is stopped, in this order."""

STOPS: tuple[tuple[str, frozenset[str], str], ...] = (
    (
        "email",
        frozenset(
            [
                "email",
                "secure_email",
                "webmail",
                "personal_email",
                "internal_email",
                "bulk_email",
                "reply_all",
                "forward",
                "autocomplete",
                "team_mailbox",
            ]
        ),
        "Email: recall it if your system can, but do not rely on that. Cancel copies that still wait in the outbox and "
        "ask your service desk whether delivery can be stopped.",
    ),
    (
        "link",
        frozenset(["shared_link", "cloud_personal"]),
        "Shared link: withdraw the link and the access now, then ask for the access log: who opened or downloaded it?",
    ),
    (
        "system",
        frozenset(["case_system", "common_platform", "outside_portal"]),
        "Case system: take it down or have the access removed, write down how long it was visible and to whom, and ask "
        "the system's owner for the access log.",
    ),
    (
        "carrier",
        frozenset(["post", "courier"]),
        "Post or courier: ring the carrier with the tracking number and ask for it to be stopped or returned; ring the "
        "receiving post room and ask them to keep it sealed.",
    ),
    (
        "media",
        frozenset(
            [
                "removable_media",
                "hand",
                "reception",
                "out_of_hours",
                "travel",
                "car",
                "left_in_car",
                "home",
                "bin",
                "print",
                "home_print",
            ]
        ),
        "Discs, sticks, papers, devices: go back or ring where it was last (reception, taxi, train, court) while a "
        "colleague reports. For a device ring the service desk: they can lock and wipe it. If it was stolen, tell the "
        "police and keep the reference.",
    ),
    (
        "call",
        frozenset(["phone", "voicemail", "video_call", "screen_share"]),
        "Call: end it or stop sharing, write down at once what was said or shown and to which number, and ask the "
        "person to keep it to themselves.",
    ),
    (
        "chat",
        frozenset(["messaging_app", "chat", "chat_with_guests", "social_media"]),
        "Message: take a picture of it for the record, then delete it for everyone and ask each person in the chat to "
        "delete what they saved.",
    ),
    (
        "published",
        frozenset({"publish"}),
        "Published: take the page or file down, ask for cached copies to be removed (search engines, archives, the "
        "content network), and write down how long it was up and how often it was opened.",
    ),
    (
        "tool",
        frozenset(["ai_tool", "online_converter"]),
        "Online tool: delete the conversation or the upload, write down which tool and account, and tell your security "
        "team; they ask the provider for deletion.",
    ),
    (
        "fax",
        frozenset({"fax"}),
        "Fax: ring the number that got it and ask them to shred it or keep it sealed for collection.",
    ),
)
"""Name, channels of the vocabulary, what stops it."""

STOP_ANY = (
    "stop",
    "Stop it spreading: withdraw the link, the access, the copy that still waits. A recall button alone is no proof.",
)


def channel_name(channels: Iterable[str]) -> str:
    """Under which of the names above the first known channel falls; empty for none."""
    for channel in channels:
        for name, those, _ in STOPS:
            if channel in those or channel == name:
                return name
    return ""


def steps(channels: Iterable[str], lead: str) -> tuple[tuple[str, str], ...]:
    """(name, words) of each step, in the order to do; what stops it depends on how it went."""
    name = channel_name(channels)
    stop = next((("stop", words) for known, _, words in STOPS if known == name), STOP_ANY)
    return (DANGER, stop, *((step, words.format(lead=lead)) for step, words in AFTER_STOP))


STEP_WORDS = {
    "danger": "Asked whether anyone is in danger",
    "stop": "Stopped it spreading",
    "ring": "Rang whoever has it",
    "tell": "Told my manager and the lead",
    "write": "Wrote down times, what went, to whom",
    "keep": "Kept all my own evidence",
    "victim": "Left telling the people to whoever decides",
}
"""The steps as done, short enough for the options of any platform and for the register."""

CHANNEL_WORDS = {
    "email": "email",
    "link": "a shared link",
    "system": "a case system or portal",
    "carrier": "post or courier",
    "media": "a disc, a stick, a device or papers",
    "call": "a call or a shared screen",
    "chat": "a message or chat",
    "published": "published",
    "tool": "an online tool",
    "fax": "fax",
}
"""The names above as people say them."""
