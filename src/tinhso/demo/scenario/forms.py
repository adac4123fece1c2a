"""A page's form as a browser holds it: controls with their labels, filled in and sent as a browser sends them."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from tinhso.demo.scenario.dom import Node

TICKED = frozenset({"radio", "checkbox"})
BUTTONS = frozenset({"submit", "image", "button", "reset"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to choose in a file field."""

    name: str
    data: bytes
    media_type: str = "application/pdf"


@dataclass(slots=True)
class Control:
    """One control. `value` is what is sent; of radio buttons and boxes only when `checked`. `options`: of a select."""

    name: str
    type: str
    label: str
    value: str = ""
    checked: bool = False
    options: tuple[tuple[str, str], ...] = ()
    chosen: list[str] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)
    required: bool = False
    disabled: bool = False

    @property
    def is_button(self) -> bool:
        return self.type in BUTTONS


class NoSuchControl(Exception):
    """The form has no such field, option or button: the message lists what it has."""


@dataclass(slots=True)
class Form:
    """`action` is absolute. Controls in the order of the page, buttons among them."""

    action: str
    method: str
    multipart: bool
    controls: list[Control]

    def names(self) -> list[str]:
        """The names of everything a person can fill in or tick, each once."""
        return list(dict.fromkeys(c.name for c in self.controls if c.name and not c.is_button and c.type != "hidden"))

    def has(self, name: str) -> bool:
        return any(control.name == name for control in self.controls)

    def value(self, name: str) -> str:
        """What would be sent under `name` first, empty when nothing."""
        return next((value for key, value in self._pairs() if key == name and isinstance(value, str)), "")

    def fill(self, field_name: str, *values: str) -> None:
        """Type, choose or tick. `field_name` is a control's name or its label; radio buttons, boxes and options may be
        named by value or label. Raises NoSuchControl."""
        found = self._named(field_name)
        if found[0].type in TICKED:
            self._tick(found, field_name, values)
        elif found[0].type in ("select-one", "select-multiple"):
            found[0].chosen = [_option(found[0], value) for value in values]
        else:
            for control, value in zip(found, values, strict=False):
                control.value = value

    def attach(self, field_name: str, *files: Upload) -> None:
        """Choose files. Raises NoSuchControl where there is no such file field."""
        found = [control for control in self._named(field_name) if control.type == "file"]
        if not found:
            raise NoSuchControl(f"{field_name!r} takes no file")
        found[0].files = list(files)

    def button(self, wanted: str = "") -> Control | None:
        """The button with this name, value or label; without a word, the first one, as the Enter key takes it."""
        buttons = [control for control in self.controls if control.type in ("submit", "image")]
        if not wanted:
            return buttons[0] if buttons else None
        for control in buttons:
            if wanted in (control.name, control.value) or wanted.casefold() in control.label.casefold():
                return control
        raise NoSuchControl(f"no button {wanted!r} among {[button.label for button in buttons]}")

    def encode(self, button: Control | None) -> tuple[bytes, str]:
        """The body and its content type, as sent by pressing `button`."""
        pairs = list(self._pairs())
        if button is not None and button.name:
            pairs.append((button.name, button.value))
        if self.multipart:
            return encode_multipart(pairs)
        texts = [(name, value if isinstance(value, str) else value.name) for name, value in pairs]
        return urlencode(texts).encode(), "application/x-www-form-urlencoded"

    def _pairs(self) -> Iterator[tuple[str, "str | Upload"]]:
        for control in self.controls:
            if not control.name or control.is_button or control.disabled:
                continue
            if control.type in TICKED:
                if control.checked:
                    yield control.name, control.value
            elif control.type == "file":
                for file in control.files or [Upload("", b"", "application/octet-stream")]:
                    yield control.name, file
            elif control.type in ("select-one", "select-multiple"):
                for chosen in control.chosen:
                    yield control.name, chosen
            else:
                yield control.name, control.value

    def _named(self, wanted: str) -> list[Control]:
        controls = [control for control in self.controls if not control.is_button]
        found = [control for control in controls if control.name == wanted]
        found = found or [control for control in controls if control.label.casefold() == wanted.casefold()]
        if not found:
            raise NoSuchControl(f"no field {wanted!r} among {self.names()}")
        return found

    def _tick(self, found: list[Control], wanted: str, values: Sequence[str]) -> None:
        known = [*(control.value for control in found), *(control.label for control in found)]
        if lost := [value for value in values if value not in known]:
            raise NoSuchControl(f"{wanted!r} has no choice {lost[0]!r} among {[control.value for control in found]}")
        for control in found:
            control.checked = control.value in values or control.label in values


