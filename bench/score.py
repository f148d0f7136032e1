"""Compares what a check reported with what is known to be in the file; pure, so that it can be tested."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.finding import Category, Finding, Inspection
from bot.scan.recognise.mask import digest as keyed_digest
from tests.files.truth import Made, Planted

Digest = Callable[[str, str], str]
"""The keyed digest of a category and a value."""

TOPICS = frozenset({"health", "sexual_offence", "special_category", "criminal_record", "child", "gps_location"})
"""Told by words rather than by one value: found when the file has any finding of the category."""


def digest_with(site_key: bytes) -> Digest:
    """The digest that a finding of a value would carry under this site key."""
    return lambda category, value: keyed_digest(site_key, Category(category), value)


_ALIKE = {"hidden_text": ("failed_redaction",)}
"""White text on white paper may rightly be called either."""


@dataclass(frozen=True)
class Checked:
    """One made file and what the product said about it."""

    made: Made
    inspection: Inspection
    seconds: float
    verdict: str = ""
    """For the defence in the file's case; empty until the guidance was asked."""


def initials(name: str) -> Counter[str]:
    """First letters of the words of a name or of its mask."""
    words = re.split(r"[\s,.'-]+", name)
    return Counter(word[0].casefold() for word in words if word and word[0].isalpha())


def variants(planted: Planted, made: Made) -> frozenset[str]:
    """The planted value, and what may rightly be reported instead of it.

    A name without its middle name or turned round; an address by its lines, with or without the postcode.
    """
    value = planted.value
    if planted.category == "person_name":
        words = " ".join(reversed(value.split(", "))).split()
        first, last = words[0], words[-1]
        turned = f"{last} {' '.join(words[:-1])}"
        return frozenset({value, " ".join(words), turned, f"{first} {last}", f"{first[0]} {last}", last})
    if planted.category == "address":
        lines = value.split(", ")
        parts = [", ".join(lines[a:b]) for a in range(len(lines)) for b in range(a + 1, len(lines) + 1)]
        codes = [other.value for other in made.findings if other.category == "postcode"]
        return frozenset(part for part in parts if len(part) > 6) | {
            f"{part} {code}" for part in parts for code in codes
        }
    return frozenset({value})


def fits(finding: Finding, planted: Planted, made: Made, digest: Digest) -> bool:
    """Whether a finding is about a planted value: the digest agrees, or where words may differ, the mask does.

    Masks are the only thing left to compare when a name or an address was reported in other words than it was planted.
    """
    if finding.category.value != planted.category:
        return False
    if planted.category in TOPICS:
        return True
    words = variants(planted, made)
    if finding.digest in {digest(planted.category, word) for word in words}:
        return True
    if planted.category == "person_name":
        shown = initials(finding.masked)
        return shown.total() > 1 and not shown - initials(planted.value)
    if planted.category in {"address", "bank_account"}:
        ends = {word[-2:].casefold() for word in words}
        return finding.masked[-2:].casefold() in ends or (planted.place in finding.place and _alone(planted, made))
    return False


def _alone(planted: Planted, made: Made) -> bool:
    """Whether no other value of this category stands at the same place, so that the place tells which one was found."""
    return sum((one.category, one.place) == (planted.category, planted.place) for one in made.findings) == 1


def found(planted: Planted, checked: Checked, digest: Digest) -> bool:
    """Whether any finding of the file is about this value; a case reference may be reported as such.

    A postcode that was reported as the end of an address counts as found too.
    """
    if planted.category == "case_urn" and planted.value.replace("/", "") in checked.inspection.case_refs:
        return True
    findings = checked.inspection.findings
    if planted.category == "postcode" and any(
        one.category == "address" and one.masked[-2:] == planted.value[-2:] for one in findings
    ):
        return True
    return any(fits(finding, planted, checked.made, digest) for finding in findings)


def is_right(finding: Finding, made: Made, digest: Digest) -> bool:
    """Whether a finding is about anything that was planted in the file."""
    return any(fits(finding, planted, made, digest) for planted in made.findings)


