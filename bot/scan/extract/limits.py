"""How much of one file is looked into; what lies beyond a limit is reported as unread, never passed over."""

ARCHIVE_DEPTH = 5
"""Files within files within files: an attachment itself is depth 0."""

MEMBERS = 2_000
"""Files inside one attachment, all levels together."""

UNPACKED_BYTES = 300 * 1024 * 1024
"""Bytes unpacked from one attachment, all levels together; a zip bomb ends here."""

PART_BYTES = 200 * 1024 * 1024
"""Bytes of one unpacked part."""

TEXT_CHARACTERS = 5_000_000
"""Characters of text handed to recognition from one attachment."""

PAGES = 2_000
"""Pages of one PDF or frames of one picture file."""

CELLS = 2_000_000
"""Cells of one workbook."""

PICTURES = 300
"""Pictures read by OCR in one attachment."""

PICTURE_PIXELS = 120_000_000
"""Pixels of one picture; more is refused before it is decoded."""

OUTSIDE_RECIPIENTS = 3
"""Different addresses of other organisations in To and Cc; with more it looks like a mailing that wanted Bcc."""

EARLIER_VERSIONS = 10
"""Earlier saved versions of one PDF that are compared with the last."""
