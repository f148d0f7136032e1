# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Passwords, PINs, keys and tokens written into a document."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span

_PASSWORD = regex.compile(
    r"(?i:\b(?:pass ?word|pass ?phrase|passcode|pwd|login code|access code|door code|entry code|key ?safe code|alarm code|pin(?: code| number)?)\b"
    r"(?: (?:for|to) [^\n:]{1,40}?)?\s*(?:is|:|=)\s*)[\"'“]?((?=[^\s\"'”]*[\d\W_A-Z])[^\s\"'”,;]{4,64})"
)
_KEY = regex.compile(
    r"(?<!\w)(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|xox[abpr]-[\w-]{10,}|sk-[A-Za-z0-9_-]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,})"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_NOT_ONE = regex.compile(
    r"(?i)(required|needed|protected|sent|separate\w*|by|via|to|changed|expired|reset|policy|not|never|n/a|none|tbc|\[.*|<.*|x+|\*+|•+|\.+|_+)\W*$"
)


class CredentialSecret(Page):
    """Recognise secrets."""

    category = Category.CREDENTIAL_SECRET

    def find(self, text: str) -> Iterator[Span]:
        """What follows "password is", unless it is an ordinary word; keys by their form."""
        for match in _KEY.finditer(text):
            yield self.span(match, HIGH)
        for match in _PASSWORD.finditer(text):
            value = match.group(1).rstrip(".")
            if len(value) >= 4 and not _NOT_ONE.fullmatch(value) and (not value.isalpha() or not value.istitle()):
                yield Span(match.start(1), match.start(1) + len(value), self.category, MEDIUM)
