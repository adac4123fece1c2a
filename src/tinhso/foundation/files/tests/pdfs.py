"""Small PDFs for tests, written by hand so that every byte of a name is ours."""

import zlib

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def make_pdf(catalog: bytes = b"", page: bytes = b"", *more: bytes, trailer: bytes = b"") -> bytes:
    """One page; `catalog` and `page` are further entries of theirs, `more` are objects from number 5 on."""
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(_objects(catalog, page, *more), 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(body))
    return body + head + table + end


def make_packed_pdf(catalog: bytes = b"", page: bytes = b"", *more: bytes) -> bytes:
    """The same with every object inside one compressed object stream, found by a cross-reference stream."""
    parts = [part for part in _objects(catalog, page, *more) if b"stream" not in part]
    parts[2:3] = [parts[2].replace(b"/Contents 4 0 R", b"")]
    numbers = [number for number in range(1, len(parts) + 2) if number != 4]
    starts = [sum(len(part) + 1 for part in parts[:at]) for at in range(len(parts))]
    index = b" ".join(b"%d %d" % pair for pair in zip(numbers, starts, strict=True)) + b"\n"
    packed = zlib.compress(index + b"\n".join(parts))
    body, holder = b"%PDF-1.7\n", len(parts) + 2
    place = len(body)
    body += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d" % (holder, len(parts), len(index))
    body += b"/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    rows = {0: (0, 0, 255), 4: (0, 0, 0), holder: (1, place, 0), holder + 1: (1, len(body), 0)}
    rows |= {number: (2, holder, at) for at, number in enumerate(numbers)}
    table = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + bytes([at]) for _, (kind, where, at) in sorted(rows.items())
    )
    table_at = len(body)
    body += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>\n" % (holder + 1, holder + 2, len(table))
    return body + b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, table_at)


def make_scan(pixels: bytes) -> bytes:
    """A page that is one picture, whose stored bytes are `pixels` as they are."""
    picture = b"<</Type/XObject/Subtype/Image/Length %d>>\nstream\n%s\nendstream" % (len(pixels), pixels)
    return make_pdf(b"", b"/Resources<</XObject<</I 5 0 R>>>>", picture)


def _objects(catalog: bytes, page: bytes, *more: bytes) -> list[bytes]:
    return [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % page,
        b"<</Length 3>>\nstream\nq Q\nendstream",
        *more,
    ]
