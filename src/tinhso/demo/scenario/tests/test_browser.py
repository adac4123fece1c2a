"""The browser against a small real server: what it sends is what a browser would send."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tinhso.demo.scenario.browser import Astray, Browser, Lost, NoSuchControl, Upload

PAGE = """<!doctype html><html><head><title>Thử</title><style>.a{}</style></head><body>
<h1>Nộp <b>hồ sơ</b></h1><a href="/khac#cuoi">Trang khác</a><a href="sub">Con</a>
<dl><dt>Mã</dt><dd>H1-01</dd></dl><table><tr><th scope="row">Hạn</th><td>ngày mai</td></tr></table>
<form action="?q=1"><input name="q"></form>
<form method="post" action="/gui" enctype="multipart/form-data" id="f">
<input type="hidden" name="csrf" value="abc"><input type="hidden" name="_once" value="k1">
<label for="ten">Họ tên</label><input id="ten" name="ten" value="An &amp; Bình">
<textarea name="ghi">
dòng một</textarea>
<fieldset><legend>Giới tính</legend><input type="radio" name="gt" value="nam" id="r1"><label for="r1">Nam</label>
<input type="radio" name="gt" value="nu" id="r2" checked><label for="r2">Nữ</label></fieldset>
<label><input type="checkbox" name="co"> Đồng ý</label>
<input type="checkbox" name="ng" value="a"><input type="checkbox" name="ng" value="b" checked>
<select name="xa"><option value="1">Xã Một</option><option value="2">Xã Hai</option></select>
<input type="file" name="giay"><input name="tat" value="x" disabled>
<button name="viec" value="luu">Lưu</button><button name="viec" value="nop">Nộp</button></form>
<input form="f" name="ngoai" value="ở ngoài">
</body></html>"""
FAULTS = """<h1>Chưa được</h1><div role="alert"><h2>Xem lại</h2><ul><li>Thiếu họ tên</li></ul></div>"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, dict[str, str], bytes]] = []

    def do_GET(self) -> None:
        self._note(b"")
        path = urlsplit(self.path).path
        if path == "/loi":
            self._answer(422, FAULTS)
        elif path == "/chuyen":
            self._answer(302, "", {"Location": "/khac?a=1"})
        elif path == "/vong":
            self._answer(302, "", {"Location": "/vong"})
        else:
            self._answer(200, PAGE, {"Set-Cookie": "phien=s1; Path=/; HttpOnly"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._note(body)
        if urlsplit(self.path).path == "/roi":
            self.close_connection = True
            return
        self._answer(303, "", {"Location": "/xong"})

    def _note(self, body: bytes) -> None:
        self.seen.append((self.command, self.path, dict(self.headers.items()), body))

    def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        data = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def serving() -> Iterator[str]:
    Handler.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with serving() as url:
        made = Browser(url)
        yield made
        made.close()


def fields_of(body: bytes, media_type: str) -> dict[str, list[tuple[str, bytes]]]:
    whole = message_from_bytes(b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + body)
    found: dict[str, list[tuple[str, bytes]]] = {}
    for part in whole.get_payload():
        assert not isinstance(part, str)
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.setdefault(name, []).append((part.get_filename() or "", content))
    return found


def test_a_page_tells_its_title_links_and_facts(browser: Browser) -> None:
    page = browser.open("/a/b")
    assert page.title == "Nộp hồ sơ"
    assert page.find_link("trang khác") == f"{browser.site}/khac#cuoi"
    assert page.find_link(href="sub$") == f"{browser.site}/a/sub"
    assert page.fact("mã") == "H1-01"
    assert page.fact("hạn") == "ngày mai"
    assert page.text.count("An & Bình") == 0, "a field's content is not read as text"


def test_a_form_is_sent_with_everything_a_browser_would_send(browser: Browser) -> None:
    browser.open("/")
    form = browser.form(field="ten")
    form.fill("Họ tên", 'Nguyễn "Văn" A')
    form.fill("gt", "Nam")
    form.fill("co", "on")
    form.fill("xa", "Xã Hai")
    form.attach("giay", Upload("giấy tờ.pdf", b"%PDF\r\n--x"))
    page = browser.submit(form, "Nộp")
    assert page.path == "/xong"
    _, path, headers, body = next(row for row in Handler.seen if row[0] == "POST")
    sent = fields_of(body, headers["Content-Type"])
    assert path == "/gui"
    assert headers["Referer"] == f"{browser.site}/"
    assert headers["Origin"] == browser.site
    assert {name: [value.decode() for _, value in values] for name, values in sent.items() if name != "giay"} == {
        "csrf": ["abc"],
        "_once": ["k1"],
        "ten": ['Nguyễn "Văn" A'],
        "ghi": ["dòng một"],
        "gt": ["nam"],
        "co": ["on"],
        "ng": ["b"],
        "xa": ["2"],
        "ngoai": ["ở ngoài"],
        "viec": ["nop"],
    }
    assert [content for _, content in sent["giay"]] == [b"%PDF\r\n--x"]
    assert 'filename="giấy tờ.pdf"\r\nContent-Type: application/pdf'.encode() in body


def test_an_empty_file_field_is_sent_empty(browser: Browser) -> None:
    browser.open("/")
    browser.submit(browser.form(field="ten"))
    _, _, headers, body = next(row for row in Handler.seen if row[0] == "POST")
    assert fields_of(body, headers["Content-Type"])["giay"] == [("", b"")]


def test_a_search_goes_into_the_address(browser: Browser) -> None:
    browser.open("/tim")
    form = browser.form(field="q", method="get")
    form.fill("q", "khai sinh")
    page = browser.submit(form)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["khai sinh"]}


def test_cookies_are_kept_by_each_person_alone(browser: Browser) -> None:
    browser.open("/")
    browser.open("/khac")
    other = Browser(browser.site)
    other.open("/khac")
    other.close()
    assert [row[2].get("Cookie") for row in Handler.seen] == [None, "phien=s1", None]


def test_a_redirect_is_followed_and_a_circle_is_left(browser: Browser) -> None:
    assert browser.open("/chuyen").url == f"{browser.site}/khac?a=1"
    with pytest.raises(Astray, match="redirected too often"):
        browser.open("/vong")


def test_a_refusal_is_told_with_its_title_and_faults(browser: Browser) -> None:
    with pytest.raises(Astray, match=r"422 /loi “Chưa được”: Thiếu họ tên"):
        browser.open("/loi")


def test_an_answer_that_never_comes_is_lost(browser: Browser) -> None:
    browser.open("/")
    with pytest.raises(Lost):
        browser.request("POST", f"{browser.site}/roi", b"a=1")


def test_a_field_option_or_button_that_is_not_there_is_named(browser: Browser) -> None:
    form = browser.open("/").find_form(field="ten")
    assert form is not None
    with pytest.raises(NoSuchControl, match="no field 'tuoi'"):
        form.fill("tuoi", "9")
    with pytest.raises(NoSuchControl, match="no option 'Xã Ba'"):
        form.fill("xa", "Xã Ba")
    with pytest.raises(NoSuchControl, match="no choice 'khac'"):
        form.fill("gt", "khac")
    with pytest.raises(NoSuchControl, match="no button 'Xóa'"):
        form.button("Xóa")
