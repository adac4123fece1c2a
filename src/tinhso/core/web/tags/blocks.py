"""Parts with content: `{% notice "success" %}...{% endnotice %}`."""

from typing import Any

from django.template import Library
from django.utils.safestring import SafeString

from tinhso.core.web.tags.marks import TONE_ICONS
from tinhso.core.web.tags.render import attributes, part

register = Library()


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "", alert: bool = False) -> SafeString:
    """A message in the page. Tones: info, success, warning, error. `alert`: read out at once."""
    return part("notice", content=content, tone=tone, title=title, alert=alert, icon=TONE_ICONS[tone])


@register.simple_block_tag
def done(content: str, title: str, code: str = "") -> SafeString:
    """The green panel after an act: what happened, its code, and (as content) what comes next. Holds the page's h1."""
    return part("done", content=content, title=title, code=code)


@register.simple_block_tag
def card(content: str, title: str = "", href: str = "", tone: str = "", level: int = 2) -> SafeString:
    """A bordered group. With `href` the whole card leads there. `level`: of the heading."""
    return part("card", content=content, title=title, href=href, tone=tone, level=level)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """More for who wants it."""
    return part("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def fieldset(content: str, legend: str, hint: str = "", large: bool = False) -> SafeString:
    """Fields that belong together."""
    return part("fieldset", content=content, legend=legend, hint=hint, large=large)


@register.simple_block_tag
def empty(content: str, title: str, hint: str = "", icon: str = "inbox") -> SafeString:
    """A designed nothing: says so, says what comes next; content: buttons."""
    return part("empty", content=content, title=title, hint=hint, icon=icon)


@register.simple_block_tag
def table(content: str, caption: str, quiet: bool = False, stacked: bool = False) -> SafeString:
    """A table that scrolls inside itself on a narrow screen; content: thead, tbody, tfoot.

    `quiet` hides the caption from sight only. `stacked`: rows become blocks on a phone; cells then carry `data-label`.
    """
    return part("table", content=content, caption=caption, quiet=quiet, stacked=stacked)


@register.simple_block_tag
def tile(
    content: str,
    label: str,
    value: str,
    *,
    unit: str = "",
    target: str = "",
    trend: str = "",
    rising: bool | None = None,
    state: str = "",
    tone: str = "neutral",
    as_of: str = "",
    span: int = 3,
    href: str = "",
    key: str = "",
) -> SafeString:
    """A figure on the wall: large value; target, trend and as-of time small beside it. Content: its details.

    `rising`: which way the trend's arrow points. `state` is the word that goes with `tone`. `key`: id for polling.
    """
    shown = {"label": label, "value": value, "unit": unit, "target": target, "trend": trend, "rising": rising}
    more = {"state": state, "tone": tone, "icon": TONE_ICONS[tone], "as_of": as_of, "span": span, "href": href}
    return part("tile", content=content, key=key, **shown, **more)


@register.simple_block_tag
def form(content: str, action: str = "", method: str = "post", files: bool = False, **given: Any) -> SafeString:
    """A form with our rhythm between fields; put `{% csrf_token %}{% once %}` first. `files`: takes uploads."""
    return part("form", content=content, action=action, method=method, files=files, extra=attributes(given))
