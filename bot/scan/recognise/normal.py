# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Text as recognisers like it: plain dashes, spaces and digits, with every position traceable to the original.

facts.md 4.0: Unicode dashes and spaces, soft hyphens, zero-width characters, full-width digits; OCR takes O for 0, I for 1, S for 5.
"""

from dataclasses import dataclass, field

import regex

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        "\r": "\n",
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\uff20": "@",
        "\uff0b": "+",
        "\uff0f": "/",
        "\uff1a": ":",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + letter): chr(65 + letter) for letter in range(26)},
        **{chr(0xFF41 + letter): chr(97 + letter) for letter in range(26)},
    }
)
# "\r\n" loses its "\r" here, so that a line break is one character.
_INVISIBLE = regex.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]|\r(?=\n)")

_OCR_DIGITS = str.maketrans("OoQIl|SBZ", "000111582")
_OCR_NUMBER = regex.compile(r"(?<![A-Za-z0-9])[0-9OoQIl|SBZ]+(?:[ ./+-]{1,2}[0-9OoQIl|SBZ]+)*(?![A-Za-z0-9])")
_OCR_WORD = regex.compile(r"[^ ./+-]+")
_DIGIT = regex.compile(r"\d")
_OCR_DAY = regex.compile(
    r"(?<![A-Za-z0-9])(?=[0-3OoIl]?[OoIl]?\d|\d[OoIl])[0-9OoIl]{2}(?=[ ./-]{0,2}(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_OCR_POSTCODE = regex.compile(r"\b([A-Z]{1,2}[0-9OISL]{1,2}[A-Z]?)( ?)([0-9OISZ])([A-Z0158]{2})\b")
_OCR_LETTERS = str.maketrans("0158", "OISB")


@dataclass(frozen=True)
class Normal:
    """Normalised text and the way back to the original positions."""

    text: str = field(repr=False)
    origin: tuple[int, ...] | None = field(default=None, repr=False)
    """Original position of each character and of the end; None when nothing was taken out."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text as it came."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def normalise(text: str) -> Normal:
    """Replace look-alike characters, take out invisible ones, and remember where everything was."""
    if not _INVISIBLE.search(text):
        return Normal(text.translate(_PLAIN))
    kept: list[int] = []
    position = 0
    for match in _INVISIBLE.finditer(text):
        kept.extend(range(position, match.start()))
        position = match.end()
    kept.extend(range(position, len(text)))
    return Normal("".join(text[index] for index in kept).translate(_PLAIN), tuple(kept))


def forgive_ocr(text: str) -> str:
    """The same text with letters in numbers read as the digits they look like; length unchanged."""

    def number(match: "regex.Match[str]") -> str:
        run = str(match.group())
        if sum(char.isdigit() for char in run) < 3:
            return run
        first = next(word.start() for word in _OCR_WORD.finditer(run) if _DIGIT.search(word.group()))
        return run[:first] + run[first:].translate(_OCR_DIGITS)  # "D.O.B." before a date stays as it is

    def day(match: "regex.Match[str]") -> str:
        return str(match.group()).translate(_OCR_DIGITS)

    def postcode(match: "regex.Match[str]") -> str:
        outward, space, digit, letters = match.groups()
        area = outward.rstrip("0123456789OISL") if outward[-1] in "0123456789OISL" else ""
        fixed = area + outward[len(area) :].translate(_OCR_DIGITS) if area else outward
        return f"{fixed}{space}{digit.translate(_OCR_DIGITS)}{letters.translate(_OCR_LETTERS)}"

    return str(_OCR_POSTCODE.sub(postcode, _OCR_NUMBER.sub(number, _OCR_DAY.sub(day, text))))
