"""The raw text of a field with the doubted passage marked."""

import re
from dataclasses import dataclass

from tinhso.systems.procedures.rules.cells import tidy


@dataclass(frozen=True, slots=True)
class Marked:
    """Text before the passage, the passage, and text after it; the passage is empty when it was not found."""

    before: str
    passage: str
    after: str


def mark(raw: str, passage: str) -> Marked:
    """Find `passage` in `raw` as the page shows it, or in its tidied form, blanks taken as equal."""
    wanted = passage.strip()
    if wanted:
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        for text in (raw, tidy(raw)):
            if found := re.search(pattern, text):
                return Marked(text[: found.start()], found[0], text[found.end() :])
    return Marked(raw, "", "")
