"""One file a format: bytes in, text with places, hazards and unread parts out."""
