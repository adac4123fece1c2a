"""Steps: one text an element; `Bước n` begins one where the page uses it, else every line is one."""

import re
from itertools import pairwise

from .cells import is_empty

_STEP = re.compile(r"(?:\A|(?<=\n))[\s\-+*•]*Bước\s+\d+(?:\.\d+)*\s*[.:)]?", re.IGNORECASE)


def read_steps(text: str) -> tuple[str, ...]:
    """Steps of `trình tự thực hiện`; `text` is tidied. Words before the first `Bước` are an element of their own."""
    if is_empty(text):
        return ()
    starts = [match.start() for match in _STEP.finditer(text)]
    if len(starts) < 2:
        pieces = text.split("\n")
    else:
        edges = sorted({0, *starts, len(text)})
        pieces = [text[a:b] for a, b in pairwise(edges)]
    return tuple(piece.strip() for piece in pieces if piece.strip())
