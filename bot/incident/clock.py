"""The 72 hours: plain elapsed hours from awareness, through nights, weekends and clock changes.

UK GDPR art 33(1) and DPA 2018 s.67(1): without undue delay and, where feasible, not later than 72 hours after becoming
aware. Later is not too late, but needs reasons (art 33(1), s.67(3)).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.incident import Incident

REMINDERS = (24, 48, 60, 70, 72)
"""Hours after awareness at which the lead is reminded while nothing is decided; at 72 they are over."""

LAW = "UK GDPR article 33 and Data Protection Act 2018 section 67: 72 hours from when the organisation became aware"


def left(incident: Incident, now: datetime) -> timedelta:
    """How much of the 72 hours is left; negative when they are over."""
    return incident.due - now


def left_words(incident: Incident, now: datetime) -> str:
    """How much is left, such as "23 hours left", "40 minutes left" or "over by 2 hours"."""
    minutes = int(left(incident, now).total_seconds() // 60)
    number, unit = (abs(minutes) // 60, "hour") if abs(minutes) >= 60 else (abs(minutes), "minute")
    amount = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{amount} left" if minutes >= 0 else f"over by {amount}"


def alarm_key(incident: str, hours: int) -> str:
    """The key of one reminder."""
    return f"breach:{incident}:{hours}"


def hours_of(key: str) -> int:
    """Which reminder a key is for."""
    return int(key.rpartition(":")[2])


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment for people: 17:55 on Wednesday 4 March 2026."""
    here = moment.astimezone(zone)
    return f"{here:%H:%M} on {here:%A} {here.day} {here:%B %Y}"
