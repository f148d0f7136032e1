"""The rich text of an Outlook message, unpacked ([MS-OXRTFCP] 2.2 and 3.1.3)."""

import struct

from bot.scan.extract import limits

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_SEEN_AT_FIRST = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096


def unpacked_rtf(content: bytes) -> bytes:
    """The rich text itself; raises ValueError or struct.error when it is broken."""
    _, size, kind, _ = struct.unpack_from("<4I", content)
    if kind == _PLAIN:
        return content[16 : 16 + size]
    if kind != _PACKED or size > limits.PART_BYTES:
        raise ValueError("not packed rich text")
    window = bytearray(_SEEN_AT_FIRST.ljust(_WINDOW, b"\0"))
    write, position, out = len(_SEEN_AT_FIRST), 16, bytearray()
    while position < len(content) and len(out) < size:
        control = content[position]
        position += 1
        for bit in range(8):
            if position + (control >> bit & 1) >= len(content):
                break
            if control >> bit & 1:
                pair = content[position] << 8 | content[position + 1]
                position += 2
                start, length = pair >> 4, (pair & 15) + 2
                if start == write:
                    return bytes(out)
                for step in range(length):
                    letter = window[(start + step) % _WINDOW]
                    window[write] = letter
                    write = (write + 1) % _WINDOW
                    out.append(letter)
            else:
                window[write] = content[position]
                write = (write + 1) % _WINDOW
                out.append(content[position])
                position += 1
    return bytes(out[:size])
