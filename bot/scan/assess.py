"""Gives an inspection its verdict by the rows of the guidance. Pure: the rows that answer questions judge findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.citation import Citation, cite
from bot.domain.finding import Category, FileReport, Finding, Hazard, HazardKind, Inspection, Role, Unread
from bot.domain.verdict import Verdict, strictest
from bot.domain.words import VERDICT_WORDS
from bot.scan.compare import NOBODY, NamedCase
from bot.scan.reasons import finding_words, hazard_words, material_words, unread_words
from knowledge import Case, Document, Match, Rule, Vocabulary, all_matches, prevailing

OUTSIDER = "outside"
"""Who receives a file when nobody is named: someone outside the organisation."""
UNSURE = 0.5
"""Below this confidence a finding is a "possible detail": it asks for a look and does not stop the file."""
MOST_REASONS = 8

_CONTACT = frozenset({Category.ADDRESS, Category.POSTCODE, Category.PHONE, Category.EMAIL})
_IDENTITY = frozenset(
    {
        Category.NHS_NUMBER,
        Category.NI_NUMBER,
        Category.PASSPORT,
        Category.DRIVING_LICENCE,
        Category.VEHICLE_REGISTRATION,
        Category.BANK_ACCOUNT,
        Category.PAYMENT_CARD,
        Category.PNC_ID,
        Category.CRO_NUMBER,
        Category.ASN,
        Category.PRISON_NUMBER,
        Category.IP_OR_DEVICE,
    }
)
_SENSITIVE = {
    Category.HEALTH: "found_health",
    Category.SEXUAL_OFFENCE: "found_sexual_offence",
    Category.CHILD: "found_child",
    Category.SPECIAL_CATEGORY: "found_special_category",
    Category.CRIMINAL_RECORD: "found_criminal_record",
    Category.GPS_LOCATION: "found_location",
    Category.CREDENTIAL_SECRET: "found_password",
}
_HAZARDS = {
    HazardKind.FAILED_REDACTION: "found_failed_redaction",
    HazardKind.OTHER_CASE: "found_other_case",
    HazardKind.MIXED_SUBJECTS: "found_mixed_subjects",
    HazardKind.TEMPLATE_PLACEHOLDER: "found_template_leftovers",
    HazardKind.MANY_RECIPIENTS: "found_many_recipients",
    HazardKind.FORWARDED_CHAIN: "found_forwarded_chain",
    HazardKind.MISLABELLED_TYPE: "found_mislabelled",
    HazardKind.EXTERNAL_LINK: "found_active_content",
    HazardKind.MACRO: "found_active_content",
    HazardKind.METADATA: "found_file_details",
    HazardKind.EMBEDDED_FILE: "found_file_details",
    HazardKind.CROPPED_IMAGE: "found_hidden_content",
    HazardKind.PROTECTED: "found_file_details",
}
_SUBJECT_LINE = "header Subject"
"""The place of a mail's subject, which shows where the mail itself is protected."""
_AT_WORK = frozenset({Role.OFFICER, Role.PROFESSIONAL})
_THEMSELVES = {
    "victim": frozenset({Role.VICTIM}),
    "witness": frozenset({Role.WITNESS, Role.CALLER}),
    "child": frozenset({Role.CHILD}),
}
"""Whose details are a recipient's own."""
_ORDER = (
    *("found_failed_redaction", "found_other_case", "found_several_cases", "found_mixed_subjects"),
    *("found_second_addressee", "found_template_leftovers", "found_hidden_data", "found_password"),
    *("found_contact_details", "found_identity_number", "found_birth_date", "found_location", "file_not_checked"),
)
"""Between reasons of one strictness, what has to be put right first."""


@dataclass(frozen=True)
class Rulebook:
    """The parts of the guidance library that judging needs."""

    rules: Sequence[Rule]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary


@dataclass(frozen=True)
class _Found:
    """One group of things found: the term whose rows judge it, and how it is said."""

    material: str
    said: str


@dataclass(frozen=True)
class _Ruled:
    """What one group comes to."""

    found: _Found
    verdict: Verdict
    matches: tuple[Match, ...]

    @property
    def reason(self) -> str:
        """The line for people: what was found, then what the rows answer."""
        if self.verdict is Verdict.NOT_COVERED:
            return f"{self.found.said}."
        asked = [one.rule.ask_whom for one in self.matches if one.rule.answer == Verdict.ASK and one.rule.ask_whom]
        whom = f" ({asked[0]})" if asked and self.verdict is Verdict.ASK else ""
        return f"{self.found.said}: {VERDICT_WORDS[self.verdict]}{whom}."


def assess(inspection: Inspection, recipients: Sequence[str], book: Rulebook, named: NamedCase = NOBODY) -> FileReport:
    """The verdict on a file for these recipients (terms of the vocabulary; none means an outsider).

    `named` is the case that the sender said it is of; without it, several references in a file are only several.
    """
    ruled: dict[str, _Ruled] = {}
    for recipient in recipients or (OUTSIDER,):
        for found in _found(inspection, recipient, named, book.vocabulary):
            one = _rule(found, recipient, book)
            if found.said not in ruled or one.verdict.strictness > ruled[found.said].verdict.strictness:
                ruled[found.said] = one
    every = sorted(ruled.values(), key=lambda one: (-one.verdict.strictness, _rank(one.found.material)))
    verdict = strictest(one.verdict for one in every)
    if inspection.unread:
        verdict = strictest((verdict, Verdict.ASK))
    told = ([one for one in every if one.verdict not in (Verdict.OK, Verdict.NOT_COVERED)] or every)[:MOST_REASONS]
    return FileReport(
        inspection,
        verdict,
        tuple(one.reason for one in told),
        tuple(_citations(told, book)),
        tuple(_conditions(every)),
    )


