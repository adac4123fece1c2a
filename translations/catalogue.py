"""Catalogues on disk: reading and writing .po, writing .mo (GNU gettext's formats), without its programs."""

import ast
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from translations.sources import Source

HEADER = (
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}")
_WORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")$')


@dataclass(frozen=True, slots=True)
class Entry:
    """A source and its translations: one, or singular and plural. `fuzzy`: someone must look at it again."""

    source: Source
    said: tuple[str, ...]
    fuzzy: bool = False

    @property
    def done(self) -> bool:
        return bool(self.said) and all(self.said) and not self.fuzzy

    @property
    def misplaced(self) -> bool:
        """Whether a translation has lost or gained a placeholder of its source."""
        known = set(places(self.source.text)) | set(places(self.source.plural))
        return any(set(places(said)) - known or known - set(places(self.said[-1])) for said in self.said if said)


def places(text: str) -> list[str]:
    """The placeholders of a sentence, as %(name)s or %s."""
    return sorted(_PLACE.findall(text))


def read(path: Path) -> dict[Source, Entry]:
    """The entries of a catalogue in its order, without the header. Empty where there is no file."""
    entries: dict[Source, Entry] = {}
    if not path.exists():
        return entries
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        parts, fuzzy = _parts(block)
        if parts.get("msgid"):
            source = Source(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))
            said = tuple(text for key, text in sorted(parts.items()) if key.startswith("msgstr"))
            entries[source] = Entry(source, said, fuzzy)
    return entries


def write(path: Path, entries: Iterable[Entry]) -> None:
    """A .po of these entries, in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(_quoted(line + "\n") for line in HEADER.splitlines())]
    blocks += [_block(entry) for entry in entries]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def compiled(entries: Iterable[Entry]) -> bytes:
    """The .mo of these entries; what is untranslated or fuzzy stays out."""
    texts: dict[bytes, bytes] = {b"": HEADER.encode()}
    for entry in entries:
        if entry.done:
            key = f"{entry.source.context}\4{entry.source.text}" if entry.source.context else entry.source.text
            key += f"\0{entry.source.plural}" if entry.source.plural else ""
            texts[key.encode()] = "\0".join(entry.said).encode()
    return _machine_object(texts)


def _machine_object(texts: Mapping[bytes, bytes]) -> bytes:
    """Header, table of sources, table of translations, then both sets of texts, each closed by a NUL."""
    pairs = sorted(texts.items())
    at = 28 + 16 * len(pairs)
    tables: list[int] = []
    for column in (0, 1):
        for pair in pairs:
            tables += [len(pair[column]), at]
            at += len(pair[column]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    body = b"".join(text + b"\0" for column in (0, 1) for pair in pairs for text in [pair[column]])
    return head + struct.pack(f"<{len(tables)}I", *tables) + body


def _parts(block: str) -> tuple[dict[str, str], bool]:
    parts: dict[str, str] = {}
    fuzzy, key = False, ""
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif match := _WORD.match(line):
            key = match[1]
            parts[key] = _unquoted(match[2])
        elif line.startswith('"') and key:
            parts[key] += _unquoted(line)
    return parts, fuzzy


def _block(entry: Entry) -> str:
    source = entry.source
    flags = ", ".join(flag for flag, there in (("fuzzy", entry.fuzzy), ("python-format", "%(" in source.text)) if there)
    lines = [f"#, {flags}"] if flags else []
    if source.context:
        lines.append(f"msgctxt {_quoted(source.context)}")
    lines.append(f"msgid {_quoted(source.text)}")
    if source.plural:
        lines.append(f"msgid_plural {_quoted(source.plural)}")
        lines += [f"msgstr[{n}] {_quoted(said)}" for n, said in enumerate((*entry.said, "", "")[:2])]
    else:
        lines.append(f"msgstr {_quoted(entry.said[0] if entry.said else '')}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _unquoted(text: str) -> str:
    return str(ast.literal_eval(text.strip()))
