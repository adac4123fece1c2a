"""Buttons and form fields.

A field finds its value and its fault by name in the context's `values` and `errors` (`Invalid.fields`) unless they
are given, so a view shows a refused form again by passing those two. The first control of a field has id `f-<name>`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import BoundField, widgets
from django.template import Context, Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.core.web.dates import PartialDate
from tinhso.core.web.tags.render import attributes, part
from tinhso.core.web.tags.words import translated

register = Library()

VARIANTS = {"primary": "", "danger": "", "secondary": "secondary", "quiet": "tertiary"}

KINDS: dict[str, dict[str, str]] = {
    "number": {"type": "text", "inputmode": "numeric"},
    "money": {"type": "text", "inputmode": "numeric"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "email": {"type": "email", "autocomplete": "email", "spellcheck": "false"},
}
"""Kinds of text field that set more than the input's type. Numbers are text: a spinner mangles long codes."""

Options = Iterable[tuple[Any, ...]]


@register.simple_tag
def button(label: str, *, kind: str = "primary", icon: str = "", type: str = "submit", **given: Any) -> SafeString:
    """A button. Kinds: primary, secondary, quiet, danger (refusals only). Other arguments become attributes."""
    return part("button", label=label, kind=kind, variant=VARIANTS[kind], icon=icon, type=type, extra=attributes(given))


@register.simple_tag
def link_button(label: str, href: str, *, kind: str = "primary", icon: str = "", **given: Any) -> SafeString:
    """A link that looks like a button: it goes somewhere and changes nothing."""
    return part("button", label=label, href=href, kind=kind, variant=VARIANTS[kind], icon=icon, extra=attributes(given))


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, label: str, action: str, *, kind: str = "primary", icon: str = "", **hidden: Any
) -> SafeString:
    """A form of one button: csrf, once key, and each other argument as a hidden field (`version=case.version`)."""
    shown = {"label": label, "action": action, "kind": kind, "variant": VARIANTS[kind], "icon": icon}
    return part("post_button", **shown, hidden=hidden, csrf_token=context.get("csrf_token"), once=context.get("once"))


@register.simple_tag(takes_context=True)
def field(
    context: Context,
    name: str,
    label: str,
    *,
    type: str = "text",
    value: Any = None,
    error: str | None = None,
    hint: str = "",
    optional: bool = False,
    prefix: str = "",
    suffix: str = "",
    options: Options = (),
    **given: Any,
) -> SafeString:
    """One labelled control. Types: text, number, money, phone, email, password, search, textarea, select, file.

    `options` (select): (value, label) pairs. `width` (2, 4, 10, 20, 30 characters) and all else become attributes.
    """
    error = _fault(context, name) if error is None else error
    shown = _value(context, name) if value is None else value
    if "width" in given:
        given["data_width"] = given.pop("width")
    described = " ".join(part_id for part_id, there in ((f"f-{name}-hint", hint), (f"f-{name}-fault", error)) if there)
    given = {**KINDS.get(type, {"type": type}), **given}
    given |= {"aria_describedby": described, "aria_invalid": "true" if error else ""}
    if type in ("select", "textarea"):
        del given["type"]
    if type == "textarea":
        given.setdefault("rows", 5)
    if type in ("password", "file"):
        shown = ""
    return part(
        "field",
        name=name,
        label=label,
        type=type,
        value=shown,
        error=error,
        hint=hint,
        optional=optional,
        prefix=prefix,
        suffix=suffix or ("đồng" if type == "money" else ""),
        options=[(str(key), text, str(key) == str(shown)) for key, text in options],
        extra=attributes(given),
    )


@register.simple_tag(takes_context=True)
def choices(
    context: Context,
    name: str,
    legend: str,
    options: Options,
    *,
    type: str = "radio",
    value: Any = None,
    error: str | None = None,
    hint: str = "",
    optional: bool = False,
    inline: bool = False,
    large: bool = False,
) -> SafeString:
    """Radio buttons, or checkboxes with `type="checkbox"` (then `value` is a list).

    `options`: (value, label) or (value, label, hint). `large`: the legend is the page's question.
    """
    error = _fault(context, name) if error is None else error
    chosen = _values(context, name) if value is None else _as_list(value)
    marked = [
        {"value": str(key), "label": text, "hint": "".join(more), "checked": str(key) in chosen}
        for key, text, *more in options
    ]
    shown = {"name": name, "legend": legend, "type": type, "options": marked, "error": error, "hint": hint}
    return part("choices", **shown, optional=optional, inline=inline, large=large)


