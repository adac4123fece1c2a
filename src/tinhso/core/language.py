"""The reader's language: which one was chosen, and which one the page is being written in."""

from collections.abc import Mapping
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language

Language = Literal["vi", "en"]


def reader_language() -> Language:
    """The language of the page that is being written, for words that are kept as pairs (words.py of the rooms) and not
    in a catalogue; Vietnamese outside a page."""
    return "en" if get_language() == "en" else "vi"


def chosen_language(cookies: Mapping[str, str]) -> str:
    """Vietnamese, until the reader chooses another language; what the browser prefers is not asked."""
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
