"""The payment reference: what a payer's bank carries back to us.

Banks upper-case transfer texts, drop dots and hyphens and put words around them, so a reference is one word of capital
letters and digits, at most 25 long (mark: assumed), made of the dossier code's end and five letters of its digest.
"""

import hashlib
import re

LONGEST = 25
_TAG = 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WORD = re.compile(r"[0-9A-Z]{8,64}")


def reference_for(dossier_code: str, payment_round: int) -> str:
    """The reference of the `payment_round`-th request for a dossier; the same inputs give the same word.

    The five letters tell rounds apart, and codes that are equal once their dots are gone.
    """
    body = re.sub(r"[^0-9A-Z]", "", dossier_code.upper())
    if not body:
        raise ValueError("the dossier code has no letter or digit")
    number = int.from_bytes(hashlib.sha256(f"{dossier_code}#{payment_round}".encode()).digest()[:8], "big")
    tag = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_TAG))
    return body[-(LONGEST - _TAG) :] + tag


def words_that_may_be_references(text: str) -> tuple[str, ...]:
    """Each word of a bank's text that could be a reference (or a card attempt's id), in order, once."""
    return tuple(dict.fromkeys(_WORD.findall(text.upper())))
