# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Addresses of machines: IP, MAC and IMEI."""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

import regex
from stdnum import luhn

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_IPV4 = regex.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IPV6 = regex.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", regex.I)
_MAC = regex.compile(r"(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])", regex.I)
_IMEI = regex.compile(r"(?i:\bI\.?M\.?E\.?I\b[\w .:#/]{0,12}?)(?<!\d)(\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d)(?!\d)")
_INDOORS = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
"""Used inside every building: they lead to nobody."""
_VERSION = regex.compile(
    r"\b(?:version|release[ds]?|build|upgrade[ds]?|software|patch|firmware)\b|\b(?:v|ver|section|para|clause|rule|s)[ .]*$",
    regex.I,
)


class IpOrDevice(Page):
    """Recognise IP, MAC and IMEI numbers."""

    category = Category.IP_OR_DEVICE

    def find(self, text: str) -> Iterator[Span]:
        """Addresses that parse, not versions or paragraph numbers; IMEIs by their label."""
        for pattern in (_IPV4, _IPV6):
            for match in pattern.finditer(text):
                if _parses(match.group()) and not _VERSION.search(leading(text, match.start(), 70)):
                    yield self.span(match, MEDIUM)
        for match in _MAC.finditer(text):
            yield self.span(match, HIGH)
        for match in _IMEI.finditer(text):
            digits = "".join(char for char in match.group(1) if char.isdigit())
            yield self.span(match, HIGH if luhn.is_valid(digits) else MEDIUM, 1)


def _parses(value: str) -> bool:
    try:
        address = ip_address(value)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or any(address in network for network in _INDOORS))
