"""The address under which a dossier is followed, and how somebody shows that they have to do with it.

Codes are given out one after another, so a code alone proves nothing. The slip's QR code, and the letters, carry a key
beside it: it opens the dossier's page to whoever holds the paper, without signing in.
"""

import base64
import hmac

from tinhso.core.crypto import lookup
from tinhso.core.settings import current
from tinhso.core.text import squash

KEY_LENGTH = 10
"""Signs of a key: fifty bits, few enough to type from a slip."""

_ALPHABET = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghjkmnpqrstvwxyz")
"""RFC 4648's letters to those that nobody mistakes for a figure on paper."""

_MISREAD = str.maketrans("ilo", "110")


def tracking_address(code: str) -> str:
    """Where a dossier is followed: printed and in the QR code, for ever."""
    return f"{current().base_url}/tra-cuu/{code}?khoa={tracking_key(code)}"


def tracking_key(code: str) -> str:
    """The key of a dossier's page: the same for ever, and to be had only from this installation."""
    text = base64.b32encode(lookup(code, "tracking key")).decode().lower()
    return text[:KEY_LENGTH].translate(_ALPHABET)


def is_tracking_key(code: str, given: str) -> bool:
    """Whether what came with a code, scanned or typed from paper, is its key."""
    typed = squash(given[: 4 * KEY_LENGTH]).translate(_MISREAD)
    return hmac.compare_digest(typed.encode(), tracking_key(code).encode())
