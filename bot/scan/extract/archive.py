"""ZIP and 7z archives: every member is a file to look into."""

import io
import zipfile

import py7zr
from py7zr.io import BytesIOFactory

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, shown_name
from bot.scan.extract.interface import Extract, Watch

_ENCRYPTED = 0x1
_LEFTOVERS = (".DS_Store", "Thumbs.db", "desktop.ini")


def read_zip(attachment: Attachment, watch: Watch) -> Extract:
    """Unpack a ZIP in memory, member by member, within the limits."""
    basket = Gathered("application/zip")
    try:
        archive = zipfile.ZipFile(io.BytesIO(attachment.content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        basket.unreadable("archive", UnreadReason.CORRUPT, "The archive is broken.")
        return basket.extract()
    with archive:
        basket.text(archive.comment.decode("utf-8", errors="replace"), "archive comment", hidden=True)
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > limits.MEMBERS:
            basket.unreadable(
                "archive", UnreadReason.TOO_LARGE, f"Only the first {limits.MEMBERS} files in it are read."
            )
        room = limits.UNPACKED_BYTES
        for number, member in enumerate(members[: limits.MEMBERS], 1):
            watch.tell(number, len(members), f"Unpacking file {number} of {len(members)}")
            if member.filename.startswith("__MACOSX/") or member.filename.endswith(_LEFTOVERS):
                continue
            room = _unpack(basket, archive, member, room)
    return basket.extract()


def _unpack(basket: Gathered, archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> int:
    place = shown_name(member.filename)
    if member.flag_bits & _ENCRYPTED:
        basket.hazard(HazardKind.PROTECTED, "archive", "Files in the archive are protected with a password.")
        basket.unreadable(place, UnreadReason.ENCRYPTED, "It is protected with a password.")
        return room
    bound = min(room, limits.PART_BYTES)
    try:
        with archive.open(member) as stream:
            content = stream.read(bound + 1)
    except MemoryError:
        raise
    except Exception:  # zlib, lzma and zipfile each raise their own; all mean the same to the user
        basket.unreadable(place, UnreadReason.CORRUPT, "It could not be unpacked.")
        return room
    if len(content) > bound:
        basket.unreadable(place, UnreadReason.TOO_LARGE, "It unpacks to more than one check reads.")
        return room
    basket.child(member.filename, content, place)
    return room - len(content)


def read_7z(attachment: Attachment, watch: Watch) -> Extract:
    """Unpack a 7z archive in memory when its stated size is within the limits."""
    basket = Gathered("application/x-7z-compressed")
    try:
        with py7zr.SevenZipFile(io.BytesIO(attachment.content)) as archive:
            if archive.needs_password():
                basket.hazard(HazardKind.PROTECTED, "archive", "The archive is protected with a password.")
                basket.unreadable("archive", UnreadReason.ENCRYPTED, "It is protected with a password.")
                return basket.extract()
            members = archive.list()
            if (
                len(members) > limits.MEMBERS
                or sum(member.uncompressed or 0 for member in members) > limits.UNPACKED_BYTES
            ):
                basket.unreadable("archive", UnreadReason.TOO_LARGE, "It unpacks to more than one check reads.")
                return basket.extract()
            factory = BytesIOFactory(limits.UNPACKED_BYTES)
            archive.extractall(factory=factory)
            for name, product in factory.products.items():
                product.seek(0)
                basket.child(name, product.read(), shown_name(name))
    except py7zr.exceptions.PasswordRequired:
        basket.unreadable("archive", UnreadReason.ENCRYPTED, "It is protected with a password.")
    except MemoryError:
        raise
    except Exception:  # py7zr passes on whatever its decoders raise
        basket.unreadable("archive", UnreadReason.CORRUPT, "The archive is broken.")
    return basket.extract()
