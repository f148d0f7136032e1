"""What may be shown of a value, and the keyed digest that stands for it."""

import hashlib
import hmac

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import TOPICS

_SAID = {
    Category.HEALTH: "health details",
    Category.SEXUAL_OFFENCE: "sexual offence details",
    Category.SPECIAL_CATEGORY: "special category details",
    Category.CRIMINAL_RECORD: "criminal record details",
    Category.CHILD: "details of a child",
}
_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_UK_PREFIX = regex.compile(r"^(?:\+|00)440?")
_PLAIN = regex.compile(r"[^\p{L}\p{N}@+]")


def mask(category: Category, value: str) -> str:
    """Initials for a name, a phrase for content, otherwise dots and the last two characters."""
    if category in _SAID:
        return _SAID[category]
    if category is Category.PERSON_NAME:
        return " ".join(f"{word[0].upper()}." for word in _WORD.findall(value)[:5])
    if category in {Category.CREDENTIAL_SECRET, Category.DATE_OF_BIRTH} or len(value) < 6:
        return "•" * 6
    return "•" * 6 + value.strip()[-2:]


def normal_value(category: Category, value: str) -> str:
    """The value as it is compared: without case, spaces and punctuation; content of one category is one value."""
    if category in TOPICS:
        return category.value
    plain = str(_PLAIN.sub("", value.lower()))
    if category is Category.PHONE:
        return str(_UK_PREFIX.sub("0", plain))
    return plain


def digest(site_key: bytes, category: Category, value: str) -> str:
    """HMAC-SHA256 under the site's key: the same value is the same digest here, and nothing elsewhere."""
    return hmac.new(site_key, f"{category.value}\0{normal_value(category, value)}".encode(), hashlib.sha256).hexdigest()
