"""The longer words of the web chat, as headings and choices; the short ones are in `bot.domain.words`."""

from bot.domain.copy import CopyKind
from bot.domain.finding import Category, HazardKind, UnreadReason

CATEGORIES = {
    Category.PERSON_NAME: "Names of people",
    Category.DATE_OF_BIRTH: "Dates of birth",
    Category.ADDRESS: "Addresses",
    Category.POSTCODE: "Postcodes",
    Category.PHONE: "Phone numbers",
    Category.EMAIL: "Email addresses",
    Category.NHS_NUMBER: "NHS numbers",
    Category.NI_NUMBER: "National Insurance numbers",
    Category.PASSPORT: "Passport numbers",
    Category.DRIVING_LICENCE: "Driving licence numbers",
    Category.VEHICLE_REGISTRATION: "Vehicle registrations",
    Category.BANK_ACCOUNT: "Bank details",
    Category.PAYMENT_CARD: "Payment cards",
    Category.PNC_ID: "PNC IDs",
    Category.CRO_NUMBER: "CRO numbers",
    Category.CASE_URN: "Case numbers (URN)",
    Category.ASN: "Arrest or summons numbers",
    Category.PRISON_NUMBER: "Prison numbers",
    Category.CRIMINAL_RECORD: "Criminal records",
    Category.HEALTH: "Health information",
    Category.SEXUAL_OFFENCE: "Details of a sexual offence",
    Category.CHILD: "Details about a child",
    Category.SPECIAL_CATEGORY: "Other sensitive information",
    Category.IP_OR_DEVICE: "IP addresses or device numbers",
    Category.GPS_LOCATION: "Locations",
    Category.CREDENTIAL_SECRET: "Passwords or keys",
}

HAZARDS = {
    HazardKind.FAILED_REDACTION: "Redaction that doesn’t hide the text",
    HazardKind.HIDDEN_TEXT: "Hidden text",
    HazardKind.HIDDEN_SHEET: "Hidden sheet",
    HazardKind.HIDDEN_CELLS: "Hidden rows or columns",
    HazardKind.TRACKED_CHANGES: "Tracked changes",
    HazardKind.COMMENTS: "Comments",
    HazardKind.SPEAKER_NOTES: "Speaker notes",
    HazardKind.CACHED_DATA: "Data kept behind a chart or table",
    HazardKind.EMBEDDED_FILE: "A file inside the file",
    HazardKind.CROPPED_IMAGE: "Cropped picture that keeps the rest",
    HazardKind.METADATA: "Information about the file’s author or origin",
    HazardKind.EXTERNAL_LINK: "Link to an outside source",
    HazardKind.MACRO: "Macros",
    HazardKind.MANY_RECIPIENTS: "Many recipients who can see each other",
    HazardKind.FORWARDED_CHAIN: "Earlier emails underneath",
    HazardKind.OTHER_CASE: "Material of another case",
    HazardKind.MIXED_SUBJECTS: "Records of different people together",
    HazardKind.TEMPLATE_PLACEHOLDER: "Template text that was not filled in",
    HazardKind.MISLABELLED_TYPE: "Not the type of file its name says",
    HazardKind.PROTECTED: "Protected file",
}

UNREAD_REASONS = {
    UnreadReason.ENCRYPTED: "It is locked with a password.",
    UnreadReason.CORRUPT: "It is damaged.",
    UnreadReason.TOO_LARGE: "It is too large.",
    UnreadReason.UNSUPPORTED: "This kind of file can’t be read here.",
    UnreadReason.TIMED_OUT: "It took too long.",
    UnreadReason.LOW_CONFIDENCE: "It could not be read clearly enough.",
}

# The people case workers send to most, offered when a file is sent without a question; terms of the vocabulary.
RECIPIENTS = (
    ("defence", "The defence"),
    ("self_represented_defendant", "A defendant without a lawyer"),
    ("court", "The court"),
    ("police", "The police"),
    ("counsel", "Prosecution counsel"),
    ("victim", "The victim"),
    ("witness", "A witness"),
    ("expert", "An expert"),
    ("interpreter", "An interpreter"),
    ("probation", "Probation or prison"),
    ("social_services", "Social services or the family court"),
    ("other_agency", "Another public body"),
    ("data_subject", "Someone asking for their own data"),
    ("media", "A journalist"),
    ("supplier", "A supplier"),
    ("colleague", "A colleague on the case"),
)


COPIES = {
    CopyKind.MARKED: "Copy with findings marked",
    CopyKind.REDACTED: "Redacted copy",
    CopyKind.CLEANED: "Cleaned copy",
}


def size(count: int) -> str:
    """A number of bytes as people say it."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= factor:
            return f"{count / factor:.1f}".removesuffix(".0") + f" {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"
