# ruff: noqa: SIM905, E501 (lists of words are read more easily unbroken)
"""Three hundred and more made reports full of personal data, each value labelled; all people are invented.

Three sets of names and numbers in the same wordings: rules were mended on "tuning", then on what they missed of
"second"; "fresh", with names and texts of its own, was written before the mending was over and is what counts.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.scrub_texts import FRESH, TEMPLATES, WRITTEN
from tests.files import identifiers as made

EACH = 5
"""Reports made of each template."""

_FIRST = {
    "tuning": (
        "Amelia Tariq Bronagh Dwayne Sunita Kofi Marek Ffion Imogen Yusuf Precious Callum Xin Nadia Ruaridh Leticia Olena "
        "Hamza Gwendolyn Tremaine"
    ).split(),
    "second": (
        "Kayleigh Obinna Sinead Jamal Harpreet Zofia Iolo Thandiwe Farouk Deirdre Jermaine Wioletta Rupert Ayesha Mehmet "
        "Cerys Babatunde Ingrid Shanelle Dimitri Will Rose Mark Faith Zhen Ailsa Kyle Parveen Ewan Tamsin"
    ).split(),
    "fresh": (
        "Oluwatobi Siân Ghislaine Darius Ruqayyah Bartholomew Lakshmi Dai Mairead Tunde Ewelina Hope Jack Patience Xiulan "
        "Kwame Bethan Zeynep Lamar Henrietta Pat Vasile Nkechi Ciaran Aurelia Mohammed Shirley Ravi Joy Stefan"
    ).split(),
}
_LAST = {
    "tuning": (
        "Okonkwo Hussain McBride Fernandes Patel Mensah Wisniewski Vaughan Carstairs Demir Achebe Buchanan Chen Okafor "
        "Drummond Santos Kovalenko Iqbal Penhaligon Baptiste"
    ).split(),
    "second": (
        "Braithwaite Nwosu O'Donoghue Clarke-Mendes Gill Nowakowski Llywelyn Dlamini Mansour Quinlan Bogle Pawlak Ashdown "
        "Choudhury Kaya Tudor Adebayo Lindqvist Marsh Papadopoulos Young Field Brown West Wu Farquharson Stone Akhtar "
        "Mackintosh Trelawney"
    ).split(),
    "fresh": (
        "Oyelaran ap-Rhys Featherstonehaugh Begum MacGillivray Hope Kaur Zielinska Ng Cartwright Bello Popescu Rees-Davies "
        "Ahmadi O'Keeffe Bird Marchetti Sithole Wang Goldberg Black Yildiz Prendergast Owusu Banks Shevchenko Knight "
        "Raghunathan Swann Entwistle"
    ).split(),
}
_STREETS = {
    "tuning": ("Larkspur Close", "Station Road", "Oakfield Avenue", "Heol Las", "Pinewood Court", "Victoria Terrace"),
    "second": (
        "Marigold Walk",
        "Tinker's Lane",
        "Upper Brook Street",
        "Ffordd y Mynydd",
        "The Crescent",
        "Kingfisher Mews",
        "Albert Road South",
        "Quarry Bank",
    ),
    "fresh": (
        "Gasworks Lane",
        "St Cuthbert's Way",
        "Stryd Fawr",
        "Jubilee Drive",
        "Old Mill Yard",
        "North Parade",
        "Beech Rise",
        "Canal Wharf",
    ),
}
_TOWNS = ("Wolverhampton", "Stockport", "Llanelli", "Gravesend", "Perry Barr", "Hexham")
_AREAS = ("ZZ99 3VZ", "B99 9AA", "LS99 9ZZ", "SW1A 9ZZ", "M99 9AB", "CF99 1NA")
_MONTHS = "January February March April May June July August September October November December".split()
_PLACE = re.compile(r"\{([a-z]+)(\d?)\}")
_MARKED = re.compile(r"\[\[(\w+):([^\]]+)\]\]")


@dataclass(frozen=True)
class Value:
    """One value of a report."""

    kind: str
    """"n" for a name, else the identifier's."""
    text: str = field(repr=False)


@dataclass(frozen=True)
class Made:
    """One made report."""

    text: str = field(repr=False)
    values: tuple[Value, ...] = field(repr=False)


def reports(which: str) -> list[Made]:
    """The made reports of a set, with those written out by hand."""
    chance = random.Random(f"scrub {which}")
    filled = [_fill(template, which, chance) for template in TEMPLATES for _ in range(EACH)]
    return filled + [_read(text) for text in {"second": WRITTEN, "fresh": FRESH}.get(which, ())]


def _read(text: str) -> Made:
    values = tuple(Value(kind, value) for kind, value in _MARKED.findall(text))
    return Made(_MARKED.sub(r"\2", text), values)


def _fill(template: str, which: str, chance: random.Random) -> Made:
    taken = set(re.findall(r"[a-z]+", _PLACE.sub(" ", template).lower()))
    people: dict[str, tuple[str, str]] = {}
    values: list[Value] = []

    def put(match: "re.Match[str]") -> str:
        kind, number = match.group(1), match.group(2) or "1"
        if number not in people:
            people[number] = _person(which, chance, taken | {word.lower() for pair in people.values() for word in pair})
        text = _name(kind, *people[number]) or _identifier(kind, *people[number], which, chance)
        values.append(Value("n" if kind in _NAMES else kind, text))
        return text

    text = _PLACE.sub(put, template)
    return Made(text, tuple(value for value in values if value.kind not in {"age"}))


