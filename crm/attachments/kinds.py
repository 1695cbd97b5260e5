"""What kind of file some bytes are, read from the bytes themselves: a name and a browser say what they like."""

from __future__ import annotations

PDF, PNG, JPEG, GIF, WEBP = "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"
PLAIN, UNKNOWN = "text/plain", "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."

# The only kinds a browser may show beside our own screens. SVG and HTML are programs, so they are not among them.
SHOWN_INLINE = frozenset({PDF, PNG, JPEG, GIF, WEBP})

_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"GIF87a", GIF),
    (0, b"GIF89a", GIF),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # Office before 2007, and Outlook's .msg
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
)
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    (b"xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"


def kind_of(content: bytes) -> str:
    """A media type; `application/octet-stream` for what is not in the table."""
    for place, mark, kind in _BEGINNINGS:
        if content.startswith(mark, place):
            return kind
    if content.startswith(b"RIFF") and content.startswith(b"WEBP", 8):
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    is_text = content and content.translate(None, _CONTROL) == content
    return PLAIN if is_text else UNKNOWN


def _kind_of_zip(content: bytes) -> str:
    """By the names of the files in it, which stand uncompressed. Nothing is unpacked."""
    if content.startswith(b"mimetype" + _OPEN_DOCUMENT, 30):
        word = content[38 : 38 + len(_OPEN_DOCUMENT) + 30]
        subtype = word.removeprefix(_OPEN_DOCUMENT).split(b"PK")[0]
        known = next((name for name in (b"text", b"spreadsheet", b"presentation") if subtype.startswith(name)), None)
        return (_OPEN_DOCUMENT + known).decode() if known else "application/zip"
    return next((kind for name, kind in _IN_ZIP if name in content), "application/zip")