def forms_of(page: Node, address: str) -> list[Form]:
    """Every form of the page at `address`."""
    return [_form(page, node, address) for node in page.all("form")]


def encode_multipart(pairs: Sequence[tuple[str, "str | Upload"]]) -> tuple[bytes, str]:
    """The fields as multipart/form-data, files with their names and types."""
    boundary = f"----bien{secrets.token_hex(12)}"
    lines: list[bytes] = []
    for name, value in pairs:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
        if isinstance(value, str):
            lines.append(f"{head}\r\n\r\n".encode() + value.encode() + b"\r\n")
        else:
            head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {value.media_type}\r\n\r\n'
            lines.append(head.encode() + value.data + b"\r\n")
    return b"".join(lines) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _form(page: Node, node: Node, address: str) -> Form:
    own = node.get("id")
    elements = node.all("input", "select", "textarea", "button", where=lambda found: not found.has("form"))
    if own:
        elements += page.all("input", "select", "textarea", "button", where=lambda found: found.get("form") == own)
    return Form(
        action=urljoin(address, node.get("action") or address),
        method=node.get("method", "get").lower(),
        multipart=node.get("enctype") == "multipart/form-data",
        controls=[_control(page, element) for element in elements],
    )


def _control(page: Node, node: Node) -> Control:
    name, label, disabled = node.get("name"), _label(page, node), node.has("disabled") or _in_disabled_set(node)
    required = node.has("required")
    if node.tag == "select":
        options = tuple((option.get("value", option.text), option.text) for option in node.all("option"))
        marked = [option.get("value", option.text) for option in node.all("option") if option.has("selected")]
        several = node.has("multiple")
        chosen = marked if marked or several or not options else [options[0][0]]
        kind = "select-multiple" if several else "select-one"
        return Control(name, kind, label, options=options, chosen=chosen, required=required, disabled=disabled)
    if node.tag == "textarea":
        return Control(name, "textarea", label, value=node.source, required=required, disabled=disabled)
    if node.tag == "button":
        return Control(name, node.get("type", "submit"), node.text, value=node.get("value"), disabled=disabled)
    kind = node.get("type", "text").lower()
    default = "on" if kind in TICKED else ""
    return Control(
        name,
        kind,
        label or (node.get("value") if kind in BUTTONS else ""),
        value=node.get("value", default),
        checked=node.has("checked"),
        required=required,
        disabled=disabled,
    )


def _label(page: Node, node: Node) -> str:
    own = node.get("id")
    found = page.first("label", where=lambda label: label.get("for") == own) if own else None
    if found is None:
        above = node.parent
        while above is not None and above.tag != "label":
            above = above.parent
        found = above
    return found.text if found else node.get("aria-label")


def _in_disabled_set(node: Node) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == "fieldset" and above.has("disabled"):
            return True
        above = above.parent
    return False


def _option(control: Control, wanted: str) -> str:
    for value, text in control.options:
        if wanted in (value, text):
            return value
    raise NoSuchControl(f"{control.name!r} has no option {wanted!r} among {[text for _, text in control.options][:20]}")


def _quoted(text: str) -> str:
    """As browsers escape names in a multipart head."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
