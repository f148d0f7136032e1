"""What the app says in Slack of its own accord: fixed words in one place."""

from bot.domain.card import Card, CardKind

OUTSIDERS_LISTEN = (
    "I stay silent in that channel, because people from outside this organisation can read it, or because it has "
    "so many members that I cannot tell. "
    "Ask me here instead: what is it, to whom does it go, and how?"
)
ANSWERED_PRIVATELY = "I have answered you in a direct message, because this is about a file or a person."
ASKED_IN_A_CHANNEL = "You asked me in a channel. Here nobody else reads the answer; go on in this thread."
OFFER = "I can check that file privately: only you will see what I find."
NOTHING_SAID = "Type a question, or attach a file to check."
CHECKING = "is checking your file…"
READING = "is reading the guidance…"
STILL_WORKING = (
    "This takes a moment longer than usual. It goes on: leave this open, or close it and look in your messages."
)
LATE_ERROR = "Nothing was kept. Please look at this again:"
BROKEN = "That did not work, and nothing was kept. Please try again in a minute."
NO_FILES = "There is no file in that message. I have looked at its words instead."
HELP_LINES = (
    "Ask in your own words: “Can I email the witness statement to the defence?” I answer with a verdict and the exact "
    "words of the guidance.",
    "Attach files to have them checked before they leave: whose personal data is in them, what is hidden, redactions "
    "that do not redact, material of another case. Files are forgotten after the check.",
    "Tell me what nearly went wrong, and I log a near miss: under a minute, anonymous if you like.",
)
COMMAND_LINES = (
    "`/cansend QUESTION` answers only to you.",
    "`/cansend check` opens a private form for files. `/cansend report` logs a near miss. `/cansend help` shows this.",
)
PRIVACY_LINES = (
    "Files live in memory for the length of one check. What you type is scrubbed of personal data before anything of "
    "it is stored, and questions are answered from facts such as “witness statement, to the defence, by email”.",
    "An anonymous report keeps no user, channel or exact time. Nobody is ranked.",
)
PROMPTS = (
    ("Can I email this?", "Can I email a witness statement to the defence solicitor?"),
    ("Social services ask", "Social services want the medical notes of a victim. May they have them?"),
    ("Sending discs", "I am sending three interview discs by courier. What must I do?"),
    ("Something went wrong", "I think I sent a document to the wrong person. What now?"),
)


def help_card() -> Card:
    """How to use it."""
    return Card(CardKind.NOTE, "Can I send this?", (*HELP_LINES, *COMMAND_LINES))
