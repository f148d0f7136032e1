"""The address of a mail server, as an operator writes it."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
"""Where such a server listens unless said otherwise (RFC 5321, RFC 6409, RFC 8314)."""

HOW_TO_WRITE = "write smtp://host:25, smtp+starttls://user:password@host:587 or smtps://user:password@host:465"


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    security: Security
    user: str = field(repr=False, default="")
    password: str = field(repr=False, default="")


def mail_server(address: str) -> MailServer:
    """The server of an address such as smtp+starttls://user:password@host:587; raises ValueError without quoting it."""
    try:
        parts = urlsplit(address.strip())
        security = Security(parts.scheme)
        port = parts.port or PORTS[security]
    except ValueError:
        # The text of that error can hold the password.
        raise ValueError(HOW_TO_WRITE) from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(HOW_TO_WRITE)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security is Security.NONE:
        raise ValueError("a password is sent over a protected connection only: use smtp+starttls:// or smtps://")
    return MailServer(parts.hostname, port, security, user, password)