def recall(results: Iterable[Checked], digest: Digest) -> dict[str, tuple[int, int]]:
    """Per category: how many planted values were found, of how many; a value planted twice in one file counts once."""
    counts: dict[str, list[int]] = {}
    for checked in results:
        for category, value in dict.fromkeys((planted.category, planted.value) for planted in checked.made.findings):
            planted = next(p for p in checked.made.findings if (p.category, p.value) == (category, value))
            row = counts.setdefault(category, [0, 0])
            row[0] += found(planted, checked, digest)
            row[1] += 1
    return {category: (row[0], row[1]) for category, row in sorted(counts.items())}


def hazards(results: Iterable[Checked]) -> dict[str, tuple[int, int]]:
    """Per hazard kind: in how many of the files that have it was it reported."""
    counts: dict[str, list[int]] = {}
    for checked in results:
        said = {hazard.kind.value for hazard in checked.inspection.hazards}
        for kind in checked.made.hazards:
            row = counts.setdefault(kind, [0, 0])
            row[0] += bool(said & {kind, *_ALIKE.get(kind, ())})
            row[1] += 1
    return {kind: (row[0], row[1]) for kind, row in sorted(counts.items())}


def unread(results: Iterable[Checked]) -> dict[str, tuple[int, int]]:
    """Per reason: how many of the files that cannot be read were reported as such, for the right reason."""
    counts: dict[str, list[int]] = {}
    for checked in results:
        said = {part.reason.value for part in checked.inspection.unread}
        for reason in checked.made.unread:
            row = counts.setdefault(reason, [0, 0])
            row[0] += reason in said
            row[1] += 1
    return {reason: (row[0], row[1]) for reason, row in sorted(counts.items())}


def hidden_parts(results: Iterable[Checked], digest: Digest) -> tuple[int, int]:
    """Hidden values that were found and reported as hidden, of all hidden values."""
    right = total = 0
    for checked in results:
        secret = tuple(finding for finding in checked.inspection.findings if finding.hidden)
        for planted in checked.made.findings:
            if planted.hidden:
                total += 1
                right += any(fits(finding, planted, checked.made, digest) for finding in secret)
    return right, total


def false_findings(results: Iterable[Checked], digest: Digest) -> tuple[Counter[str], int]:
    """False findings on clean files by category, and the pages of those files."""
    wrong: Counter[str] = Counter()
    pages = 0
    for checked in results:
        if checked.made.clean:
            pages += checked.made.pages
            wrong.update(f.category.value for f in checked.inspection.findings if not is_right(f, checked.made, digest))
    return wrong, pages


def calibration(results: Iterable[Checked], digest: Digest) -> list[tuple[float, int, int]]:
    """Per tenth of confidence: its lower end, the findings in it, and how many of them were right."""
    buckets: dict[int, list[int]] = {}
    for checked in results:
        for finding in checked.inspection.findings:
            row = buckets.setdefault(min(9, int(finding.confidence * 10 + 1e-9)), [0, 0])
            row[0] += 1
            row[1] += is_right(finding, checked.made, digest)
    return [(bucket / 10, row[0], row[1]) for bucket, row in sorted(buckets.items())]


def misses(results: Iterable[Checked], digest: Digest) -> list[tuple[str, str, str]]:
    """File, what was not found, and its place: planted values, hazards and unread reasons; no value."""
    rows = []
    for one in results:
        rows += [(one.made.file, p.category, p.place) for p in one.made.findings if not found(p, one, digest)]
        said = {hazard.kind.value for hazard in one.inspection.hazards}
        rows += [(one.made.file, kind, "file") for kind in one.made.hazards if not said & {kind, *_ALIKE.get(kind, ())}]
        reasons = {part.reason.value for part in one.inspection.unread}
        rows += [(one.made.file, reason, "file") for reason in one.made.unread if reason not in reasons]
    return rows


def wrong_on_clean(results: Iterable[Checked], digest: Digest) -> list[tuple[str, str, str]]:
    """File, category and place of what was found in clean files and is not there."""
    return [
        (one.made.file, finding.category.value, finding.place)
        for one in results
        if one.made.clean
        for finding in one.inspection.findings
        if not is_right(finding, one.made, digest)
    ]
