"""Form files whose names ran into the name of their paper: `theo mẫu;Mẫu số 01.docx`."""

import re
from itertools import pairwise

from .cells import BODIES, LOWER, UPPER

_EXTENSION = re.compile(r"\.(?i:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png)(?=\Z|[^\sa-z.,;:)”\"])")
_LEGAL_TAIL = rf"[/-](?>{BODIES})(?:1\d)?"
_GLUE = re.compile(
    rf"(?<=[{LOWER}])(?=[{UPPER}])|(?<=[{LOWER}]{{3}})(?=\d)|(?<=[;)”:])(?=[^\s\W])|(?<=[{LOWER})]\.)(?=[^\s\W])"
    rf"|(?<=/\d{{4}})(?=[{UPPER}])|(?<=/\d{{4}}\.)(?=[{UPPER}])|(?<=năm \d{{4}})(?=[{UPPER}])"
    rf"|(?<= I[IV])(?=[{UPPER}][{LOWER}])|(?<= [IV]I)(?=[{UPPER}][{LOWER}])"
    rf"|{_LEGAL_TAIL}[;.]?(?=[{UPPER}][{LOWER}]|\d)"
)
LONGEST = 140


def split_files(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Name of the paper, its form files, and whether the split is sure.

    When it is not sure the whole text is the name and there are no files.
    """
    text = text.rstrip()
    extensions = list(_EXTENSION.finditer(text))
    ends = [match.end() for match in extensions]
    if not ends or ends[-1] != len(text):
        return text, (), not ends or not re.search(r"\.(docx?|pdf)\Z", text, re.IGNORECASE)
    start = _start(text[: extensions[0].start()])
    if start is None:
        return text, (), False
    files = (text[start : ends[0]], *(text[a:b] for a, b in pairwise(ends)))
    if any(len(name) > LONGEST for name in files):
        return text, (), False
    return text[:start], tuple(name.strip() for name in files), True


def _start(text: str) -> int | None:
    """Where the first file name begins: the only glue there is, or the first when one word holds them all."""
    points = [match.end() for match in _GLUE.finditer(text)]
    if not points:
        return None
    between = text[points[0] : points[-1]]
    return points[0] if " " not in between.strip() else None
