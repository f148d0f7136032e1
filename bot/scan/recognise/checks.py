# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Check letters of the criminal-justice numbers: remainder by 23 into an alphabet without I, O and S (facts.md 4.9-4.12)."""

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"


def check_letter(digits: str) -> str:
    """The letter that belongs to a row of digits."""
    return LETTERS[int(digits) % 23]
