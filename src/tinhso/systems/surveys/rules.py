"""What is asked after a dossier is returned. Pure.

Decree 118/2025/NĐ-CP art. 33 lists what citizens rate (read); of its nine contents a, d, đ and e are asked, and the
whole. One rating a dossier, bound to its code, after return. The five points are those in use (assumed).
"""

from collections.abc import Mapping

LEAST, MOST = 1, 5
LONGEST_COMMENT = 2000


QUESTIONS = ("time", "information", "attitude", "result", "overall")


def faults(points: Mapping[str, int | None], comment: str) -> dict[str, str]:
    """Codes of what is wrong by field: `unanswered`, `too_long`."""
    found = {key: "unanswered" for key in QUESTIONS if not LEAST <= (points.get(key) or 0) <= MOST}
    return found | ({"comment": "too_long"} if len(comment) > LONGEST_COMMENT else {})
