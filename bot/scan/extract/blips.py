"""Pictures inside Office files of before 2007, which keep them as drawing records in one stream ([MS-ODRAW] 2.2.23)."""

import re
import struct

from bot.domain.finding import UnreadReason
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered
from bot.scan.extract.image import add_properties

_READ = {0x46A, 0x46B, 0x6E2, 0x6E3, 0x6E0, 0x6E1, 0x6E4, 0x6E5}
"""Record instances of JPEG, PNG and TIFF; an odd one has a second identifier before the picture."""
_DRAWN = {0x3D4, 0x3D5, 0x216, 0x217, 0x542, 0x543, 0x7A8, 0x7A9}
"""EMF, WMF, PICT and bare bitmaps."""
_RECORD = re.compile(rb"([\x00-\xff]{2})[\x1a-\x1f\x29\x2a]\xf0([\x00-\xff]{4})", re.DOTALL)


def add_pictures(basket: Gathered, stream: bytes) -> None:
    """Hand over every picture of a stream, and say so where there is one of a kind that is not read."""
    position = 0
    number = 0
    while (found := _RECORD.search(stream, position)) is not None and number < limits.PICTURES:
        (head,), (length,) = struct.unpack("<H", found[1]), struct.unpack("<I", found[2])
        instance, end = head >> 4, found.end() + length
        if instance not in _READ | _DRAWN or length < 17 or end > len(stream):
            position = found.start() + 1
            continue
        number += 1
        place = f"picture {number}"
        if instance in _DRAWN:
            basket.unreadable(place, UnreadReason.UNSUPPORTED, "Pictures of this kind (EMF, WMF) are not read.")
        else:
            content = stream[found.end() + (33 if instance & 1 else 17) : end]
            add_properties(basket, content, place)
            basket.picture(content, place)
        position = end
