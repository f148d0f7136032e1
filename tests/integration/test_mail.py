"""Mail through a real SMTP server on this machine, which misbehaves when it is told to."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.domain.card import Button, Card, CardKind, Picture
from bot.domain.ports.post import DeliveryError
from bot.platforms.mail.address import MailServer, Security, mail_server
from bot.platforms.mail.courier import MailCourier
from tests.ports import free_port

NOW = datetime(2026, 3, 4, 9, 41, tzinfo=UTC)
PASSWORD = "correct horse battery"
CARD = Card(
    CardKind.BREACH,
    "A statement went to the wrong solicitor <b>today</b>",
    lines=("Ring them now.",),
    details=(("Clock", "72 hours from 09:41"),),
    steps=("Ask for it back", "Tell the lead"),
    buttons=(Button("breach.open", "Open it"), Button("breach.decide", "Decide")),
    picture=Picture(b"\x89PNG\r\n\x1a\nxyz", "Three breaches & two near misses"),
)


@dataclass
class Postmaster:
    """Takes mail, or answers as it is told."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_MAIL(
        self, _s: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, _s: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.answers.get("DATA") == "hang up":
            server.transport.close()
            return "250 nobody hears this"
        if "DATA" not in self.answers:
            message = message_from_bytes(envelope.content or b"", policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append((envelope.rcpt_tos, message))
        return self.answers.get("DATA", "250 OK")

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:
        if self.answers.get("QUIT") == "hang up":
            server.transport.close()
        return "221 Bye"


@pytest.fixture
def postmaster() -> Postmaster:
    return Postmaster()


@pytest.fixture
def port(postmaster: Postmaster) -> Iterator[int]:
    yield from listening(Controller(postmaster, hostname="127.0.0.1", port=free_port()))


def listening(controller: Controller) -> Iterator[int]:
    controller.start()
    yield controller.port
    controller.stop()


def courier(port: int, timeout: float = 5.0, board: str = "", **server: object) -> MailCourier:
    plain = MailServer("127.0.0.1", port, Security.NONE, **server)  # type: ignore[arg-type]
    return MailCourier(plain, "sendcheck@example.org", lambda: NOW, board=board, timeout=timeout)


def test_a_card_arrives_as_text_and_as_html_with_its_picture(port: int, postmaster: Postmaster) -> None:
    courier(port, board="http://127.0.0.1:8080/board").deliver(CARD, "lead@example.org", "breach:b1")
    ((to, message),) = postmaster.taken
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert to == ["lead@example.org"]
    assert message["Subject"] == "Can I Send This? A possible breach: please read this now"
    assert "2. Tell the lead" in text.get_content()
    assert "“Open it”, “Decide” on the board: http://127.0.0.1:8080/board" in text.get_content()
    assert "Three breaches & two near misses" in text.get_content()
    assert "&lt;b&gt;today&lt;/b&gt;" in html.get_content()
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == CARD.picture.png  # type: ignore[union-attr]
    assert f'src="cid:{picture["Content-ID"][1:-1]}" alt="Three breaches &amp; two near misses"' in html.get_content()


def test_the_same_parcel_has_the_same_message_id_and_another_mailbox_another(port: int, postmaster: Postmaster) -> None:
    for to, key in [("a@example.org", "k1"), ("a@example.org", "k1"), ("b@example.org", "k1"), ("a@example.org", "k2")]:
        courier(port).deliver(CARD, to, key)
    ids = [message["Message-ID"] for _, message in postmaster.taken]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(one.endswith("@example.org>") for one in ids)


def test_a_card_says_nothing_of_itself_in_the_subject(port: int, postmaster: Postmaster) -> None:
    for kind in CardKind:
        courier(port).deliver(Card(kind, "NM-7F3K-92QD"), "a@example.org", kind)
    assert len(postmaster.taken) == len(CardKind)
    assert not [message for _, message in postmaster.taken if "NM-7F3K" in message["Subject"]]


@pytest.mark.parametrize(
    "to",
    [
        "lead@example.org\r\nBcc: everyone@example.org",
        "lead@example.org, everyone@example.org",
        "Lead <lead@example.org>",
        "lead@",
        "@example.org",
        "lead",
        "",
        "lead @example.org",
        "lead@example.org\n",
    ],
)
def test_what_is_no_single_address_is_refused_for_good_and_not_repeated(
    to: str, port: int, postmaster: Postmaster
) -> None:
    with pytest.raises(DeliveryError) as caught:
        courier(port).deliver(CARD, to, "k1")
    assert caught.value.permanent
    assert "example" not in str(caught.value) + repr(caught.value.__cause__)
    assert postmaster.taken == []


def test_a_title_with_a_line_break_makes_no_header(port: int, postmaster: Postmaster) -> None:
    courier(port).deliver(Card(CardKind.NOTE, "Hello\r\nBcc: everyone@example.org"), "a@example.org", "k\r\nX: y")
    ((to, message),) = postmaster.taken
    assert to == ["a@example.org"]
    assert message["Bcc"] is None
    assert message["X"] is None


@pytest.mark.parametrize(
    "word, answer, permanent",
    [
        ("RCPT", "550 5.1.1 no such person lead@example.org", True),
        ("RCPT", "450 4.2.1 greylisted", False),
        ("RCPT", "452 4.2.2 mailbox full", False),
        ("MAIL", "530 5.7.0 authentication required", False),
        ("MAIL", "550 5.7.1 not from you", True),
        ("MAIL", "421 4.3.2 shutting down", False),
        ("DATA", "554 5.6.0 refused: lead@example.org", True),
        ("DATA", "451 4.3.0 try again", False),
        ("DATA", "hang up", False),
    ],
)
def test_a_refusal_says_whether_trying_again_can_help(
    word: str, answer: str, permanent: bool, port: int, postmaster: Postmaster
) -> None:
    postmaster.answers[word] = answer
    with pytest.raises(DeliveryError) as caught:
        courier(port).deliver(CARD, "lead@example.org", "k1")
    assert caught.value.permanent is permanent
    assert "lead@" not in str(caught.value) + repr(caught.value.__cause__)


def test_a_server_that_hangs_up_after_taking_the_mail_has_taken_it(port: int, postmaster: Postmaster) -> None:
    postmaster.answers["QUIT"] = "hang up"
    courier(port).deliver(CARD, "lead@example.org", "k1")
    assert len(postmaster.taken) == 1


def test_a_server_that_is_not_there_is_for_later() -> None:
    with pytest.raises(DeliveryError, match="cannot be reached") as caught:
        courier(free_port()).deliver(CARD, "lead@example.org", "k1")
    assert not caught.value.permanent


def test_a_server_that_says_nothing_is_for_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(DeliveryError) as caught:
        courier(silent.getsockname()[1], timeout=0.3).deliver(CARD, "lead@example.org", "k1")
    assert not caught.value.permanent


def _trusted(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side with a certificate of its own, and a client's side that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate, private)
    return server, ssl.create_default_context(cafile=str(certificate))


def _let_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given.login == b"assistant" and given.password == PASSWORD.encode())


# aiosmtpd does not count a connection that is protected from its start as TLS, and warns of it.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_over_tls_with_a_password(security: Security, tmp_path: Path, postmaster: Postmaster) -> None:
    theirs, ours = _trusted(tmp_path)
    tls = {"ssl_context": theirs} if security is Security.TLS else {"tls_context": theirs, "require_starttls": True}
    check = {"authenticator": _let_in, "auth_required": True, "auth_require_tls": security is Security.STARTTLS}
    controller = Controller(postmaster, hostname="127.0.0.1", port=free_port(), **tls, **check)  # type: ignore[arg-type]
    for port in listening(controller):
        address = f"{security}://assistant:{PASSWORD.replace(' ', '%20')}@localhost:{port}"
        sender = "sendcheck@example.org"
        MailCourier(mail_server(address), sender, lambda: NOW, tls=ours).deliver(CARD, "lead@example.org", "k1")
        assert len(postmaster.taken) == 1
        wrong = mail_server(address.replace("correct", "wrong"))
        with pytest.raises(DeliveryError) as caught:
            MailCourier(wrong, sender, lambda: NOW, tls=ours, timeout=2.0).deliver(CARD, "lead@example.org", "k2")
        assert not caught.value.permanent
        with pytest.raises(DeliveryError, match="cannot be reached"):  # a certificate that nobody vouches for
            MailCourier(mail_server(address), sender, lambda: NOW).deliver(CARD, "lead@example.org", "k3")
        assert len(postmaster.taken) == 1


@pytest.mark.parametrize(
    "address, server",
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25, Security.NONE)),
        (
            "smtp+starttls://u:p%40ss@mail.example.org:25",
            MailServer("mail.example.org", 25, Security.STARTTLS, "u", "p@ss"),
        ),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, Security.TLS)),
    ],
)
def test_an_address_of_a_server_is_read(address: str, server: MailServer) -> None:
    assert mail_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://u:hunter2@mail.example.org",
        "smtps://u:hunter2@host:x",
        "smtps:///",
    ],
)
def test_a_wrong_address_of_a_server_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(ValueError, match="smtp") as caught:
        mail_server(address)
    assert "hunter2" not in str(caught.value) + repr(caught.value.__cause__)
    assert PASSWORD not in repr(MailServer("h", 25, Security.TLS, "u", PASSWORD))
