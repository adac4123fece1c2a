"""`script/translations`: bring every English catalogue up to date, say what is missing, compile.

Sentences that are gone leave the catalogue; a new one takes its words from another app's catalogue when it is there.
`--check` writes nothing. Exit code 1 when something is untranslated, fuzzy, misplaced or out of date.
"""

import argparse
import sys
from pathlib import Path

from translations.catalogue import Entry, compiled, read, write
from translations.sources import SRC, Source, apps, catalogue_of, sources_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/translations", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only report")
    parser.add_argument("--missing", action="store_true", help="print the untranslated sentences")
    args = parser.parse_args()
    known = {source: entry for app in apps() for source, entry in read(catalogue_of(app)).items() if entry.done}
    faults = sum(_bring(app, known, args) for app in apps())
    print("Đủ tiếng Anh." if not faults else f"Còn {faults} chỗ.")
    return 1 if faults else 0


def _bring(app: Path, known: dict[Source, Entry], args: argparse.Namespace) -> int:
    path, sources = catalogue_of(app), sources_of(app)
    before = read(path)
    if not sources and not before:
        return 0
    entries = [before.get(source) or known.get(source) or Entry(source, ()) for source in sources]
    wanting = [entry for entry in entries if not entry.done]
    misplaced = [entry for entry in entries if entry.done and entry.misplaced]
    obsolete = [source for source in before if source not in set(sources)]
    new = [entry for entry in entries if entry.source not in before]
    stale = not path.exists() or path.with_suffix(".mo").read_bytes() != compiled(entries)
    print(
        f"{app.relative_to(SRC)}: {len(entries)} câu, {len(wanting)} chưa dịch, {len(misplaced)} sai chỗ điền,"
        f" {len(new)} mới, {len(obsolete)} đã bỏ"
    )
    for entry in [*(wanting if args.missing else ()), *misplaced]:
        print(f"  {entry.source.text!r}")
    if args.check:
        return len(wanting) + len(misplaced) + len(obsolete) + (1 if stale else 0)
    write(path, entries)
    path.with_suffix(".mo").write_bytes(compiled(entries))
    return len(wanting) + len(misplaced)


if __name__ == "__main__":
    sys.exit(main())
