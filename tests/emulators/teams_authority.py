"""The authority that gives an app its token, over TLS with a certificate authority of its own."""

import ipaddress
import os
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.emulators.listening import Listener

TRUSTED = "REQUESTS_CA_BUNDLE"


class Authority:
    """Serves `/adfs`, the one kind of authority that the SDK asks without asking Microsoft first."""

    token = "token-from-the-authority"

    def __init__(self) -> None:
        self.asked = 0
        self.url = ""
        self._folder = tempfile.TemporaryDirectory()
        self._listener = Listener()
        self._before = os.environ.get(TRUSTED)

    def __enter__(self) -> "Authority":
        chain, trusted = _certificates(Path(self._folder.name))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        self.url = f"{self._listener.start(self._add_routes, context)}/adfs"
        os.environ[TRUSTED] = str(trusted)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            os.environ.pop(TRUSTED, None)
        else:
            os.environ[TRUSTED] = self._before
        self._listener.stop()
        self._folder.cleanup()

    def _add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/adfs/.well-known/openid-configuration", self._metadata)
        router.add_post("/adfs/oauth2/token", self._token)

    async def _metadata(self, _: web.Request) -> web.Response:
        return _last(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/oauth2/authorize",
                "token_endpoint": f"{self.url}/oauth2/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked += 1
        if form.get("grant_type") != "client_credentials" or not form.get("client_secret"):
            return web.json_response({"error": "invalid_client"}, status=401)
        return _last({"access_token": self.token, "token_type": "Bearer", "expires_in": 3600})


def _last(body: dict[str, object]) -> web.Response:
    """An answer after which the connection is closed, so that none is left open at the end."""
    answer = web.json_response(body)
    answer.force_close()
    return answer


def _certificates(folder: Path) -> tuple[Path, Path]:
    """A key with its certificate for the loopback address, and the certificate that vouches for it."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests of Teams")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    root = _builder(root_name, root_name, root_key).add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    root_made = root.add_extension(usage, True).sign(root_key, hashes.SHA256())
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = _builder(name, root_name, key).add_extension(alternative, False).sign(root_key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    chain, trusted = folder / "chain.pem", folder / "trusted.pem"
    chain.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    trusted.write_bytes(root_made.public_bytes(serialization.Encoding.PEM))
    return chain, trusted


def _builder(name: x509.Name, by: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
