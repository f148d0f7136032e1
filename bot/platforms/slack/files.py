"""Files from Slack: read with the bot's token, within the size limit, and never an HTML login page instead."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot.domain.message import Attachment
from bot.domain.ports.post import DeliveryError
from bot.errors import SendcheckError
from bot.platforms.slack.client import call

CHUNK = 256 * 1024
SECONDS = 60.0
_HTML = (b"<!doctype html", b"<html")


TRIES, WAIT = 3, 1.0
"""How often a download that breaks off is begun, and the seconds in between."""


class FileError(SendcheckError):
    """A file cannot be had; the text says why and what to do, without its name."""


class InterruptedDownloadError(FileError):
    """Slack could not be reached or stopped in the middle."""


def fetch(client: WebClient, described: Mapping[str, Any], most_bytes: int) -> Attachment:
    """One file of a message; raises FileError, and DeliveryError when Slack cannot be asked now."""
    described = _whole(client, described)
    name = str(described.get("name") or described.get("title") or "unnamed file")
    if described.get("mode") == "tombstone" or described.get("file_access") == "file_not_found":
        raise FileError("It was deleted before it could be checked. Attach it again.")
    if described.get("is_external") or described.get("mode") == "external":
        raise FileError("It is kept outside Slack, so it cannot be read here. Download it and attach the file itself.")
    size = int(described.get("size") or 0)
    if size > most_bytes:
        raise FileError(
            f"It is larger than the {most_bytes // 1024**2} MB that are checked here. Ask for help with it."
        )
    address = str(described.get("url_private_download") or described.get("url_private") or "")
    if not address or not _is_slack(address, client):
        raise FileError("It cannot be read by this app. Attach it again in a direct message.")
    for _ in range(TRIES - 1):
        try:
            return Attachment(name, _download(address, str(client.token), most_bytes, name, size))
        except InterruptedDownloadError:
            time.sleep(WAIT)
    return Attachment(name, _download(address, str(client.token), most_bytes, name, size))


def _whole(client: WebClient, described: Mapping[str, Any]) -> Mapping[str, Any]:
    """Files shared from other workspaces come as an id alone and have to be asked for."""
    if described.get("file_access") != "check_file_info" and described.get("url_private"):
        return described
    try:
        found = call(lambda: client.files_info(file=str(described.get("id") or "")))
    except DeliveryError as error:
        if not error.permanent:
            raise
        raise FileError("It cannot be read: Slack says that it is gone or not shared with this app.") from error
    whole = found["file"]
    assert isinstance(whole, dict)
    return whole


def _is_slack(address: str, client: WebClient) -> bool:
    """The token is shown to Slack alone, whatever address a message names."""
    given, own = urlsplit(address), urlsplit(client.base_url)
    host, home = given.hostname or "", own.hostname or ""
    return given.scheme == own.scheme and (host == home or host.endswith(f".{home}"))


def _download(address: str, token: str, most_bytes: int, name: str, size: int) -> bytes:
    content = bytearray()
    try:
        with httpx.stream(
            "GET", address, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS, follow_redirects=False
        ) as answer:
            if answer.status_code == 429 or answer.status_code >= 500:
                raise InterruptedDownloadError("It could not be fetched from Slack. Try again in a minute.")
            if answer.status_code != 200:
                raise FileError("It could not be fetched: Slack did not hand it out. Attach it again.")
            for chunk in answer.iter_bytes(CHUNK):
                content += chunk
                if len(content) > most_bytes:
                    raise FileError(f"It is larger than the {most_bytes // 1024**2} MB that are checked here.")
    except httpx.HTTPError as error:
        raise InterruptedDownloadError("It could not be fetched from Slack. Try again in a minute.") from error
    named_a_page = name.lower().endswith((".html", ".htm", ".xhtml", ".mht"))
    # What is called a page is known from a page to sign in by its size alone.
    is_another = len(content) != size if named_a_page and size else not named_a_page
    if is_another and _is_page(bytes(content[:200]), answer.headers.get("content-type", "")):
        raise FileError("It could not be fetched: Slack asks this app to sign in. Tell whoever runs it.")
    return bytes(content)


def _is_page(start: bytes, media_type: str) -> bool:
    """Whether it may be a page to sign in, which Slack sends with status 200 instead of the file."""
    return media_type.startswith("text/html") or start.lstrip().lower().startswith(_HTML)
