"""What goes on, one line a phase with its seconds, on standard error: output stays clean."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def phase(name: str) -> Iterator[None]:
    """`name … 1,2 giây`, or `name … hỏng sau 1,2 giây` when it raises."""
    began = time.monotonic()
    on_screen = sys.stderr.isatty()
    if on_screen:
        print(f"  … {name}", end="", file=sys.stderr, flush=True)
    mark, word = "✗", "hỏng sau "
    try:
        yield
        mark, word = "✓", ""
    finally:
        back = "\r\033[K" if on_screen else ""
        print(f"{back}  {mark} {name}: {word}{seconds(time.monotonic() - began)}", file=sys.stderr, flush=True)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def seconds(value: float) -> str:
    """`1.25` as `1,2 giây`."""
    return f"{value:.1f}".replace(".", ",") + " giây"
