"""Words and signs that every chat shows alike."""

from bot.domain.card import CardKind
from bot.domain.copy import CopyKind
from bot.domain.verdict import Verdict

VERDICT_SIGNS = {
    Verdict.OK: "✅",
    Verdict.SAFEGUARDS: "🟡",
    Verdict.ASK: "🟠",
    Verdict.STOP: "⛔",
    Verdict.NOT_COVERED: "❔",
}
CARD_SIGNS = {CardKind.BREACH: "🚨", CardKind.DISPATCH: "📦", CardKind.LESSON: "💡", CardKind.REMINDER: "⏰"}
COPY_WORDS = {
    CopyKind.MARKED: "Marked copy, to review",
    CopyKind.REDACTED: "Redacted copy",
    CopyKind.CLEANED: "Copy without hidden data",
}
ABOVE = "What was found in each file stands above."
COULD_NOT = (
    "Something went wrong on our side and I could not answer that. Nothing was sent anywhere. "
    "Please ask again; if it happens again, ask your information manager."
)
FOR_STAFF_ONLY = "I can only help members of this organisation, so I have not read this."
GONE_BUTTON = "That button is too old to use. Ask again, then press it."
LOOKED = "Remembered: this value isn’t personal data. Only a fingerprint is kept, never the value."
WISHES_FOR_HELP = frozenset({"", "help", "?", "hi", "hello"})


def labelled(label: str) -> str:
    """The label of a detail; one that asks needs no colon."""
    return label if label.endswith("?") else f"{label}:"


def wishes_for_help(text: str) -> bool:
    """Whether somebody asks what this is, rather than whether something may be sent."""
    return text.strip(" .!").lower() in WISHES_FOR_HELP