def _rank(material: str) -> int:
    return _ORDER.index(material) if material in _ORDER else len(_ORDER)


def _found(inspection: Inspection, recipient: str, named: NamedCase, vocabulary: Vocabulary) -> Iterator[_Found]:
    """Everything that was found, grouped by the term that judges it and by whose it is; clean and unread files too."""
    addressed = frozenset(one.about for one in inspection.identities if one.addressed and one.about)
    groups: dict[tuple[str, Role], list[Finding]] = {}
    for finding in inspection.findings:
        groups.setdefault((_material(finding, recipient, addressed, vocabulary), finding.role), []).append(finding)
    for (material, _), findings in groups.items():
        yield _Found(material, finding_words(findings, material == "found_hidden_data"))
    for hazards in _alike(inspection.hazards):
        yield _Found(_hazard_material(hazards[0], inspection, named), hazard_words(hazards))
    reasons: dict[str, list[Unread]] = {}
    for unread in inspection.unread:
        reasons.setdefault(unread.detail, []).append(unread)
    for several in reasons.values():
        yield _Found("file_not_checked", unread_words(several))
    for material in inspection.materials:
        yield _Found(material, material_words(material, vocabulary))
    if not (inspection.findings or inspection.hazards or inspection.unread):
        yield _Found("file_clean", "Every part was read and nothing was found")


def _alike(hazards: Iterable[Hazard]) -> Iterable[list[Hazard]]:
    groups: dict[tuple[HazardKind, str], list[Hazard]] = {}
    for hazard in hazards:
        groups.setdefault((hazard.kind, hazard.detail), []).append(hazard)
    return groups.values()


def _hazard_material(hazard: Hazard, inspection: Inspection, named: NamedCase) -> str:
    if hazard.kind is HazardKind.OTHER_CASE and not named:
        return "found_several_cases"
    if hazard.kind is HazardKind.MIXED_SUBJECTS and "previous_convictions" not in inspection.materials:
        return "found_second_addressee"
    return _HAZARDS.get(hazard.kind, "found_hidden_content")


def _material(finding: Finding, recipient: str, addressed: frozenset[str], vocabulary: Vocabulary) -> str:
    """The term whose rows judge a finding: by what it is, whose it is, and whether it was hidden."""
    if finding.category is Category.CASE_URN:
        return "found_case_reference"
    if finding.hidden and finding.confidence >= UNSURE:
        return "found_hidden_data"
    if finding.role in _AT_WORK and finding.category in _CONTACT | {Category.PERSON_NAME}:
        return "found_professional_details"
    if finding.category is Category.PERSON_NAME:
        if finding.role is Role.DEFENDANT:
            return "found_defendant_name"
        return "found_name_in_subject" if finding.place.endswith(_SUBJECT_LINE) else "found_names"
    if finding.confidence < UNSURE:
        return "found_possible_detail"
    if finding.category in _CONTACT | {Category.DATE_OF_BIRTH}:
        own = next((roles for term, roles in _THEMSELVES.items() if vocabulary.is_a(recipient, term)), frozenset())
        if finding.role in own or (finding.category in _CONTACT and finding.about in addressed):
            return "found_addressee_details"
    if finding.role is Role.DEFENDANT and finding.category in _CONTACT | _IDENTITY | {Category.DATE_OF_BIRTH}:
        return "found_defendant_details"
    if finding.category in _CONTACT:
        return "found_contact_details"
    if finding.category is Category.DATE_OF_BIRTH:
        return "found_birth_date"
    return _SENSITIVE.get(finding.category, "found_identity_number")


def _rule(found: _Found, recipient: str, book: Rulebook) -> _Ruled:
    """The prevailing rows for one group; a thing no row speaks of asks for a person."""
    case = Case(found.material, recipient)
    full = [
        one for one in all_matches(book.rules, case, book.vocabulary) if not one.missing and one.material is not None
    ]
    kept = tuple(one for one in prevailing(full, book.vocabulary) if one.rule.answer != Verdict.NOT_COVERED)
    if not kept:
        # A kind of paper without a row for this recipient is judged by what is in it; a finding without a row is not.
        silent = Verdict.NOT_COVERED if not found.material.startswith(("found_", "file_")) else Verdict.ASK
        return _Ruled(found, silent, ())
    return _Ruled(found, strictest(Verdict(one.rule.answer) for one in kept), kept)


def _conditions(ruled: Iterable[_Ruled]) -> Iterator[str]:
    """What has to be so before it goes, by the rows that allow it."""
    conditions = (text for one in ruled for match in one.matches for text in match.rule.conditions)
    yield from list(dict.fromkeys(conditions))[:MOST_REASONS]


def _citations(ruled: Iterable[_Ruled], book: Rulebook) -> Iterator[Citation]:
    """The row behind every reason that is told, once."""
    rows = {match.rule.id: match.rule for one in ruled for match in one.matches if match.rule.answer == one.verdict}
    for rule in rows.values():
        yield cite(book.documents[rule.document], rule.section, rule.quote)
