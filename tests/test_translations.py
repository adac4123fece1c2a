"""Whoever reads English finds every sentence in English. `script/translations` brings the catalogues up to date."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from translations.catalogue import compiled, read
from translations.sources import (
    SRC,
    Source,
    apps,
    catalogue_of,
    python_sources,
    release_sources,
    sources_of,
    template_sources,
)

from tinhso.core.language import reader_language


@pytest.mark.parametrize("app", apps(), ids=lambda app: str(app.relative_to(SRC)))
def test_every_sentence_of_an_app_is_in_its_english_catalogue(app: Path) -> None:
    done = {source for source, entry in read(catalogue_of(app)).items() if entry.done}
    assert [source.text for source in sources_of(app) if source not in done] == []


@pytest.mark.parametrize("app", apps(), ids=lambda app: str(app.relative_to(SRC)))
def test_a_catalogue_holds_nothing_that_nobody_says(app: Path) -> None:
    said = set(sources_of(app))
    assert [source.text for source in read(catalogue_of(app)) if source not in said] == []


@pytest.mark.parametrize("app", apps(), ids=lambda app: str(app.relative_to(SRC)))
def test_the_compiled_catalogue_is_of_this_catalogue(app: Path) -> None:
    path = catalogue_of(app)
    if path.exists():
        assert path.with_suffix(".mo").read_bytes() == compiled(read(path).values())


def test_a_translation_keeps_the_places_to_fill_in() -> None:
    entries = [entry for app in apps() for entry in read(catalogue_of(app)).values()]
    assert [entry.source.text for entry in entries if entry.misplaced] == []


def test_one_sentence_has_one_english_wherever_it_is_said() -> None:
    english: dict[Source, set[tuple[str, ...]]] = {}
    for app in apps():
        for source, entry in read(catalogue_of(app)).items():
            english.setdefault(Source(source.text, "", source.context), set()).add(entry.said[:1])
    assert {source.text: said for source, said in english.items() if len(said) > 1} == {}


def test_a_page_says_its_sentences_in_the_readers_language() -> None:
    from django.template import engines
    from django.utils.translation import override

    template = engines["django"].from_string(
        '{% load ts %}{% translate "Hộp việc" %}; {{ state|translated }}; {{ typed|translated }}'
    )
    shown = {"state": "Đang giải quyết", "typed": "Nhà số 5, phố Hùng Vương"}
    with override("en"):
        assert template.render(shown) == "Inbox; In process; Nhà số 5, phố Hùng Vương"
        assert reader_language() == "en"
    with override("vi"):
        assert template.render(shown) == "Hộp việc; Đang giải quyết; Nhà số 5, phố Hùng Vương"
        assert reader_language() == "vi"


@pytest.mark.django_db
def test_a_procedure_reads_in_english_and_its_laws_and_agencies_keep_their_names() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/thu-tuc/1.001193").content.decode()
    for said in ("Register a birth", "A child with a father or mother", "Luật Hộ tịch", "Ủy ban nhân dân cấp xã"):
        assert said in page
    assert "Trẻ có cha, mẹ" not in page


def test_sentences_of_a_template_are_found() -> None:
    text = (
        '{% load i18n ts %}{% translate "Một" %}{% button _("Hai (và)") %}'
        "{% blocktranslate with n=row.count %}Ba {{ n }}{% endblocktranslate %}"
        "{% blocktranslate count n=rows %}{{ n }} tệp{% plural %}{{ n }} tệp ấy{% endblocktranslate %}"
    )
    found = [Source("Một"), Source("Hai (và)"), Source("Ba %(n)s"), Source("%(n)s tệp", "%(n)s tệp ấy")]
    assert list(template_sources(text)) == found


def test_sentences_of_python_are_found() -> None:
    text = (
        "class Level(models.TextChoices):\n"
        '    HIGH = "high", "Cao"\n'
        'raise Invalid("Chưa được.", what_to_do="Làm lại.", fields={"a": "Thiếu."})\n'
        'raise NotFound(f"Không có {code}.")\n'
        'said = _("Một") + gettext_noop("Hai") + other("Ba")\n'
    )
    expected = {"Cao", "Chưa được.", "Làm lại.", "Thiếu.", "Một", "Hai"}
    assert {source.text for source in python_sources(text)} == expected


def test_of_a_release_only_what_people_read_is_found() -> None:
    text = (
        "name: Tên đầy đủ\nshort_name: Tên gọi\n"
        "legal:\n  - {title: Luật, number: 1/2020}\n"
        "cases:\n  - {name: Thường, limit: {amount: 1, unit: days, text: 1 ngày}}\n"
        "form: {pages: [{title: Trang, questions: [{title: Câu hỏi, unit: bản}]}]}\n"
    )
    said = [source.text for source in release_sources(text)]
    assert said == ["Tên gọi", "Thường", "1 ngày", "Trang", "Câu hỏi", "bản"]
