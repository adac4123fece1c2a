"""The reader's language, for words that are kept as pairs (words.py of the rooms) and not in a catalogue."""

from typing import Literal

from django.utils.translation import get_language

Language = Literal["vi", "en"]


def reader_language() -> Language:
    """The language of the page that is being written; Vietnamese outside a page."""
    return "en" if get_language() == "en" else "vi"
