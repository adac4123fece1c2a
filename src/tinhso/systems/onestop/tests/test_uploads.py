"""Files of a posted form."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tinhso.systems.onestop.views.uploads import digests


def of(*contents: bytes) -> dict[str, list[str]]:
    files = [SimpleUploadedFile("a.jpg", content) for content in contents]
    return digests(RequestFactory().post("/", {"tep": files}))


def test_every_file_of_a_field_is_part_of_the_fingerprint() -> None:
    assert of(b"one", b"two") == of(b"one", b"two")
    assert of(b"one", b"two") != of(b"other", b"two")
    assert of(b"one", b"two") != of(b"two")
    assert len(of(b"one", b"two")["tep"]) == 2