@register.simple_tag(takes_context=True)
def checkbox(
    context: Context, name: str, label: str, *, checked: bool | None = None, error: str | None = None, hint: str = ""
) -> SafeString:
    """One box to tick; sent as `on`."""
    error = _fault(context, name) if error is None else error
    ticked = bool(_value(context, name)) if checked is None else checked
    return part("checkbox", name=name, label=label, checked=ticked, error=error, hint=hint)


@register.simple_tag(takes_context=True)
def date_field(
    context: Context,
    name: str,
    label: str,
    *,
    value: date | PartialDate | str | None = None,
    error: str | None = None,
    hint: str = "",
    optional: bool = False,
    large: bool = False,
    birthday: bool = False,
) -> SafeString:
    """Day, month, year as three inputs (`<name>_day`, `_month`, `_year`); read them with `PartialDate.parse`."""
    error = _fault(context, name) if error is None else error
    if value is None:
        known = context.get("values") or {}
        value = PartialDate.parse(known, name) if f"{name}_year" in known else known.get(name)
    shown = {"name": name, "label": label, "value": PartialDate.of(value), "error": error, "hint": hint}
    return part("date_field", **shown, optional=optional, large=large, birthday=birthday)


@register.simple_tag(takes_context=True)
def form_field(context: Context, bound: BoundField, **given: Any) -> SafeString:
    """A bound field of a Django form, drawn as ours. Other arguments as for `field`."""
    widget, name, text = bound.field.widget, bound.html_name, str(bound.label or "")
    error = " ".join(str(fault) for fault in bound.errors)
    common: dict[str, Any] = {"error": error, "hint": str(bound.help_text), **given}
    if isinstance(widget, widgets.CheckboxInput):
        drawn: SafeString = checkbox(context, name, text, checked=bool(bound.value()), **common)
        return drawn
    common["optional"] = not bound.field.required
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        type = "radio" if isinstance(widget, widgets.RadioSelect) else "checkbox"
        several: SafeString = choices(
            context, name, text, list(widget.choices), type=type, value=bound.value(), **common
        )
        return several
    if isinstance(widget, widgets.Select):
        common |= {"type": "select", "options": list(widget.choices)}
    elif isinstance(widget, widgets.Textarea):
        common.setdefault("type", "textarea")
    else:
        common.setdefault("type", getattr(widget, "input_type", "text"))
    value = bound.value()
    one: SafeString = field(context, name, text, value="" if value is None else value, **common)
    return one


@register.simple_tag(takes_context=True)
def error_summary(context: Context, errors: Mapping[str, Any] | None = None, title: str = "") -> SafeString:
    """Every fault of a refused form, each a link to its field; takes the focus. Empty without faults.

    `errors` defaults to the context's; a fault of no field stands under the key "".
    """
    faults = context.get("errors") if errors is None else errors
    if not faults:
        return SafeString("")
    rows = [
        (
            "" if name in ("", "__all__") else f"f-{name}",
            translated(fault if isinstance(fault, str) else " ".join(map(str, fault))),
        )
        for name, fault in faults.items()
    ]
    return part("error_summary", faults=rows, title=title or _("Có chỗ cần bạn xem lại"))


def _fault(context: Context, name: str) -> str:
    return translated((context.get("errors") or {}).get(name, ""))


def _value(context: Context, name: str) -> Any:
    value = (context.get("values") or {}).get(name)
    return "" if value is None else value


def _values(context: Context, name: str) -> list[str]:
    known = context.get("values") or {}
    return _as_list(known.getlist(name) if hasattr(known, "getlist") else known.get(name))


def _as_list(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple | set | frozenset) else [str(value)]
