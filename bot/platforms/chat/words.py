"""Words and signs that every chat shows alike."""

from bot.domain.card import CardKind
from bot.domain.copy import CopyKind
from bot.domain.finding import Finding
from bot.domain.verdict import Verdict
from bot.domain.words import ROLE_WORDS, confidence_words

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
CERTAIN = 0.9
"""From here on a finding needs no word of doubt."""
ABOVE = "What was found in each file stands above."
COULD_NOT = (
    "Something went wrong on our side and I could not answer that. Nothing was sent anywhere. "
    "Please ask again; if it happens again, ask your information manager."
)
FOR_STAFF_ONLY = "I can only help members of this organisation, so I have not read this."
GONE_BUTTON = "That button is too old to use. Ask again, then press it."
LOOKED = "Remembered: this value isn’t personal data. Only a fingerprint is kept, never the value."
WISHES_FOR_HELP = frozenset({"", "help", "?", "hi", "hello"})


def finding_words(finding: Finding) -> str:
    """One finding: what, where, whose, and how sure, where there is a doubt."""
    parts = (
        finding.masked,
        finding.place or "file",
        ROLE_WORDS.get(finding.role, ""),
        "hidden" if finding.hidden else "",
        f"× {finding.count}" if finding.count > 1 else "",
        "" if finding.confidence >= CERTAIN else confidence_words(finding.confidence),
    )
    return ", ".join(part for part in parts if part)


def labelled(label: str) -> str:
    """The label of a detail; one that asks needs no colon."""
    return label if label.endswith("?") else f"{label}:"


def wishes_for_help(text: str) -> bool:
    """Whether somebody asks what this is, rather than whether something may be sent."""
    return text.strip(" .!").lower() in WISHES_FOR_HELP