_NAMES = frozenset("n f s l u i r".split())


def _person(which: str, chance: random.Random, taken: set[str]) -> tuple[str, str]:
    """Somebody whose names are no other words of the report: else nobody could tell what was left standing."""
    while True:
        first, last = chance.choice(_FIRST[which]), chance.choice(_LAST[which])
        if not {first.lower(), *re.findall(r"[a-z]+", last.lower())} & taken:
            return first, last


def _name(kind: str, first: str, last: str) -> str:
    forms = {
        "n": f"{first} {last}",
        "f": first,
        "s": last,
        "l": f"{first} {last}".lower(),
        "u": f"{first} {last}".upper(),
        "i": f"{first[0]}. {last}",
        "r": f"{last.upper()}, {first}",
    }
    return forms.get(kind, "")


Forms = dict[str, Callable[[], str]]


def _words_of(first: str, plain: str, which: str, born: tuple[int, int, int], chance: random.Random) -> Forms:
    """How people write where somebody lives, was born and can be reached."""
    number = chance.randrange
    year, month, day = born
    three = f"{number(1000):03d}"
    return {
        "phone": lambda: chance.choice(
            (
                f"07700 900{three}",
                f"07700900{three}",
                f"+44 7700 900 {three}",
                f"01632 960{three}",
                f"020 7946 0{three}",
            )
        ),
        "email": lambda: chance.choice(
            (
                f"{first.lower()}.{plain}@example.org",
                f"{first[0].lower()}{plain}{number(10, 99)}@example.com",
                f"{plain}_{first.lower()}@mail.example.net",
            )
        ),
        "dob": lambda: chance.choice(
            (
                f"{day:02d}/{month:02d}/{year}",
                f"{day}.{month}.{year % 100:02d}",
                f"{day} {_MONTHS[month - 1]} {year}",
                f"{day}th {_MONTHS[month - 1][:3]} {year}",
                f"{year}-{month:02d}-{day:02d}",
            )
        ),
        "address": lambda: chance.choice(
            (
                f"{number(1, 300)} {chance.choice(_STREETS[which])}",
                f"{number(1, 99)} {chance.choice(_STREETS[which])}, {chance.choice(_TOWNS)}",
                f"Flat {number(1, 20)}, {number(1, 99)} {chance.choice(_STREETS[which])}, {chance.choice(_AREAS)}",
                f"{number(1, 99)} {chance.choice(_STREETS[which]).lower()}",
            )
        ),
        "postcode": lambda: chance.choice((chance.choice(_AREAS), chance.choice(_AREAS).lower())),
    }


def _numbers_of(first: str, plain: str, year: int, chance: random.Random) -> Forms:
    """Numbers that somebody is known by."""
    number = chance.randrange
    return {
        "nhs": lambda: made.nhs_number(number(1, 999999)),
        "pnc": lambda: chance.choice((made.pnc_id(year, number(1, 9999999)), made.pnc_id(year, number(1, 99999))[2:])),
        "cro": lambda: made.cro_number(year, number(1000, 999999)),
        "urn": lambda: chance.choice((f"88HM0{number(9999):04d}25", made.slashed(f"88ZZ0{number(9999):04d}24"))),
        "asn": lambda: made.asn(2024, "88", "HM", "01", number(1, 999999)),
        "nino": lambda: chance.choice(
            (made.ni_number(number(999999)), made.ni_number(number(999999)).replace(" ", ""))
        ),
        "bank": lambda: f"00-{number(10, 99)}-{number(10, 99)} {number(10**7, 10**8)}",
        "card": lambda: made.payment_card(number(10**9)),
        "passport": lambda: f"9{number(10**7, 10**8)}",
        "licence": lambda: (
            f"{plain[:5].upper():9<5}{number(10)}{number(1, 10):02d}{number(1, 29):02d}{number(10)}{first[0]}99XX"
        ),
        "vrm": lambda: f"{chance.choice(('BD', 'KX', 'LA'))}{number(51, 75)} {chance.choice(('SMR', 'ZZZ', 'KOV'))}",
        "prison": lambda: f"A{number(1000, 9999)}{chance.choice(('BC', 'FK', 'EX'))}",
        "hospital": lambda: f"{chance.choice(('RX', 'H', 'MRN'))}{number(100000, 999999)}",
        "ip": lambda: f"192.0.2.{number(1, 255)}",
        "link": lambda: f"https://files.example.org/s/{plain}{number(100, 999)}",
        "secret": lambda: chance.choice((f"Summer{number(2000, 2030)}!", f"{plain.title()}#{number(10, 99)}")),
        "age": lambda: str(number(6, 16)),
    }


def _identifier(kind: str, first: str, last: str, which: str, chance: random.Random) -> str:
    plain = re.sub(r"[^a-z]", "", last.lower())
    born = chance.randrange(1950, 2012), chance.randrange(1, 13), chance.randrange(1, 29)
    forms = _words_of(first, plain, which, born, chance) | _numbers_of(first, plain, born[0], chance)
    return forms[kind]()
