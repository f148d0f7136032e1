"""The log: ours as JSON without content, other libraries' warnings without what they would quote."""

import logging
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

import structlog

QUOTES_CONTENT = (
    "slack_bolt",
    "slack_sdk",
    "botbuilder",
    "botframework",
    "aiohttp",
    "asyncio",
    "uvicorn",
    "msal",
    "msrest",
)
"""Loggers whose messages may hold what a person typed, or an answer of a chat platform that repeats it."""


def where(error: BaseException) -> str:
    """File and line of the innermost frames; never the message, which can hold what a person typed."""
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-3:])


class WithoutContent(logging.Formatter):
    """Says that something went wrong in another library, and where, but not in its words."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            return f"{record.levelname} {record.name}: {type(error).__name__} at {where(error)}"
        if record.name.startswith(QUOTES_CONTENT):
            return f"{record.levelname} {record.name}: {Path(record.pathname).name}:{record.lineno}"
        return super().format(record)


def configure_logs(level: str, to: TextIO) -> None:
    """Write log lines as JSON; warnings of other libraries too, without their debug lines and their content."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(to),
    )
    handler = logging.StreamHandler(to)
    handler.setFormatter(WithoutContent("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
