"""Cards as the parts of the product make them, with fixed values, for what is shown on each platform."""

from bot.domain.card import Button, Card, CardKind, Style

BREACH = Card(
    CardKind.BREACH,
    "It has already gone: breach BR-PLVL-9PLM",
    ("This happens to careful people. What counts is the next hour. Do these in order:",),
    (("Who knows", "the lead has been alerted just now"), ("72 hours", "until 05:35 on Wednesday 25 November 2026")),
    ("Ring whoever has it.", "Tell your manager and the information lead now.", "Delete none of your own evidence."),
    (
        Button("breach.step", "Tick off what is done", "BR-1", Style.PRIMARY, opens_form=True),
        Button("breach.aware", "I knew earlier", "BR-1", opens_form=True),
    ),
)
TRIAGE = Card(
    CardKind.REPORT,
    "A near miss was reported",
    ("I nearly sent [name]'s statement, [phone], of another case to the defence because the names are alike",),
    (("Report", "NM-MR2Y-AT49"), ("Kind", "Material from another case"), ("Did it go?", "Stopped in time")),
    buttons=(
        Button("report.acknowledge", "Acknowledge", "NM-1", Style.PRIMARY),
        Button("report.ask_back", "Ask back", "NM-1", opens_form=True),
        Button("report.group", "Group with similar ones", "NM-1", opens_form=True),
        Button("report.decide", "Decide and answer", "NM-1", opens_form=True),
        Button("report.lesson", "Record a lesson", "NM-1", opens_form=True),
    ),
)
DISPATCH = Card(
    CardKind.DISPATCH,
    "Dispatch DP-A35M-XW5C: not gone yet",
    ("Give the receiver this code by phone: DP-A35M-XW5C.",),
    (("What", "three discs"), ("By", "courier"), ("Expected", "15:00 on Wednesday 25 November 2026")),
    buttons=(
        Button("dispatch.sent", "It has left", "DP-1"),
        Button("dispatch.received", "Received", "DP-1", Style.PRIMARY),
        Button("dispatch.delay", "It comes later", "DP-1", opens_form=True),
        Button("dispatch.lost", "Lost", "DP-1", Style.DANGER, opens_form=True),
        Button("dispatch.drop", "It will not go", "DP-1"),
        Button("dispatch.note", "Add a note", "DP-1", opens_form=True),
    ),
)
DIGEST = Card(
    CardKind.DIGEST,
    "Near misses in the week to 20 November",
    ("Eleven reports, three more than the week before. Seven were caught by a check.",),
    (("Most often", "Material from another case"), ("What changed", "The bundle template shows the case number")),
)
RECEIPT = Card(
    CardKind.REPORT,
    "Your report is in",
    ("Thank you. With your code you can add to it and read the answer.",),
    (("Report", "NM-MR2Y-AT49"), ("Answer by", "Friday 27 November")),
    buttons=(Button("report.talk", "Write to the team", "NM-1", opens_form=True),),
)
