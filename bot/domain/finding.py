"""What a check finds in a file: findings, hazards, unread parts, and the two reports built of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.citation import Citation
from bot.domain.verdict import Verdict


class Category(StrEnum):
    """The kinds of personal data a check reports (DESIGN section 2)."""

    PERSON_NAME = "person_name"
    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    VEHICLE_REGISTRATION = "vehicle_registration"
    BANK_ACCOUNT = "bank_account"
    PAYMENT_CARD = "payment_card"
    PNC_ID = "pnc_id"
    CRO_NUMBER = "cro_number"
    CASE_URN = "case_urn"
    ASN = "asn"
    PRISON_NUMBER = "prison_number"
    CRIMINAL_RECORD = "criminal_record"
    HEALTH = "health"
    SEXUAL_OFFENCE = "sexual_offence"
    CHILD = "child"
    SPECIAL_CATEGORY = "special_category"
    IP_OR_DEVICE = "ip_or_device"
    GPS_LOCATION = "gps_location"
    CREDENTIAL_SECRET = "credential_secret"


class Role(StrEnum):
    """Whose data it is, as far as the document shows."""

    DEFENDANT = "defendant"
    VICTIM = "victim"
    WITNESS = "witness"
    CALLER = "caller"
    OFFICER = "officer"
    PROFESSIONAL = "professional"
    CHILD = "child"
    UNKNOWN = "unknown"


class HazardKind(StrEnum):
    """Something wrong with the file itself (DESIGN section 2)."""

    FAILED_REDACTION = "failed_redaction"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    SPEAKER_NOTES = "speaker_notes"
    CACHED_DATA = "cached_data"
    EMBEDDED_FILE = "embedded_file"
    CROPPED_IMAGE = "cropped_image"
    METADATA = "metadata"
    EXTERNAL_LINK = "external_link"
    MACRO = "macro"
    MANY_RECIPIENTS = "many_recipients"
    FORWARDED_CHAIN = "forwarded_chain"
    OTHER_CASE = "other_case"
    MIXED_SUBJECTS = "mixed_subjects"
    TEMPLATE_PLACEHOLDER = "template_placeholder"
    MISLABELLED_TYPE = "mislabelled_type"
    PROTECTED = "protected"


class UnreadReason(StrEnum):
    """Why a part could not be checked."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    TIMED_OUT = "timed_out"
    LOW_CONFIDENCE = "low_confidence"


@dataclass(frozen=True)
class Finding:
    """Personal data found at one place; the value itself is never kept, only its mask and a keyed digest."""

    category: Category
    place: str
    """A place a person can go to: "page 2", "sheet Data, C14", "header", "photo"."""
    masked: str
    """At most the last two characters of the value in clear; capital initials for names."""
    count: int = 1
    confidence: float = 0.5
    """0 to 1, calibrated on the evaluation set: of findings at 0.9, nine in ten are right."""
    hidden: bool = False
    """True when a reader of the file would not see it without looking for it."""
    role: Role = Role.UNKNOWN
    about: str = ""
    """A short stable label of the person within one file, e.g. "person 2"; empty when not linked to anyone."""
    digest: str = field(default="", repr=False)
    """HMAC of category and normalised value under the site's key, for the allow-list and comparisons; never printed."""


@dataclass(frozen=True)
class Hazard:
    """Something wrong with the file itself."""

    kind: HazardKind
    place: str
    detail: str
    """One sentence for the user that names no value."""
    count: int = 1


@dataclass(frozen=True)
class Unread:
    """A part that could not be checked; never shown as clean."""

    place: str
    reason: UnreadReason
    detail: str


@dataclass(frozen=True)
class Identity:
    """What tells one person of a file from another when files are compared: keyed digests, never a value."""

    about: str
    """The label that the person's findings carry; an alias carries the label of the person whose it is."""
    masked: str
    """Initials."""
    place: str
    accused: bool = False
    """Whether the file names them as the one the case is against ("R v …", "Defendant: …")."""
    recorded: bool = False
    """Whether a convictions print in the file is theirs."""
    addressed: bool = False
    """Whether the letter is written to them."""
    names: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Each word of the name in the spellings of `bot.scan.keyed`; empty for someone unnamed ("and others")."""
    births: tuple[str, ...] = field(default=(), repr=False)
    pnc_ids: tuple[str, ...] = field(default=(), repr=False)
    cro_numbers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Inspection:
    """What one file holds, before any rule is applied to it."""

    name: str
    media_type: str
    size: int
    """Bytes."""
    sha256: str
    inspected: str
    """"full" when every part was read, "partial", or "none"."""
    findings: tuple[Finding, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    unread: tuple[Unread, ...] = ()
    case_refs: tuple[str, ...] = ()
    """Case URNs, normalised to eleven characters without slashes; references, not people."""
    linked_refs: tuple[str, ...] = ()
    """Those of the references that the file itself calls linked cases."""
    materials: tuple[str, ...] = ()
    """What kind of document it looks like, in words of the vocabulary (witness_statement, medical_records …)."""
    identities: tuple[Identity, ...] = ()
    """The people of the file as they are compared with other files and with the case the sender named."""
    rows: int = 0
    """Filled rows of the largest table, hidden ones too; 0 when there is no table."""
    seconds: float = 0.0


@dataclass(frozen=True)
class FileReport:
    """An inspection with the verdict the guidance gives it."""

    inspection: Inspection
    verdict: Verdict
    because: tuple[str, ...] = ()
    """What was found and what the guidance answers to it, most serious first."""
    citations: tuple[Citation, ...] = ()
    """The row behind every reason."""
    conditions: tuple[str, ...] = ()
    """What has to be so before it goes."""
