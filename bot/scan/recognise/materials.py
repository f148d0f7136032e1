# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""What kind of document it is, told from form names and headings, in words of the vocabulary."""

import regex

# Surest first; each needs to be seen among the first characters of a part unless it is a form's own furniture.
_SIGNS: tuple[tuple[str, str], ...] = (
    (
        "contact_details",
        r"witness contact details|(?:home address|home telephone)[^\n]*:[\s\S]{0,400}?(?:preferred means of contact|dates? (?:of witness non-availab|to avoid))|dates of witness non-?availab",
    ),
    (
        "witness_statement",
        r"\bMG ?11\b|^\W*(?:witness )?statement\b[\s\S]{0,600}?(?:section 9|s\.? ?9|criminal justice act 1967|true to the best of my knowledge)|true to the best of my knowledge and belief|^\W*witness statement\b",
    ),
    (
        "previous_convictions",
        r"police national computer[\s\S]{0,200}print|print of:? ?disclosure|\bconvictions?\(s\)? ?:|(?:^|\n)\W*(?:previous convictions|antecedents?(?: history)?|antecedents continued)\b[^\n]{0,40}(?:\n|$)|\bdisposal ?:",
    ),
    ("sensitive_schedule", r"\bMG ?6 ?D\b|schedule of (?:relevant )?sensitive|sensitive (?:material|unused) schedule"),
    ("disclosure_report", r"\bMG ?6 ?E\b|disclosure officer'?s report"),
    ("officer_discipline", r"\bMG ?6 ?B\b"),
    (
        "unused_schedule",
        r"\bMG ?6 ?C\b|schedule of (?:relevant )?non-?sensitive|non-?sensitive (?:unused )?(?:material )?schedule",
    ),
    ("case_file_information", r"\bMG ?6\b(?! ?[B-E]\b)"),
    ("case_summary", r"\bMG ?5\b|police report[ /]+case summary|^\W*case summary\b|summary of (?:key )?evidence"),
    (
        "charge_sheet",
        r"\bMG ?4\b|^\W*(?:the )?indictment\b|\bcharge sheet\b|statement of offence\b|written charge|postal requisition",
    ),
    ("special_measures", r"\bMG ?2\b"),
    ("charging_advice", r"\bMG ?3A?\b"),
    ("witness_list", r"\bMG ?9\b|^\W*(?:list of witnesses|witness list)\b"),
    ("witness_availability", r"\bMG ?10\b|(?m:^\W*witness (?:non-?)?availability|^\W*dates to avoid)"),
    ("bad_character", r"\bMG ?16\b|bad character (?:notice|application)"),
    (
        "interview_record",
        r"\bMG ?15\b|record of (?:taped |tape recorded )?interview|^\W*interview (?:transcript|record)|\bROTI\b",
    ),
    (
        "therapy_notes",
        r"(?m:^\W*(?:[\w-]+ )?(?:counselling|therapy|psychotherapy) (?:session )?(?:notes?|records?)\b|^\W*(?:counsellor|therapist) ?:)"
        r"|(?m:^\W*session (?:notes?|record|summary|\d+)\b)[\s\S]{0,500}?\b(?:client|counsell\w+|therap\w+)\b",
    ),
    (
        "medical_records",
        r"patient record|emergency department|discharge summary|\bhosp(?:ital)? ?(?:no|number)\b|\bpresenting complaint\b|triage|\bGP summary\b|(?m:^\W*(?:[\w-]+ )?medical (?:report|records?|notes)\b)|clinic letter|(?m:^\W*(?:[\w'-]+ ){1,3}(?:surgery|medical (?:centre|practice)|health centre|hospital)\W*$)[\s\S]{0,500}?\b(?:treated|prescribed|diagnos\w+|examined|admitted|takes)\b|\bward\b[^\n]{0,20}:|\bNHS (?:no|number)\b[\s\S]{0,200}\b(?:ward|consultant|gp|d\.?o\.?b)",
    ),
    ("victim_personal_statement", r"victim personal statement\s*(?:\n|$)|^\W*(?:VPS|victim impact statement)\b"),
    ("pre_sentence_report", r"pre-?sentence report|\bOASys\b"),
    ("call_recording", r"\b(?:CAD|incident) (?:log|no|number|ref)|999 call|incident log\b|call (?:taker|handler)"),
    ("custody_photo", r"custody (?:image|photograph)"),
    ("risk_assessment", r"\bDASH\b risk|\bMARAC\b"),
    (
        "letter",
        r"(?:^|\n)\s*dear [^\n]{2,40}\n[\s\S]*\byours (?:sincerely|faithfully)|\byours (?:sincerely|faithfully)",
    ),
)
_COMPILED = tuple((term, regex.compile(pattern, regex.I)) for term, pattern in _SIGNS)
# A guidance note or an email names many forms; a document of a kind has one or two, and says so at its top.
_TOP = 700
_ANYWHERE = frozenset({"contact_details", "witness_statement", "previous_convictions", "letter"})
_FORM = regex.compile(r"\bMG ?\d{1,2}[A-E]?\b", regex.I)


def materials_of(texts: list[str]) -> tuple[str, ...]:
    """Terms of the vocabulary for a file's texts, surest first."""
    found: list[str] = []
    for text in texts:
        many_forms = len({str(form).upper().replace(" ", "") for form in _FORM.findall(text)}) > 3
        for term, pattern in _COMPILED:
            window = text[:20_000] if term in _ANYWHERE else text[:_TOP]
            if term not in found and not many_forms and pattern.search(window):
                found.append(term)
    order = [term for term, _ in _COMPILED]
    return tuple(sorted(found, key=order.index))
