"""Fixed Vietnamese sentences that come from elsewhere than the template, in the reader's language."""

from typing import Any

from django.template import Library
from django.utils.translation import gettext

register = Library()


@register.filter
def translated(text: Any) -> str:
    """A sentence of Python, of a model's choices or of a release as the catalogues have it; others stay as they are."""
    return gettext(str(text)) if text else ""
