"""Lists of facts, tasks, steps, work; ways through pages."""

from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.core.web.tags.render import attributes, part

register = Library()

STEP_WORDS = {
    "done": gettext_lazy("Đã xong"),
    "current": gettext_lazy("Đang làm"),
    "late": gettext_lazy("Quá hạn"),
    "paused": gettext_lazy("Tạm dừng"),
    "refused": gettext_lazy("Từ chối"),
    "skipped": gettext_lazy("Không cần"),
    "waiting": gettext_lazy("Chưa tới"),
}
STEP_ICONS = {
    "done": "check",
    "current": "hourglass",
    "late": "triangle-alert",
    "paused": "circle-pause",
    "refused": "x",
    "skipped": "minus",
    "waiting": "circle",
}


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """A list of facts; content: `{% row %}`s."""
    return format_html('<dl class="ts-summary">{}</dl>', content)


@register.simple_block_tag
def row(content: str, key: str, href: str = "", action: str = "") -> SafeString:
    """One fact of a summary; with `href` a link to change it."""
    return part("row", content=content, key=key, href=href, action=action or _("Sửa"))


@register.simple_block_tag
def tasks(content: str) -> SafeString:
    """A list of things to do; content: `{% task %}`s."""
    return format_html('<ul class="ts-tasks">{}</ul>', content)


@register.simple_block_tag
def task(content: str, title: str, href: str = "", hint: str = "") -> SafeString:
    """One thing to do; content: its badge."""
    return part("task", content=content, title=title, href=href, hint=hint)


@register.simple_block_tag
def steps(content: str, label: str = "") -> SafeString:
    """A timeline; content: `{% step %}`s in order."""
    return format_html('<ol class="ts-steps" aria-label="{}">{}</ol>', label or _("Các bước"), content)


@register.simple_block_tag
def step(
    content: str, title: str, state: str = "waiting", who: str = "", when: str = "", words: str = ""
) -> SafeString:
    """One step: who, when, its state in words. States: done, current, late, paused, refused, skipped, waiting."""
    shown = {"content": content, "title": title, "state": state, "who": who, "when": when}
    return part("step", **shown, words=words or STEP_WORDS[state], icon=STEP_ICONS[state])


@register.simple_block_tag
def rows(content: str, label: str) -> SafeString:
    """The desk's work list, walked with j and k; content: `{% work %}`s."""
    return format_html('<ul class="ts-rows" aria-label="{}">{}</ul>', label, content)


@register.simple_block_tag
def work(content: str, title: str, href: str, current: bool = False, **given: Any) -> SafeString:
    """One row of the work list; content: its facts (code, due, badge)."""
    return part("work", content=content, title=title, href=href, current=current, extra=attributes(given))


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Views of one thing as links; content: `{% tab %}`s."""
    return format_html('<nav aria-label="{}"><ul class="ts-tabs">{}</ul></nav>', label, content)


@register.simple_tag
def tab(title: str, href: str, current: bool = False, count: int | None = None) -> SafeString:
    """One view; `count`: how many wait there."""
    return part("tab", title=title, href=href, current=current, count=count)


@register.simple_tag
def breadcrumb(*trail: str) -> SafeString:
    """Label, address, label, address, ..., label: `{% breadcrumb "Trang chủ" "/" "Thủ tục" "/thu-tuc" name %}`."""
    links = list(zip(trail[::2], [*trail[1::2], ""], strict=False))
    return part("breadcrumb", links=links)


@register.simple_tag
def pager(next_url: str = "", previous_url: str = "", label: str = "") -> SafeString:
    """Keyset pages: to the next, back to the first or previous. Empty when there is only one page."""
    if not next_url and not previous_url:
        return SafeString("")
    return part("pager", next_url=next_url, previous_url=previous_url, label=label or _("Trang danh sách"))
