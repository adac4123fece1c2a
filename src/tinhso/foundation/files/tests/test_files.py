"""Files: what is taken, what is refused, how it lies on disk."""

import io
import os
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tinhso.core.context import Context
from tinhso.core.crypto import WrongKey
from tinhso.core.settings import current
from tinhso.foundation.files import store
from tinhso.foundation.files.actions.keep import keep, read
from tinhso.foundation.files.actions.sweep import sweep
from tinhso.foundation.files.models import Blob
from tinhso.foundation.files.rules import LONG_SIDE, Accepted, Fault, inspect
from tinhso.foundation.files.words import say_fault

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def picture(size: tuple[int, int] = (40, 20), kind: str = "JPEG", **more: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "white").save(kept, kind, **more)
    return kept.getvalue()


def test_a_pdf_is_kept_as_it_is() -> None:
    found = inspect(PDF)
    assert isinstance(found, Accepted)
    assert found.data == PDF


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_written_anew_as_jpeg(kind: str) -> None:
    found = inspect(picture(kind=kind))
    assert isinstance(found, Accepted)
    assert found.media_type == "image/jpeg"


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (21.0, 19.0, 0.0)}
    found = inspect(picture(exif=exif))
    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()


def test_a_large_photo_is_made_readable_not_huge() -> None:
    found = inspect(picture((6000, 3000)))
    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.data)) as image:
        assert max(image.size) == LONG_SIDE


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty"),
        (b"MZ\x90\x00 not a paper", "unknown_type"),
        (b"<svg onload=alert(1)>", "unknown_type"),
        (b"\xff\xd8\xff\xe0 broken", "broken_image"),
        (b"%PDF-1.7 cut off", "broken_pdf"),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(x)>>/Type"), "active_pdf"),
        (PDF.replace(b"/Type", b"/EmbeddedFile 1 0 R/Type"), "active_pdf"),
        (PDF.replace(b"/Type", b"/Encrypt 9 0 R/Type"), "locked_pdf"),
    ],
)
def test_what_is_no_paper_is_refused_with_words(data: bytes, code: str) -> None:
    found = inspect(data)
    assert found == Fault(code)
    said = say_fault(Fault(code), limit=20 * 1024 * 1024)
    assert said.endswith(".")
    assert len(said) > 30


def test_a_picture_bomb_is_refused() -> None:
    assert inspect(picture((9000, 9000), "PNG")) == Fault("too_many_pixels")


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert isinstance(inspect(data), Accepted | Fault)


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_and_lie_sealed(ctx: Context) -> None:
    first = keep(ctx, PDF, name="a.pdf", media_type="application/pdf", owner=("test", 1))
    second = keep(ctx, PDF, name="b.pdf", media_type="application/pdf", owner=("test", 2))
    assert first.blob_id == second.blob_id
    assert Blob.objects.filter(pk=first.blob_id).count() == 1
    assert b"%PDF" not in store.path_of(first.blob_id).read_bytes()
    assert read(second) == PDF


@pytest.mark.django_db
def test_a_changed_file_is_not_given_out(ctx: Context) -> None:
    kept = keep(ctx, PDF + b"%1", name="a.pdf", media_type="application/pdf", owner=("test", 1))
    path = store.path_of(kept.blob_id)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(WrongKey):
        read(kept)
    path.unlink()


@pytest.mark.django_db
def test_orphans_are_swept_after_a_day(ctx: Context) -> None:
    kept = keep(ctx, PDF + b"%2", name="a.pdf", media_type="application/pdf", owner=("test", 1))
    orphan = store.path_of(store.put(b"nobody knows me"))
    old = (ctx.now - timedelta(days=2)).timestamp()
    for path in (orphan, store.path_of(kept.blob_id)):
        os.utime(path, (old, old))
    sweep(ctx.now)
    assert not orphan.exists()
    assert store.path_of(kept.blob_id).exists()
    assert current().blobs in store.path_of(kept.blob_id).parents
