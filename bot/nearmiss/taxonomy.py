"""The fixed words of reports: kinds with the inspectorate's and the regulator's categories, stages, factors, ways."""

from bot.domain.nearmiss import Decision, Factor, NearMissKind, Stage, Status, Stopped, Way

KIND_WORDS = {
    NearMissKind.WRONG_RECIPIENT: "Going to the wrong person",
    NearMissKind.WRONG_CASE_MATERIAL: "Material from another case",
    NearMissKind.UNREDACTED_PERSONAL_DATA: "Personal details not taken out",
    NearMissKind.FAILED_REDACTION: "A redaction that did not work",
    NearMissKind.HIDDEN_DATA: "Hidden data in a file",
    NearMissKind.WRONG_CONVICTIONS: "Wrong previous convictions",
    NearMissKind.PHYSICAL_MEDIA_OR_PAPER: "Papers, discs or USB sticks",
    NearMissKind.LOST_OR_STOLEN: "Lost or stolen",
    NearMissKind.CHANNEL_MISUSE: "Going by the wrong route",
    NearMissKind.MISADDRESSED_LETTER: "A wrongly addressed letter",
    NearMissKind.ACCESS_OR_PERMISSIONS: "Access that somebody should not have",
    NearMissKind.OTHER: "Something else",
}

INSPECTORATE = {
    NearMissKind.WRONG_RECIPIENT: "Unauthorised disclosure: sent to the wrong recipient",
    NearMissKind.WRONG_CASE_MATERIAL: "Unauthorised disclosure: material of another case",
    NearMissKind.UNREDACTED_PERSONAL_DATA: "Unauthorised disclosure: personal details left in",
    NearMissKind.FAILED_REDACTION: "Unauthorised disclosure: redaction failed",
    NearMissKind.HIDDEN_DATA: "Unauthorised disclosure: personal details left in",
    NearMissKind.WRONG_CONVICTIONS: "Unauthorised disclosure: wrong previous convictions",
    NearMissKind.PHYSICAL_MEDIA_OR_PAPER: "Loss of electronic media or paper",
    NearMissKind.LOST_OR_STOLEN: "Loss of electronic media, paper or devices",
    NearMissKind.CHANNEL_MISUSE: "Unauthorised disclosure: insecure route",
    NearMissKind.MISADDRESSED_LETTER: "Unauthorised disclosure: letter",
    NearMissKind.ACCESS_OR_PERMISSIONS: "Unauthorised access",
    NearMissKind.OTHER: "Other",
}
"""As breaches are sorted in the inspection of 2020 and the service's yearly report (facts part 1.1)."""

REGULATOR = {
    NearMissKind.WRONG_RECIPIENT: "Data emailed to incorrect recipient",
    NearMissKind.WRONG_CASE_MATERIAL: "Other non-cyber incident",
    NearMissKind.UNREDACTED_PERSONAL_DATA: "Failure to redact",
    NearMissKind.FAILED_REDACTION: "Failure to redact",
    NearMissKind.HIDDEN_DATA: "Failure to redact",
    NearMissKind.WRONG_CONVICTIONS: "Other non-cyber incident",
    NearMissKind.PHYSICAL_MEDIA_OR_PAPER: "Loss/theft of paperwork or data left in insecure location",
    NearMissKind.LOST_OR_STOLEN: "Loss/theft of device containing personal data, or of paperwork",
    NearMissKind.CHANNEL_MISUSE: "Other non-cyber incident",
    NearMissKind.MISADDRESSED_LETTER: "Data posted or faxed to incorrect recipient",
    NearMissKind.ACCESS_OR_PERMISSIONS: "Unauthorised access",
    NearMissKind.OTHER: "Other non-cyber incident",
}
"""The incident types of the regulator's published security-incident trends (facts part 1.4)."""

WAY_WORDS = {
    Way.NAMED: "With my name: the information team sees it and can ring me",
    Way.CONFIDENTIAL: "Confidential: only the information team can reach me, through the bot",
    Way.ANONYMOUS: "Anonymous: nothing about me is kept; I get a code to read the answer with",
}
STAGE_WORDS = {
    Stage.ARRIVED: "When it came in",
    Stage.WRITING: "While writing or putting it together",
    Stage.CHECKING: "At a check before it went",
    Stage.SENDING: "With the finger on Send",
    Stage.AFTER: "After it had left the desk",
}
STOPPED_WORDS = {
    Stopped.MYSELF: "I noticed",
    Stopped.COLLEAGUE: "A colleague noticed",
    Stopped.CHECK: "This assistant's check",
    Stopped.SYSTEM: "Another system stopped it",
    Stopped.RECIPIENT: "The recipient said so",
    Stopped.CHANCE: "Luck",
}
FACTOR_WORDS = {
    Factor.TIME_PRESSURE: "Time pressure",
    Factor.SIMILAR_NAMES: "Similar names",
    Factor.AUTOCOMPLETE: "An address that filled itself in",
    Factor.ARRIVED_UNREDACTED: "Material arrived unredacted",
    Factor.TEMPLATE: "A template or an old document",
    Factor.HIDDEN_DATA: "Data that cannot be seen on screen",
    Factor.INTERRUPTED: "Interrupted, or several things at once",
    Factor.UNCLEAR_GUIDANCE: "The guidance is unclear or hard to find",
    Factor.SYSTEM_FAULT: "A system misbehaved",
    Factor.NEW_TASK: "New to the task",
}
WAITED_WORDS = {"0": "Today", "1": "Yesterday", "4": "Earlier this week", "14": "Longer ago"}
"""Days between a near miss and its report, as near as anybody remembers."""
STATUS_WORDS = {
    Status.NEW: "new",
    Status.ACKNOWLEDGED: "being looked at",
    Status.ASKED: "a question was asked",
    Status.DECIDED: "answered",
}
DECISION_WORDS = {
    Decision.CHANGE: "Something will change because of it",
    Decision.SHARE: "It will be shared as a lesson",
    Decision.KNOWN: "It is known, and a change is on its way",
    Decision.NO_CHANGE: "Nothing needs to change; it is kept and counted",
    Decision.BREACH: "It is handled as a breach",
}


def kind_words(kind: str) -> str:
    """A kind as said to people."""
    return KIND_WORDS[NearMissKind(kind)]


def plain(term: str) -> str:
    """A term of the vocabulary as said to people: "witness_statement" is "witness statement"."""
    return term.replace("_", " ")
