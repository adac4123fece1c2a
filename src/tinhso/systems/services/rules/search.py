"""Finding a procedure by what a person types: with or without marks, run together, mildly misspelt. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinhso.core.text import fold, squash

_NEAR = 0.5
"""Share of letter pairs in common from which two words count as the same word misspelt."""

_SMALL_WORDS = frozenset({"thu", "tuc", "giai", "lam", "xin", "cho", "cap", "toi", "muon", "can", "va", "o", "tai"})
"""Words that many titles share (as `_i` writes them): alone they find nothing that the others do not."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """One thing to be found: `title` weighs more than `words` (other names people have for it)."""

    key: str
    title: str
    words: tuple[str, ...] = ()


def rank(things: Iterable[Searchable], typed: str) -> list[str]:
    """Keys of what was meant, best first. An empty question finds nothing."""
    scored = [(score(thing, typed), thing.key) for thing in things]
    return [key for points, key in sorted(scored, key=lambda row: -row[0]) if points > 0]


def score(thing: Searchable, typed: str) -> float:
    """How well a thing answers what was typed; 0 is not at all."""
    whole = _run(typed)
    if not whole:
        return 0
    if whole == _run(thing.key):
        return 100
    title, others = _run(thing.title), [_run(words) for words in thing.words]
    if len(whole) > 2 and whole in title:
        return 50 + 10 * (len(whole) / len(title))
    if len(whole) > 2 and any(whole in other for other in others):
        return 40
    weighed = [(word, 1.0) for word in _words(thing.title)]
    weighed += [(word, 0.7) for word in _words(" ".join(thing.words))]
    return _by_words(weighed, _words(typed))


def _by_words(have: Sequence[tuple[str, float]], typed: Sequence[str]) -> float:
    """Every telling word that was typed must be there, perhaps misspelt."""
    telling = [word for word in typed if word not in _SMALL_WORDS] or list(typed)
    points = [max((weight * _same(word, other) for other, weight in have), default=0.0) for word in telling]
    return 30 * sum(points) / len(points) if points and min(points) > 0 else 0


def _same(typed: str, word: str) -> float:
    if typed == word:
        return 1
    if len(typed) >= 2 and word.startswith(typed):
        return 0.9
    if min(len(typed), len(word)) < 4 or abs(len(typed) - len(word)) > 1:
        return 0
    if sorted(typed) == sorted(word):
        return 0.8
    near = _likeness(typed, word)
    return near if near >= _NEAR else 0


def _likeness(one: str, other: str) -> float:
    """Dice's measure of the letter pairs of two words, their ends included."""
    pairs = [{f" {word} "[place : place + 2] for place in range(len(word) + 1)} for word in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))


def _words(text: str) -> list[str]:
    return re.findall(r"[0-9a-z]+", _i(fold(text)))


def _run(text: str) -> str:
    return _i(squash(text))


def _i(folded: str) -> str:
    """Kỹ and kĩ, lý and lí are one word in two spellings."""
    return folded.replace("y", "i")
