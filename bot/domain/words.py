"""The fixed words of the product: one place, so that every platform says the same."""

from collections.abc import Callable

from bot.domain.finding import Category, Role
from bot.domain.verdict import Verdict

HEADLINES = {
    Verdict.OK: "OK to send",
    Verdict.SAFEGUARDS: "Only with these safeguards",
    Verdict.ASK: "Ask first",
    Verdict.STOP: "Don't send",
    Verdict.NOT_COVERED: "The guidance doesn't cover this",
}
VERDICT_WORDS = {
    Verdict.OK: "OK to send",
    Verdict.SAFEGUARDS: "only with safeguards",
    Verdict.ASK: "ask first",
    Verdict.STOP: "don't send",
    Verdict.NOT_COVERED: "not covered",
}
CONDITIONS_HEADING = {
    Verdict.OK: "Keep in mind:",
    Verdict.SAFEGUARDS: "Make sure of this:",
    Verdict.ASK: "Until you have the answer:",
    Verdict.STOP: "What may go instead, if:",
    Verdict.NOT_COVERED: "",
}
FILE_HEADLINES = {
    Verdict.OK: "nothing found that stops it",
    Verdict.SAFEGUARDS: "only with safeguards",
    Verdict.ASK: "ask first",
    Verdict.STOP: "don't send as it is",
    Verdict.NOT_COVERED: "no ruling",
}
CATEGORY_WORDS = {
    Category.PERSON_NAME: "name",
    Category.DATE_OF_BIRTH: "date of birth",
    Category.ADDRESS: "home or other address",
    Category.POSTCODE: "postcode",
    Category.PHONE: "phone number",
    Category.EMAIL: "email address",
    Category.NHS_NUMBER: "NHS number",
    Category.NI_NUMBER: "National Insurance number",
    Category.PASSPORT: "passport number",
    Category.DRIVING_LICENCE: "driving licence number",
    Category.VEHICLE_REGISTRATION: "vehicle registration",
    Category.BANK_ACCOUNT: "bank account",
    Category.PAYMENT_CARD: "payment card",
    Category.PNC_ID: "PNC ID",
    Category.CRO_NUMBER: "CRO number",
    Category.CASE_URN: "case URN",
    Category.ASN: "arrest/summons number",
    Category.PRISON_NUMBER: "prison number",
    Category.CRIMINAL_RECORD: "criminal record",
    Category.HEALTH: "health detail",
    Category.SEXUAL_OFFENCE: "sexual offence detail",
    Category.CHILD: "detail about a child",
    Category.SPECIAL_CATEGORY: "special category detail",
    Category.IP_OR_DEVICE: "device or network address",
    Category.GPS_LOCATION: "GPS location",
    Category.CREDENTIAL_SECRET: "password or key",
}
ROLE_WORDS = {
    Role.DEFENDANT: "the defendant",
    Role.VICTIM: "the victim",
    Role.WITNESS: "a witness",
    Role.CALLER: "a caller",
    Role.OFFICER: "an officer",
    Role.PROFESSIONAL: "a professional",
    Role.CHILD: "a child",
}

WAYS = {
    "team_mailbox": "to a shared mailbox or list",
    "cloud_personal": "in a personal cloud store",
    "removable_media": "on a disc or USB stick",
    "reception": "at a reception or unattended place",
    "out_of_hours": "delivered out of hours",
    "chat": "in work chat",
    "chat_with_guests": "in a chat with guests",
    "bot": "to this assistant",
    "ai_tool": "with an AI tool",
    "online_converter": "with an online converter",
    "social_media": "on social media",
    "print": "on paper",
    "travel": "on a train, in a cafe or in a car",
    "home": "at home",
    "home_print": "printed at home",
    "personal_device": "on a personal device",
    "bin": "in a bin",
    "car": "in a car",
    "left_in_car": "left in a car",
}
"""Channels of the shipped vocabulary that are not said with "by"."""


def way(channel: str, say: Callable[[str], str]) -> str:
    """How something travels, in a phrase: "by courier", "on a disc or USB stick"."""
    return WAYS.get(channel) or f"by {say(channel)}"


def headline(verdict: Verdict, whom: str) -> str:
    """The verdict as said to the user."""
    return f"{HEADLINES[verdict]}: {whom}" if verdict is Verdict.ASK else HEADLINES[verdict]


def confidence_words(confidence: float) -> str:
    """A calibrated confidence in words."""
    return "almost certainly" if confidence >= 0.9 else "probably" if confidence >= 0.6 else "possibly"
