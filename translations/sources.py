"""What each app says: the Vietnamese sentences of its templates, its Python and the releases it carries.

Of Python: arguments of the gettext family, labels of choices, and the fixed sentences of refusals (core/errors), which
are translated where they are shown. A sentence put together from parts (an f-string) is nobody's source.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation.template import templatize

from tinhso.core.errors import DomainError

SRC = Path(__file__).resolve().parent.parent / "src" / "tinhso"
FLOORS = ("core", "foundation", "systems", "faces", "demo")

_CALLS = {
    name
    for singular in ("gettext", "ngettext", "pgettext", "npgettext")
    for name in (singular, f"{singular}_lazy", f"{singular}_noop")
} | {"_"}
_REFUSALS = {kind.__name__ for kind in DomainError.__subclasses__()}
_CHOICES = {"TextChoices", "IntegerChoices"}

_IN_TEMPLATE = re.compile(r"(?<![\w.])(n?p?gettext|_)\(")
_LETTER = re.compile(r"[^\W\d_]")

_SAID = {"title", "hint", "note", "why", "unit", "name", "text", "requirements"}
_SAID |= {"need", "time", "cost", "sector_name", "short_name"}
_UNSAID = re.compile(
    r"source|legal|luat-.*|dan-toc|agencies|(limit|limit_by_case|ask_within|valid_for)\.unit|results\.note"
)
"""Parts of a release that are citations, names of peoples and agencies, or the author's own remarks."""


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """One sentence to translate; `plural` where the sentence counts, `context` where one sentence has two meanings."""

    text: str
    plural: str = ""
    context: str = ""


def apps() -> list[Path]:
    """The folders of the apps, core first."""
    return [path.parent for floor in FLOORS for path in sorted((SRC / floor).rglob("apps.py"))]


def catalogue_of(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sources_of(app: Path) -> list[Source]:
    """The app's sentences in the order of its files, each once."""
    found = [*_of_templates(app), *_of_python(app), *_of_releases(app)]
    return list(dict.fromkeys(source for source in found if source.text.strip() and _LETTER.search(source.text)))


def template_sources(text: str, origin: str = "") -> Iterator[Source]:
    """The sentences of one template. `templatize` leaves calls among filler that is not Python."""
    calls = templatize(text, origin=origin)
    for match in _IN_TEMPLATE.finditer(calls):
        call = _call_at(calls, match.start())
        if call is not None:
            yield from _said(call)


def python_sources(text: str) -> Iterator[Source]:
    """The sentences of one module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _CALLS:
                yield from _said(node)
            elif name in _REFUSALS:
                yield from _fixed(node)
        elif isinstance(node, ast.ClassDef) and any(getattr(base, "attr", "") in _CHOICES for base in node.bases):
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                    yield from _constants([line.value.elts[-1]])


def release_sources(text: str) -> Iterator[Source]:
    """What citizens and officers read of one release: questions, papers, steps, results, what to know before."""
    for path, said in _leaves(yaml.safe_load(text), ()):
        parts = [*path, *(f"{outer}.{inner}" for outer, inner in pairwise(path))]
        if path[-1] in _SAID and path != ("name",) and not any(_UNSAID.fullmatch(part) for part in parts):
            yield Source(said)


def _of_templates(app: Path) -> Iterator[Source]:
    for path in sorted((app / "templates").rglob("*.html")):
        if "styleguide" not in path.as_posix():
            yield from template_sources(path.read_text(encoding="utf-8"), str(path))


def _of_python(app: Path) -> Iterator[Source]:
    for path in sorted(app.rglob("*.py")):
        if not {"tests", "migrations", "management"} & set(path.relative_to(app).parts):
            yield from python_sources(path.read_text(encoding="utf-8"))


def _of_releases(app: Path) -> Iterator[Source]:
    for path in sorted((app / "releases").glob("*.yaml")):
        if not path.name.startswith("fees-"):
            yield from release_sources(path.read_text(encoding="utf-8"))


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins there: the shortest stretch up to a closing bracket that is one."""
    at = start
    while (at := text.find(")", at) + 1) > 0:
        try:
            node = ast.parse(text[start:at].strip(), mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _said(call: ast.Call) -> Iterator[Source]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    context = texts.pop(0) if "pgettext" in name and texts else ""
    if "ngettext" in name or "npgettext" in name:
        if len(texts) > 1:
            yield Source(texts[0], texts[1], context)
    elif texts:
        yield Source(texts[0], "", context)


def _fixed(call: ast.Call) -> Iterator[Source]:
    """The sentences of a refusal: its message, what to do, and the faults of its fields."""
    fields = [word.value for word in call.keywords if word.arg == "fields"]
    yield from _constants([*call.args[:1], *(word.value for word in call.keywords if word.arg == "what_to_do")])
    for given in fields:
        if isinstance(given, ast.Dict):
            yield from _constants(given.values)


def _constants(nodes: Iterable[ast.expr]) -> Iterator[Source]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _constants([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Source(node.value)


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, path)
    elif isinstance(value, str):
        yield path, value
