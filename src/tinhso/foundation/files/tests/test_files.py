"""Files: what is taken, what is refused, how it lies on disk."""

import io
import os
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections, transaction
from hypothesis import given as each
from hypothesis import strategies as st
from PIL import Image

from tinhso.core.context import Context
from tinhso.core.crypto import WrongKey
from tinhso.core.errors import Conflict
from tinhso.core.settings import current
from tinhso.foundation.files import store
from tinhso.foundation.files.actions.give import give
from tinhso.foundation.files.actions.keep import keep, read
from tinhso.foundation.files.actions.release import release
from tinhso.foundation.files.actions.sweep import sweep
from tinhso.foundation.files.models import Blob, FileRef
from tinhso.foundation.files.rules import KEPT_PIXELS, LONGEST_SIDE, Accepted, Fault, inspect
from tinhso.foundation.files.tests.pdfs import make_pdf
from tinhso.foundation.files.words import say_fault

PDF = make_pdf()


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


@pytest.mark.parametrize(
    "size, least",
    [((6000, 3000), 1500), ((3000, 6000), 1500), ((12_000, 1_200), 650), ((30_000, 400), 250)],
)
def test_a_large_photo_is_made_readable_whatever_its_shape(size: tuple[int, int], least: int) -> None:
    found = inspect(picture(size))
    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.width * image.height <= KEPT_PIXELS * 1.01
        assert min(image.size) >= least
        assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_thread_of_an_image_is_no_trouble() -> None:
    found = inspect(picture((400_000, 100), "PNG"))
    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.data)) as image:
        assert max(image.size) == LONGEST_SIDE


def test_a_small_photo_keeps_its_size() -> None:
    found = inspect(picture((1000, 700)))
    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (1000, 700)


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty"),
        (b"MZ\x90\x00 not a paper", "unknown_type"),
        (b"<svg onload=alert(1)>", "unknown_type"),
        (b"\xff\xd8\xff\xe0 broken", "broken_image"),
        (b"%PDF-1.7 cut off", "broken_pdf"),
        (make_pdf(b"/OpenAction<</S/JavaScript/JS(x)>>"), "active_pdf"),
        (make_pdf(b"", b"", b"<</Filter/Standard>>", trailer=b"/Encrypt 5 0 R"), "locked_pdf"),
        (make_pdf(b"/X[" + b"[]" * 150_000 + b"]"), "tangled_pdf"),
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


def test_a_bomb_past_what_the_library_opens_is_too_large_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    found = inspect(picture((40, 30), "PNG"))
    assert found == Fault("too_many_pixels")
    assert isinstance(found, Fault)
    assert "tối đa 60 triệu" in say_fault(found, limit=1)


def test_an_image_too_small_for_a_line_of_writing_is_no_paper() -> None:
    assert inspect(picture((3, 3), "PNG")) == Fault("too_few_pixels")
    assert isinstance(inspect(picture((16, 16), "PNG")), Accepted)


@each(st.binary(max_size=300))
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


def test_a_file_being_kept_again_is_not_swept_away(fresh_database: str, ctx: Context) -> None:
    orphan = store.path_of(store.put(PDF + b"%3"))
    old = (ctx.now - timedelta(days=2)).timestamp()
    os.utime(orphan, (old, old))
    kept, swept = threading.Event(), threading.Event()

    def keeper() -> None:
        with transaction.atomic():
            keep(ctx, PDF + b"%3", name="a.pdf", media_type="application/pdf", owner=("test", 1))
            os.utime(orphan, (old, old))  # the lock alone must do
            kept.set()
            swept.wait(20)
        connections.close_all()

    thread = threading.Thread(target=keeper)
    thread.start()
    assert kept.wait(20)
    sweep(ctx.now)
    swept.set()
    thread.join()
    assert read(FileRef.objects.get(blob_id=orphan.name)) == PDF + b"%3"
    sweep(ctx.now)
    assert orphan.exists()


def test_keeping_and_sweeping_at_once_loses_nothing(fresh_database: str, ctx: Context) -> None:
    later, done = ctx.now + timedelta(days=400), threading.Event()

    def sweeper() -> None:
        while not done.is_set():
            sweep(later)
        connections.close_all()

    thread = threading.Thread(target=sweeper)
    thread.start()
    try:
        for _ in range(60):
            file = keep(ctx, PDF + b"%4", name="a.pdf", media_type="application/pdf", owner=("test", 1))
            assert read(file) == PDF + b"%4"
            file.delete()
    finally:
        done.set()
        thread.join()
    sweep(later)
    assert not Blob.objects.filter(pk=store.name_of(PDF + b"%4")).exists()
    assert not store.path_of(store.name_of(PDF + b"%4")).exists()


@pytest.mark.django_db
def test_the_last_reference_takes_the_bytes_with_it(ctx: Context) -> None:
    first, second = (
        keep(ctx, PDF + b"%5", name="a.pdf", media_type="application/pdf", owner=("test", n)) for n in (1, 2)
    )
    path = store.path_of(first.blob_id)
    old = (ctx.now - timedelta(days=1)).timestamp()
    os.utime(path, (old, old))
    first.delete()
    sweep(ctx.now + timedelta(days=2))
    assert read(second) == PDF + b"%5"
    second.delete()
    sweep(ctx.now + timedelta(hours=1))
    assert path.exists()
    sweep(ctx.now + timedelta(days=2))
    assert not path.exists()
    assert not Blob.objects.filter(pk=path.name).exists()


@pytest.mark.django_db
def test_what_was_never_filed_is_let_go_and_what_was_given_is_not(ctx: Context) -> None:
    left, given, other, fresh = (
        keep(replace(ctx, now=at), PDF, name="a.pdf", media_type="application/pdf", owner=owner)
        for at, owner in [
            (ctx.now, ("desk", 1)),
            (ctx.now, ("supplement:giay", 2)),
            (ctx.now, ("case", 3)),
            (ctx.now + timedelta(days=2), ("desk", 1)),
        ]
    )
    give([given.pk], ("case", 4))
    assert release(ctx.now + timedelta(days=29)) == 0
    assert release(ctx.now + timedelta(days=31)) == 1
    assert set(FileRef.objects.filter(blob_id=left.blob_id)) == {given, other, fresh}
    with pytest.raises(Conflict):
        give([left.pk], ("case", 4))
    with pytest.raises(Conflict):
        give([given.pk], ("case", 5))
