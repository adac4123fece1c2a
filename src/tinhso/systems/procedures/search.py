"""Finding a procedure of the catalogue: with or without marks, run together, misspelt; and pages by keyset."""

from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least, Length

from tinhso.core.text import squash, whole_number
from tinhso.systems.procedures.models import CatalogueRecord
from tinhso.systems.procedures.rules.drawn import MOST_READINGS, nearest, words_of

PAGE = 25
LONGEST_QUESTION = 200
SMALL_WORDS = frozenset({"thu", "tuc", "giay", "lam", "xin", "toi", "muon", "can", "va", "o", "tai", "ve", "cho"})
"""Words people put around what they want; left out when others remain."""

MOST_WORDS = 12

_EXACT, _BEGINS, _HOLDS, _WORDS, _MENDED_WHOLE = 7000, 6000, 5000, 4000, 3000
_LIKENESS = 0.3
_READINGS = 200
_RUN_TOGETHER = 0.42


@dataclass(frozen=True, slots=True)
class Page:
    """Records and where the next page begins (`""`: there is none)."""

    rows: list[CatalogueRecord]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Found(Page):
    """`read_as`: the words searched for when what was typed matched nothing as it stood."""

    read_as: str = ""


def search_records(words: str = "", *, sector: str = "", level: str = "", limit: int = PAGE, after: str = "") -> Found:
    """Records that answer `words` (with or without marks, run together, misspelt), best first; all by name without.

    `sector` is a sector's key, `level` of rules.heading.Level, `after` a former page's. At most three queries.
    """
    rows = CatalogueRecord.objects.all()
    if sector:
        rows = rows.filter(sector_key=sector)
    if level:
        rows = rows.filter(levels__contains=[level])
    words = words[:LONGEST_QUESTION]
    whole = squash(words)
    if not whole:
        return Found(*page(rows.annotate(rank=Value(0, IntegerField())), limit, after))
    typed = words_of(words)[:MOST_WORDS]
    telling = [word for word in typed if word not in SMALL_WORDS] or typed
    mended = _mend(telling)
    found = page(_matching(rows, words.strip(), whole, telling, mended), limit, after)
    if found[0] or after:
        return Found(*found, read_as=_read_as(found[0], mended))
    alike = rows.annotate(alike=_alike(whole), rank=_permille("alike")).filter(alike__gte=_RUN_TOGETHER)
    return Found(*page(alike, limit, ""))


def _matching(
    rows: QuerySet[CatalogueRecord], typed: str, whole: str, telling: list[str], mended: list[list[str]]
) -> Any:
    """Rows with a `rank`: by how they match, then shorter names first; mended words by their likeness."""
    as_typed = _words_query([[word] for word in telling])
    as_mended = _words_query(mended)
    wanted = Q(code=typed) | Q(search_vector=as_typed) | Q(search_vector=as_mended)
    tiers = [(Q(code=typed), _EXACT)]
    if len(whole) > 2:
        wanted |= Q(squash_key__contains=whole)
        tiers += [(Q(squash_key__startswith=whole), _BEGINS), (Q(squash_key__contains=whole), _HOLDS)]
    tiers.append((Q(search_vector=as_typed), _WORDS))
    tiers += [(Q(squash_key__contains="".join(one)), _MENDED_WHOLE) for one in islice(product(*mended), MOST_READINGS)]
    shorter_first = Least(Length("squash_key"), 999)
    tier = Case(*(When(how, then=Value(rank) - shorter_first) for how, rank in tiers), output_field=IntegerField())
    rows = rows.filter(wanted).annotate(alike=_alike(whole))
    return rows.annotate(rank=Coalesce(tier, _permille("alike"), output_field=IntegerField()))


def _alike(whole: str) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(whole, "squash_key")


def _permille(likeness: str) -> Cast:
    return Cast(F(likeness) * 1000, IntegerField())


def _words_query(words: list[list[str]]) -> SearchQuery:
    """Of every word one of its readings, the last perhaps not typed to its end. Words are letters and digits only."""
    readings = [*words[:-1], [f"{one}:*" for one in words[-1]]]
    said = " & ".join(f"({' | '.join(one)})" for one in readings)
    return SearchQuery(said, search_type="raw", config="simple")


def _mend(words: list[str]) -> list[list[str]]:
    """For each word itself, or when no name holds it what may have been meant. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT typed, array(SELECT word FROM procedures_word WHERE similarity(word, typed) > %s"
            " OR left(word, 1) = left(typed, 1) AND abs(length(word) - length(typed)) < 2"
            " ORDER BY word = typed DESC, uses DESC LIMIT %s) FROM unnest(%s::text[]) AS typed",
            [_LIKENESS, _READINGS, words],
        )
        near: dict[str, list[str]] = dict(cursor.fetchall())
    return [nearest(word, near.get(word, ())) or [word] for word in words]


def _read_as(rows: list[Any], mended: list[list[str]]) -> str:
    """The words that the best row was found by, when it was not found as typed."""
    if not rows or rows[0].rank > _MENDED_WHOLE:
        return ""
    there = set(rows[0].search_key.split())
    return " ".join(next((one for one in readings if one in there), readings[0]) for readings in mended)


def page(rows: Any, limit: int, after: str) -> tuple[list[Any], str]:
    """A page of rows with a `rank`: by it, then by name and code; `after` is `rank|code` of the row before."""
    said, _, code = after.partition("|")
    rank = whole_number(said)
    if rank is not None and code:
        key = Subquery(CatalogueRecord.objects.filter(code=code).values("sort_key")[:1])
        later = Q(sort_key__gt=key) | Q(sort_key=key, code__gt=code)
        rows = rows.filter(Q(rank__lt=rank) | Q(later, rank=rank))
    found = list(rows.defer("parsed").order_by("-rank", "sort_key", "code")[: limit + 1])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return found[:limit], f"{last.rank}|{last.code}" if last else ""
