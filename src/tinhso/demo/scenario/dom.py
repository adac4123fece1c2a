"""A page as a tree: enough of HTML to read what a person reads and to fill in its forms."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
SILENT = frozenset({"script", "style", "template", "head"})
"""Elements whose text nobody reads."""


@dataclass(slots=True)
class Node:
    """One element, its attributes (names in lower case), and its children in order: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)
    parent: "Node | None" = None

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def has(self, name: str) -> bool:
        return name in self.attributes

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.get("class").split())

    def walk(self) -> "Iterator[Node]":
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str, where: "Callable[[Node], bool] | None" = None) -> "list[Node]":
        """Every element below with one of these tags (none given: any) for which `where` holds."""
        below = (node for node in self.walk() if node is not self)
        return [node for node in below if (not tags or node.tag in tags) and (where is None or where(node))]

    def first(self, *tags: str, where: "Callable[[Node], bool] | None" = None) -> "Node | None":
        return next(iter(self.all(*tags, where=where)), None)

    @property
    def source(self) -> str:
        """The text as it stands, for a textarea: one leading line break is not part of it."""
        return "".join(child for child in self.children if isinstance(child, str)).removeprefix("\n")

    @property
    def text(self) -> str:
        """What is read: single spaces, nothing of scripts."""
        return re.sub(r"\s+", " ", " ".join(self._texts())).strip()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in SILENT:
                yield from child._texts()


def parse(html: str) -> Node:
    """The tree of a page, whatever is wrong with it."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of this tag; one that was never opened is overlooked."""
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)
