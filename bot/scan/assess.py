"""Gives an inspection its verdict by the rows of the guidance. Pure: the rows that answer questions judge findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.citation import Citation, cite
from bot.domain.finding import Category, FileReport, Finding, Hazard, HazardKind, Inspection, Role
from bot.domain.verdict import Verdict, strictest
from bot.domain.words import CATEGORY_WORDS, ROLE_WORDS
from knowledge import Case, Document, Match, Rule, Vocabulary, all_matches, prevailing

OUTSIDER = "outside"
"""Who receives a file when nobody is named: someone outside the organisation."""
UNSURE = 0.5
"""Below this confidence a finding is a "possible detail": it asks for a look and does not stop the file."""
_MOST_REASONS = 8
_MOST_CITATIONS = 6

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
_AT_WORK = frozenset({Role.OFFICER, Role.PROFESSIONAL})


@dataclass(frozen=True)
class Rulebook:
    """The parts of the guidance library that judging needs."""

    rules: Sequence[Rule]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary


@dataclass(frozen=True)
class _Ruled:
    """What one thing found comes to."""

    verdict: Verdict
    said: str
    matches: tuple[Match, ...]


def assess(inspection: Inspection, recipients: Sequence[str], case: str | None, book: Rulebook) -> FileReport:
    """The verdict on a file for these recipients (terms of the vocabulary; none means an outsider) and this case URN."""
    inspection = replace(inspection, hazards=inspection.hazards + tuple(_other_case(inspection, case)))
    ruled = [
        _rule(material, said, recipient, book)
        for recipient in (recipients or (OUTSIDER,))
        for material, said in _found(inspection)
    ]
    ruled.sort(key=lambda one: -one.verdict.strictness)
    verdict = strictest(one.verdict for one in ruled)
    if inspection.unread:
        verdict = strictest((verdict, Verdict.ASK))
    told = [one for one in ruled if one.verdict is not Verdict.OK] or ruled
    because = tuple(dict.fromkeys(one.said for one in told))[:_MOST_REASONS]
    return FileReport(inspection, verdict, because, tuple(_citations(told, book))[:_MOST_CITATIONS])


def _found(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """(material of the vocabulary, the reason in words) for everything that was found; clean and unread files too."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in inspection.findings:
        if finding.category is not Category.CASE_URN:
            groups.setdefault((_material(finding), finding.category), []).append(finding)
    for (material, _), findings in groups.items():
        yield material, _finding_words(material, findings)
    for hazard in inspection.hazards:
        yield _HAZARDS.get(hazard.kind, "found_hidden_content"), _hazard_words(hazard)
    for unread in inspection.unread:
        yield "file_not_checked", f"Not checked: {unread.place} — {unread.detail}"
    for material in inspection.materials:
        yield material, "The file looks like {material}."
    if not (inspection.findings or inspection.hazards or inspection.unread or inspection.materials):
        yield "file_clean", "Every part was read and nothing was found."


def _material(finding: Finding) -> str:
    """The term whose rows judge a finding: by what it is, whose it is, and whether it was hidden."""
    if finding.hidden and finding.confidence >= UNSURE:
        return "found_hidden_data"
    if finding.role in _AT_WORK and finding.category in _CONTACT | {Category.PERSON_NAME}:
        return "found_professional_details"
    if finding.category is Category.PERSON_NAME:
        return "found_names"
    if finding.confidence < UNSURE:
        return "found_possible_detail"
    if finding.role is Role.DEFENDANT and finding.category in _CONTACT | _IDENTITY | {Category.DATE_OF_BIRTH}:
        return "found_defendant_details"
    if finding.category in _CONTACT:
        return "found_contact_details"
    if finding.category is Category.DATE_OF_BIRTH:
        return "found_birth_date"
    return _SENSITIVE.get(finding.category, "found_identity_number")


def _finding_words(material: str, findings: Sequence[Finding]) -> str:
    first = findings[0]
    count = sum(finding.count for finding in findings)
    kind = CATEGORY_WORDS[first.category]
    whose = "" if first.role is Role.UNKNOWN else f" of {ROLE_WORDS[first.role]}"
    hidden = "hidden " if material == "found_hidden_data" else ""
    places = list(dict.fromkeys(finding.place for finding in findings if finding.place))
    where = f" ({', '.join(places[:3])}{' and more' if len(places) > 3 else ''})" if places else ""
    return f"{count} × {hidden}{kind}{whose}{where}." if count > 1 else f"{_article(hidden + kind)} {hidden}{kind}{whose}{where}."


def _article(words: str) -> str:
    return "An" if words[:1].lower() in "aeiou" or words.startswith("NHS") else "A"


def _hazard_words(hazard: Hazard) -> str:
    where = f" ({hazard.place})" if hazard.place else ""
    return f"{hazard.detail.rstrip('.')}{where}."


def _rule(material: str, said: str, recipient: str, book: Rulebook) -> _Ruled:
    """The prevailing rows for one thing found; a thing no row speaks of asks for a person."""
    case = Case(material, recipient)
    full = [
        one for one in all_matches(book.rules, case, book.vocabulary) if not one.missing and one.material is not None
    ]
    kept = tuple(one for one in prevailing(full, book.vocabulary) if one.rule.answer != Verdict.NOT_COVERED)
    said = said.replace("{material}", book.vocabulary.say(material))
    if not kept:
        # A kind of paper without a row for this recipient is judged by what is in it; a finding without a row is not.
        silent = Verdict.NOT_COVERED if not material.startswith(("found_", "file_")) else Verdict.ASK
        return _Ruled(silent, said, ())
    return _Ruled(strictest(Verdict(one.rule.answer) for one in kept), said, kept)


def _other_case(inspection: Inspection, case: str | None) -> Iterable[Hazard]:
    """References to another case than the one named, or to several cases in one file."""
    refs = dict.fromkeys(inspection.case_refs)
    if case and (others := [ref for ref in refs if ref != normal_urn(case)]):
        yield Hazard(
            HazardKind.OTHER_CASE, "", f"The file names case {', '.join(others)}, not {normal_urn(case)}", len(others)
        )
    elif not case and len(refs) > 1:
        yield Hazard(HazardKind.OTHER_CASE, "", f"The file names {len(refs)} cases: {', '.join(refs)}", len(refs))


def normal_urn(reference: str) -> str:
    """A case URN without slashes and spaces, in capitals."""
    return "".join(letter for letter in reference.upper() if letter.isalnum())


def _citations(ruled: Iterable[_Ruled], book: Rulebook) -> Iterator[Citation]:
    seen: set[str] = set()
    for one in ruled:
        for row in one.matches:
            if row.rule.id not in seen:
                seen.add(row.rule.id)
                yield cite(book.documents[row.rule.document], row.rule.section, row.rule.quote)
