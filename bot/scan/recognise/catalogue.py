# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Lists of things: in a stock list, an order or a price list a code that only looks like somebody's number is a code."""

import regex

from bot.domain.finding import Category

_THINGS = regex.compile(
    r"\b(?:(?:product|item|stock|part|order|catalogue|supplier|model) ?(?:code|no|number|ref)s?|sku|ean|qty|quantity|pack(?: size)?|unit price|price|each|in stock|reorder|"
    r"delivery note|pallet|carrier|barcode|stationery|items?|code|description|weight|invoice|purchase order|vat)\b",
    regex.I,
)
_PEOPLE = regex.compile(
    r"\b(?:sur|fore|first |last |full )?names?\b|\bd\.?o\.?b\b|\bborn\b|national insurance|\bnino?\b|\bnhs\b|\bpnc\b|witness|victim|defendant|suspect|patient|caller|"
    r"customer|account holder|cardholder|\bmr\b|\bmrs\b|\bms\b|\bmiss\b|passport|home address|\blives?\b|prisoner|vehicle|\breg(?:istration)?\b",
    regex.I,
)
CODES = frozenset(
    {
        Category.NI_NUMBER,
        Category.NHS_NUMBER,
        Category.VEHICLE_REGISTRATION,
        Category.PRISON_NUMBER,
        Category.PNC_ID,
        Category.CRO_NUMBER,
        Category.PHONE,
        Category.POSTCODE,
        Category.CASE_URN,
        Category.PAYMENT_CARD,
        Category.BANK_ACCOUNT,
        Category.IP_OR_DEVICE,
    }
)
"""What a code may look like."""


def lists_things(text: str) -> bool:
    """Whether a text speaks of goods in several words and of people in none."""
    return len({str(word).lower() for word in _THINGS.findall(text)}) >= 3 and _PEOPLE.search(text) is None
