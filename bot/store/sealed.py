"""Seals what must come back whole but must not lie readable in the database: where a person can be written to."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import StoreError

PURPOSE = b"sendcheck sealed rows v1"
"""Keeps this key apart from whatever else is made from the site key (RFC 5869, "info")."""


class Sealer:
    """Authenticated encryption under a key made from the site key: a copied database alone leads to nobody."""

    def __init__(self, site_key: bytes) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(site_key)
        self._fernet = Fernet(urlsafe_b64encode(key))

    def seal(self, content: bytes) -> bytes:
        """The content as a token of letters and digits, each time another one."""
        # A token shows when it was made to anyone, and rows must not tell the order in which they came.
        return self._fernet.encrypt_at_time(content, 0)

    def open(self, token: bytes) -> bytes:
        """What was sealed; raises StoreError when it was sealed under another site key or changed since."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise StoreError(
                "What was sealed cannot be opened: was the site.key in DATA_DIR replaced? Put the earlier one back."
            ) from error
