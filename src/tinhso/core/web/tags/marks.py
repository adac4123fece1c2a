"""Small inline marks: icon, badge, due, once."""

import json
import uuid
from datetime import datetime
from functools import cache
from pathlib import Path

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tinhso.core.time import iso
from tinhso.core.web.tags.figures import moment

register = Library()

TONE_ICONS = {
    "neutral": "circle-dot",
    "info": "info",
    "success": "circle-check",
    "done": "circle-check",
    "waiting": "hourglass",
    "warning": "triangle-alert",
    "late": "triangle-alert",
    "refused": "circle-x",
    "error": "octagon-alert",
    "paused": "circle-pause",
}
"""The icon that goes with a tone, unless a part is given another: state is never colour alone."""

_DUE_TONES = {"plain": "neutral", "soon": "waiting", "late": "late", "paused": "neutral", "done": "success"}
_DUE_ICONS = {
    "plain": "clock",
    "soon": "hourglass",
    "late": "triangle-alert",
    "paused": "circle-pause",
    "done": "check",
}


@cache
def _drawn() -> dict[str, str]:
    path = Path(__file__).parent.parent / "icons.json"
    drawn: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return drawn


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A 20 px icon. Beside words it is silent; alone it needs `label`. An unknown name raises KeyError."""
    drawing = mark_safe(_drawn()[name])  # noqa: S308 - our own committed drawings
    if label:
        return format_html(
            '<svg class="ts-icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, drawing
        )
    return format_html('<svg class="ts-icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def badge(tone: str, text: str, icon_name: str = "") -> SafeString:
    """A state in icon, word and colour.

    Tones: neutral, info, success, done, waiting, warning, late, refused, error, paused.
    """
    shown = "success" if tone == "done" else "neutral" if tone == "paused" else tone
    drawing = icon(icon_name or TONE_ICONS[tone])
    return format_html('<span class="ts-badge" data-tone="{}">{}<span>{}</span></span>', shown, drawing, text)


@register.simple_tag
def due(text: str, exact: datetime | None = None, tone: str = "plain") -> SafeString:
    """A due date in words from the room that knows it; the exact moment on hover and for screen readers.

    Tones: plain, soon (ochre), late (red), paused, done.
    """
    words = format_html("{}", text)
    if exact is not None:
        full = moment(exact)
        words = format_html(
            '<time datetime="{}" title="{}">{}</time><span class="ts-hidden"> ({} {})</span>',
            iso(exact), full, text, _("đúng hạn lúc"), full,
        )  # fmt: skip
    return format_html(
        '<span class="ts-due" data-tone="{}">{} {}</span>', _DUE_TONES[tone], icon(_DUE_ICONS[tone]), words
    )


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """The hidden idempotency key of a form; a form shown again keeps the one it was sent with (context `once`)."""
    return format_html('<input type="hidden" name="_once" value="{}">', context.get("once") or uuid.uuid4().hex)
