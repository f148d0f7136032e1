"""What the app says in Teams of its own accord: fixed words in one place."""

from bot.domain.card import Button, Card, CardKind, Style

OUTSIDERS_LISTEN = (
    "I stay silent in that conversation, because people from outside this organisation can read it. "
    "Ask me here instead: what is it, to whom does it go, and how?"
)
ANSWERED_PRIVATELY = "I have answered you in our own chat, because this is about a person."
FILES_HERE = (
    "Files that are attached here do not reach me, and nobody else should see what I find in them. "
    "Open our own chat and attach the file there; your question comes along."
)
OPEN_CHAT = "Open our chat"
NO_CHAT_YET = (
    "This is about a person, so I answer it in private alone, and there is no chat of our own yet. Open it and ask "
    "there; if it does not open, ask your administrator to install the app for you."
)
CHECKING = "Checking your file…"
READING = "Reading the guidance…"
INTERRUPTED = (
    "I was interrupted while I worked on this. If a card above still says that I am reading or checking, this is its "
    "answer."
)
COPYING = "Making the copy…"
FILE_GONE = "The file is no longer there to be copied. Attach it again, and press the button under the new answer."
DECLINED = "The copy was not kept, and nothing was sent anywhere."
DELIVERED = "The copy is in your OneDrive."
SENT_ALREADY = (
    "This was sent already, and it was not sent a second time. If you see nothing of it, open the form again."
)
NOTHING_SENT = "Nothing was sent yet; what you wrote is still here."
BROKEN = "Something went wrong on our side. Please send it again in a minute."
LATE = "Here is what took longer."
IN_CHAT_TOO = "The whole answer stands in your chat with me: go on there."
NOT_ALL = "This is the beginning of a longer answer. Ask in the chat with the app to see all of it."
TAKES_LONGER = "This takes a little longer. What comes of it will be in your chat with me."
THANKS = "Thank you. That helps to improve the guidance."
HEARD = "On its way."
ASK_SOMETHING = "What is it, to whom does it go, and how?"
NO_WORDS = "There are no words in that message. To have a file checked, attach it in your chat with me."
HELP_LINES = (
    "Ask in your own words: “Can I email the witness statement to the defence?” I answer with a verdict and the exact "
    "words of the guidance.",
    "Attach files in this chat to have them checked before they leave: whose personal data is in them, what is hidden, "
    "redactions that do not redact, material of another case. Files are forgotten after the check.",
    "Tell me what nearly went wrong, and I log a near miss: under a minute, anonymous if you like.",
)
PRIVACY_LINE = (
    "What you type is scrubbed of personal data before anything of it is stored. Nobody is ranked. In channels I "
    "answer when I am mentioned, and stay silent where people from outside can read."
)
TEAM_LINES = (
    "Mention me with a question, and I answer in the thread with a verdict and the exact words of the guidance.",
    "Files are checked in a chat with me alone. Where people from outside this organisation can read, I stay silent.",
)
PROMPTS = (
    ("Can I email this?", "Can I email a witness statement to the defence solicitor?"),
    ("Social services ask", "Social services want the medical notes of a victim. May they have them?"),
    ("Sending discs", "I am sending three interview discs by courier. What must I do?"),
    ("It went wrong", "I think I sent a document to the wrong person. What now?"),
)
HOME = (
    Button("report.new", "Log a near miss", style=Style.PRIMARY, opens_form=True),
    Button("report.read", "Read an answer by receipt", opens_form=True),
)
"""What can be done without asking first."""


def help_card() -> Card:
    """How to use it, in a chat with one person."""
    return Card(CardKind.NOTE, "Can I send this?", (*HELP_LINES, PRIVACY_LINE), buttons=HOME)


def team_card() -> Card:
    """How to use it, in a team or a group chat."""
    return Card(CardKind.NOTE, "Can I send this?", TEAM_LINES)


def note(text: str) -> Card:
    """Something that went wrong, or was done."""
    return Card(CardKind.NOTE, "Can I send this?", (text,))
