"""Sound and video: not listened to and not watched; what the container tells is read."""

import io

from pymediainfo import MediaInfo

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.kinds import detect

_TELLING = (
    "title",
    "movie_name",
    "track_name",
    "performer",
    "director",
    "actor",
    "composer",
    "producer",
    "publisher",
    "owner",
    "commissioned_by",
    "subject",
    "synopsis",
    "keywords",
    "lyrics",
    "archival_location",
    "technician",
    "service_name",
    "album",
    "comment",
    "description",
    "copyright",
    "artist",
    "recorded_by",
    "encoded_by",
    "recorded_location",
    "comapplequicktimelocationiso6709",
    "xyz",
    "com_apple_quicktime_location_iso6709",
)


def read_media(attachment: Attachment, watch: Watch) -> Extract:
    """Say that a recording was not listened to, with its length, and read its properties."""
    kind = detect(attachment.name, attachment.content)
    basket = Gathered(kind.media_type)
    length = ""
    try:
        tracks = MediaInfo.parse(io.BytesIO(attachment.content)).tracks
    except (OSError, RuntimeError, ValueError):
        tracks = []
    for track in tracks:
        values = track.to_data()
        if values.get("duration") and not length:
            length = f", {float(values['duration']) / 1000:.0f} seconds long"
        for name in _TELLING:
            value = str(values.get(name) or "").strip()
            if not value:
                continue
            where = "location" in name or name == "xyz"
            basket.metadata("GPS" if where else name.replace("_", " "), value, "recording properties")
            if where:
                basket.hazard(
                    HazardKind.METADATA, "recording properties", "The recording says where it was made (GPS)."
                )
    watched = "watched" if kind.id == "video" else "listened to"
    basket.unreadable(
        "recording", UnreadReason.UNSUPPORTED, f"It is {kind.say}{length}; recordings are not {watched} here."
    )
    return basket.extract()
