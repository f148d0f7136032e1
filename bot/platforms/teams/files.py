"""Files from Teams: only from the hosts that Teams uses, within the size limit, no redirect followed elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from bot.domain.message import Attachment
from bot.domain.ports.post import DeliveryError
from bot.errors import SendcheckError
from bot.platforms.teams.incoming import FILE

CHUNK = 256 * 1024
SECONDS = 60.0
MOST_REDIRECTS = 3
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_EXPIRED = frozenset({401, 403, 404, 410})


class FileError(SendcheckError):
    """A file cannot be had; the text says why and what to do, without its name."""


@dataclass(frozen=True)
class Files:
    """Fetches and delivers files."""

    hosts: frozenset[str]
    """Hosts that files come from and copies go to, with those below them."""
    most_bytes: int
    token: Callable[[], str] = field(repr=False)
    """Our token; shown to the connector alone, which keeps pasted pictures."""

    def fetch(self, described: Mapping[str, Any], service: str) -> Attachment:
        """One file of a message; raises FileError."""
        content = described.get("content")
        inside = content if isinstance(content, dict) else {}
        if described.get("contentType") == FILE:
            name = str(described.get("name") or "unnamed file")
            return Attachment(name, self.download(str(inside.get("downloadUrl") or "")))
        address = str(described.get("contentUrl") or "")
        kind = str(described.get("contentType")).partition("/")[2].partition(";")[0]
        name = str(described.get("name") or f"pasted picture.{kind if kind.isalnum() else 'png'}")
        if not _same_host(address, service):
            raise FileError("This picture is kept outside Teams, so it cannot be read here. Attach it as a file.")
        try:
            token = self.token()
        except DeliveryError as error:
            raise FileError("It could not be fetched from Teams. Try again in a minute.") from error
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Attachment(name, self._download(address, headers, lambda to: _same_host(to, service)))

    def download(self, address: str) -> bytes:
        """What is behind a link that Teams gave out; such a link needs no token. Raises FileError."""
        return self._download(address, {}, self.may_be_used)

    def upload(self, address: str, content: bytes) -> None:
        """Put a copy where Teams says that it may be put; raises FileError."""
        if not self.may_be_used(address):
            raise FileError("Teams named a place for the copy that is not on the list of file hosts.")
        headers = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        try:
            answer = httpx.put(address, content=content, headers=headers, timeout=SECONDS, follow_redirects=False)
        except httpx.HTTPError as error:
            raise FileError("The copy could not be delivered. Press the button again.") from error
        if answer.status_code not in (200, 201, 202):
            raise FileError("Teams did not take the copy. Press the button under the answer again.")

    def may_be_used(self, address: str) -> bool:
        """Whether an address is at one of the hosts, over https, or on this machine where that is one of them."""
        split = urlsplit(address)
        host = split.hostname or ""
        listed = any(host == one or host.endswith(f".{one}") for one in self.hosts)
        return listed and (split.scheme == "https" or (split.scheme == "http" and host in LOOPBACK))

    def _download(self, address: str, headers: dict[str, str], allowed: Callable[[str], bool]) -> bytes:
        try:
            with httpx.Client(timeout=SECONDS, follow_redirects=False) as http:
                for _ in range(MOST_REDIRECTS + 1):
                    if not allowed(address):
                        raise FileError("It is kept where this app may not read. Attach the file itself in this chat.")
                    with http.stream("GET", address, headers=headers) as answer:
                        if not answer.is_redirect:
                            return self._content(answer)
                        address = urljoin(address, answer.headers.get("location", ""))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FileError("It could not be fetched from Teams. Try again in a minute.") from error
        raise FileError("It could not be fetched: it leads from one address to the next. Attach it again.")

    def _content(self, answer: httpx.Response) -> bytes:
        if answer.status_code in _EXPIRED:
            raise FileError("Its link has expired, so it could not be read. Attach the file again.")
        if answer.status_code != 200:
            raise FileError("It could not be fetched from Teams. Attach it again.")
        content = bytearray()
        for chunk in answer.iter_bytes(CHUNK):
            content += chunk
            if len(content) > self.most_bytes:
                raise FileError(f"It is larger than the {self.most_bytes // 1024**2} MB that are checked here.")
        return bytes(content)


def _same_host(address: str, service: str) -> bool:
    """The token is shown to the connector alone, whatever address a message names."""
    one, other = urlsplit(address), urlsplit(service)
    return bool(one.hostname) and (one.scheme, one.hostname, one.port) == (other.scheme, other.hostname, other.port)
