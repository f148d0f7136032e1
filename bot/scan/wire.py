"""How the server and its checking processes talk: JSON behind a length, never pickle; what comes back is checked."""

import json
import os
import selectors
import struct
import time
from dataclasses import asdict
from typing import Any

from bot.domain.finding import Category, Finding, Hazard, HazardKind, Identity, Inspection, Role, Unread, UnreadReason

MAX_FRAME = 32 * 1024 * 1024
"""Bytes of one message; a result is far smaller."""
_LENGTH = struct.Struct(">I")
_TEXT = 2_000
"""Characters of any one text in a result."""


class ClosedError(Exception):
    """The other side is gone."""


def send(pipe: int, message: dict[str, Any], body: bytes = b"") -> None:
    """Write one message, and raw bytes behind it; raises ClosedError."""
    data = json.dumps(message, separators=(",", ":")).encode()
    try:
        for part in (_LENGTH.pack(len(data)), data, body):
            view = memoryview(part)
            while view:
                view = view[os.write(pipe, view[: 1 << 20]) :]
    except OSError as error:
        raise ClosedError from error


def receive(pipe: int, until: float | None = None) -> dict[str, Any]:
    """Read one message; raises ClosedError, TimeoutError at `until` (monotonic), ValueError when it is none."""
    (length,) = _LENGTH.unpack(receive_bytes(pipe, _LENGTH.size, until))
    if length > MAX_FRAME:
        raise ValueError("message too long")
    message = json.loads(receive_bytes(pipe, length, until))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


def receive_bytes(pipe: int, count: int, until: float | None = None) -> bytes:
    """Read exactly so many bytes; raises ClosedError or TimeoutError."""
    data = bytearray()
    while len(data) < count:
        if until is not None:
            _wait(pipe, until)
        piece = os.read(pipe, min(count - len(data), 1 << 20))
        if not piece:
            raise ClosedError
        data += piece
    return bytes(data)


def _wait(pipe: int, until: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        if not selector.select(max(0.0, until - time.monotonic())):
            raise TimeoutError


def to_json(inspection: Inspection) -> dict[str, Any]:
    """An inspection as plain values."""
    return asdict(inspection)


def from_json(data: dict[str, Any]) -> Inspection:
    """An inspection out of plain values; raises ValueError, KeyError, TypeError, AttributeError otherwise."""
    if data["inspected"] not in ("full", "partial", "none"):
        raise ValueError("inspected")
    return Inspection(
        name=_text(data["name"]),
        media_type=_text(data["media_type"]),
        size=int(data["size"]),
        sha256=_text(data["sha256"]),
        inspected=data["inspected"],
        findings=tuple(_finding(one) for one in data["findings"]),
        hazards=tuple(
            Hazard(HazardKind(one["kind"]), _text(one["place"]), _text(one["detail"]), int(one["count"]))
            for one in data["hazards"]
        ),
        unread=tuple(
            Unread(_text(one["place"]), UnreadReason(one["reason"]), _text(one["detail"])) for one in data["unread"]
        ),
        case_refs=tuple(_text(one) for one in data["case_refs"]),
        linked_refs=_texts(data["linked_refs"]),
        materials=tuple(_text(one) for one in data["materials"]),
        identities=tuple(_identity(one) for one in data["identities"]),
        rows=int(data["rows"]),
        seconds=float(data["seconds"]),
    )


def _finding(one: dict[str, Any]) -> Finding:
    return Finding(
        category=Category(one["category"]),
        place=_text(one["place"]),
        masked=_text(one["masked"]),
        count=int(one["count"]),
        confidence=min(1.0, max(0.0, float(one["confidence"]))),
        hidden=bool(one["hidden"]),
        role=Role(one["role"]),
        about=_text(one["about"]),
        digest=_text(one["digest"]),
    )


def _identity(one: dict[str, Any]) -> Identity:
    return Identity(
        about=_text(one["about"]),
        masked=_text(one["masked"]),
        place=_text(one["place"]),
        accused=bool(one["accused"]),
        recorded=bool(one["recorded"]),
        addressed=bool(one["addressed"]),
        names=tuple(_texts(word) for word in one["names"]),
        births=_texts(one["births"]),
        pnc_ids=_texts(one["pnc_ids"]),
        cro_numbers=_texts(one["cro_numbers"]),
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:_TEXT]
