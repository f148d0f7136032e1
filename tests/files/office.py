"""What every office file needs: the same bytes each time it is made."""

import io
import re
import zipfile
from collections.abc import Mapping

_STILL = (2026, 1, 5, 9, 0, 0)


def packed(parts: Mapping[str, bytes], compress: bool = True) -> bytes:
    """A ZIP of these parts with a fixed time stamp."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Every part of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def settled(content: bytes, changes: Mapping[str, bytes] | None = None) -> bytes:
    """An office file with fixed times inside and out, and with some parts added or replaced."""
    parts = unpacked(content) | dict(changes or {})
    for name in ("docProps/core.xml", "word/comments.xml"):
        if name in parts:
            parts[name] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", b"2026-01-05T09:00:00Z", parts[name])
    return packed(parts)
