"""Hands mail to an SMTP server, and says of each refusal whether trying again can help."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage

from bot.domain.card import Card
from bot.domain.ports.post import DeliveryError
from bot.platforms.mail.address import MailServer, Security
from bot.platforms.mail.outgoing import mail

TIMEOUT_SECONDS = 15.0
"""How long the server may take over each word of the conversation."""

CONFIGURATION = frozenset({530, 534, 535, 538})
"""Refusals that say something of how we connect, not of the mail (RFC 4954 section 6): an operator can put it right."""


class MailCourier:
    """The courier of the platform "mail"; a place's id is a mail address."""

    platform = "mail"

    def __init__(
        self,
        server: MailServer,
        sender: str,
        now: Callable[[], datetime],
        *,
        board: str = "",
        timeout: float = TIMEOUT_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`board` is the address that mails name for what cannot be done in a mail; `tls` trusts the server."""
        self._server = server
        self._sender = sender
        self._now = now
        self._board = board
        self._timeout = timeout
        self._tls = tls or ssl.create_default_context()

    def deliver(self, card: Card, place: str, key: str) -> None:
        """Send the card to that address; raises DeliveryError, which names no address."""
        try:
            message = mail(card, place, self._sender, key, self._now(), self._board)
        except ValueError:
            raise DeliveryError("That is not a mail address.", permanent=True) from None
        with self._connection() as connection:
            _hand_in(connection, message)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """A connection that is ready for mail. What goes wrong before the mail is never the mail's fault."""
        connection: smtplib.SMTP | None = None
        try:
            connection = self._connect()
        except smtplib.SMTPResponseException as error:
            raise _later(f"The mail server does not let us in ({error.smtp_code}).") from None
        except (smtplib.SMTPException, OSError) as error:
            # Not chained: texts of servers can name people.
            raise _later(f"The mail server cannot be reached ({type(error).__name__}).") from None
        try:
            yield connection
        finally:
            # The mail is handed in by now, or was refused: how the goodbye goes changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=self._tls
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.security is Security.STARTTLS:
                connection.starttls(context=self._tls)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _hand_in(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _refused(codes[0] if codes else 0) from None
    except smtplib.SMTPNotSupportedError:
        raise DeliveryError("The mail server cannot take an address in that script.", permanent=True) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        raise _later(f"The mail server broke off ({type(error).__name__}).") from None


def _refused(code: int) -> DeliveryError:
    """RFC 5321 section 4.2.1: 4yz may go well later, 5yz will not."""
    permanent = code // 100 == 5 and code not in CONFIGURATION
    return DeliveryError(f"The mail server refused the mail ({code}).", permanent=permanent)


def _later(said: str) -> DeliveryError:
    return DeliveryError(said, permanent=False)
