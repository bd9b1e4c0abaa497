"""Says whether a file can be a CSV file at all, and decodes it."""

import codecs

from phb_tui.i18n import _

MOST_BYTES = 4_000_000
"""Size of the largest file that is read; a year of a busy account has a tenth of it."""
_OTHER_FILES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
"""How a PDF, an Excel file (new and old), a packed file, a letter and a picture begin."""
_OTHER_TEXTS = ("<!doctype", "<html", "<?xml", "<ofx", "ofxheader", "!type:")
"""How a page, and a file for an accounting program, begin."""
_LOOKED_AT = 2_000
_HALF = 2


def refusal(data: bytes) -> str:
    """Why a file cannot be read, as a sentence; "" when it can be tried."""
    if not data.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        return _("This file is empty.")
    if len(data) > MOST_BYTES:
        return too_large()
    if data.startswith(_OTHER_FILES) or decoded(data[:_LOOKED_AT]).lstrip().lower().startswith(_OTHER_TEXTS):
        return not_csv()
    return not_csv() if "\x00" in decoded(data) else ""


def too_large() -> str:
    """The sentence for a file that is too large to be a statement."""
    return _("This file is too large for a statement. In your bank's website choose a shorter time, and CSV.")


def not_csv() -> str:
    """The sentence for a file of another sort."""
    return _("This is not a CSV file. In your bank's website choose CSV.")


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16, with or without the mark at its beginning, else Windows' western letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if sixteen := _utf16(data[:_LOOKED_AT]):
        return data.decode(sixteen, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _utf16(data: bytes) -> str:
    """Which UTF-16 a file without a mark is in: every second byte of English is nought. "" for neither."""
    half = len(data) // _HALF
    if half and data[1::2].count(0) * _HALF > half and not data[0::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if half and data[0::2].count(0) * _HALF > half and not data[1::2].count(0) else ""
