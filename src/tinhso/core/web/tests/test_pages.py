"""The shells and refusals as text: complete, without inline script or style, within the budget, in two languages."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tinhso.core.errors import Conflict
from tinhso.core.web.views import styleguide

ROOM = Path(__file__).parent.parent
SHELLS = ["", "ban-lam-viec", "man-hinh", "ban-in"]
REFUSALS = ["400", "403", "404", "409", "413", "422", "429", "500", "503", "expired", "interrupted"]


def guide(page: str) -> str:
    return styleguide(RequestFactory().get("/"), page).content.decode()


def refusal(name: str, **context: object) -> str:
    return render_to_string(f"web/errors/{name}.html", context, RequestFactory().get("/ho-so/7"))


@pytest.mark.parametrize("page", SHELLS)
def test_each_shell_has_one_main_a_skip_link_and_nothing_inline(page: str) -> None:
    html = guide(page)
    assert html.count("<main") == 1
    assert 'class="ts-skip" href="#main"' in html
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("page", SHELLS)
def test_no_id_is_used_twice(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide(page))
    assert len(ids) == len(set(ids))


def test_a_page_stays_under_150_kb_before_pictures_and_fonts() -> None:
    paths = [finders.find(f"web/{name}") for name in ("ts.css", "page.js", "desk.js", "wall.js", "htmx.js")]
    assert sum(Path(str(path)).stat().st_size for path in paths) + len(guide("").encode()) < 150_000
    assert len(gzip.compress(Path(str(paths[0])).read_bytes())) < 20_000


def test_style_and_scripts_ask_nobody_outside() -> None:
    for path in (ROOM / "static" / "web").glob("*.*"):
        assert not re.search(r"url\([\"']?https?:|sourceMappingURL|import\s+[\"']http", path.read_text()), path.name


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_says_what_happened_what_to_do_and_whom_to_call(name: str) -> None:
    html = refusal(name)
    assert "<h1>" in html
    assert "Bạn có thể làm gì" in html
    assert 'href="tel:' in html
    assert "Có lỗi xảy ra" not in html


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_reads_in_english(name: str) -> None:
    with translation.override("en"):
        html = refusal(name)
    assert '<html lang="en">' in html
    assert "What you can do" in html


def test_a_conflict_shows_what_the_colleague_changed_and_what_was_typed() -> None:
    error = Conflict("Hồ sơ này vừa được chuyển bước.", changes=("Bước: thẩm định → trình ký",))
    html = refusal("409", error=error, changes=error.changes, kept=[("Ý kiến", "Đề nghị <bổ sung>"), ("_once", "abc")])
    assert "Bước: thẩm định → trình ký" in html
    assert "Đề nghị &lt;bổ sung&gt;" in html
    assert "abc" not in html


def test_an_expired_form_can_be_sent_again_as_it_was() -> None:
    html = refusal("expired", kept=[("full_name", "Nguyễn Thị Lan"), ("_once", "abc")], action="/nop")
    assert 'action="/nop"' in html
    assert 'name="full_name" value="Nguyễn Thị Lan"' in html
    assert 'name="_once" value="abc"' in html


def test_the_english_catalogue_is_complete_and_compiled() -> None:
    folder = ROOM / "locale" / "en" / "LC_MESSAGES"
    entries = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', (folder / "django.po").read_text(), re.MULTILINE)
    sources = [path.read_text() for path in (ROOM / "templates").rglob("*.html")]
    used = {words for text in sources for words in re.findall(r'(?:translate |_\()"([^"]+)"', text)}
    assert used <= {vietnamese for vietnamese, english in entries if english}
    with translation.override("en"):
        for vietnamese, english in entries:
            assert translation.gettext(vietnamese) == english
