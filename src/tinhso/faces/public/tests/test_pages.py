"""Home, catalogue, verifying, signing in: what anyone sees, and what a slip of the finger gets."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.core.context import Context
from tinhso.systems.procedures.actions.import_catalogue import import_catalogue
from tinhso.systems.procedures.tests.sample import record

VI = {"accept-language": "vi"}


def get(address: str) -> str:
    return Client(headers=VI).get(address).content.decode()


@pytest.mark.django_db
def test_home_asks_what_is_needed_and_leads_on() -> None:
    page = get("/")
    for part in ("Bạn cần làm gì?", "Đăng ký khai sinh", "Sinh con", "Mã hồ sơ", "Xác minh giấy tờ", "1900 0000"):
        assert part in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["khai sinh", "khaisinh", "KHAI SINH", "khai sinhh", "giay khai sinh"])
def test_births_are_found_however_typed(typed: str) -> None:
    assert "/thu-tuc/1.001193" in Client(headers=VI).get("/thu-tuc", {"q": typed}).content.decode()


@pytest.mark.django_db
def test_the_catalogue_narrows_by_sector_level_and_life_event() -> None:
    births = get("/thu-tuc?su-kien=sinh-con")
    assert "/thu-tuc/1.001193" in births
    assert "/thu-tuc/1.013225" not in births
    assert "/thu-tuc/1.012784" in get("/thu-tuc?linh-vuc=dat-dai")
    assert "/thu-tuc/1.001193" not in get("/thu-tuc?cap=province")


@pytest.mark.django_db
def test_the_national_catalogue_is_read_beside_what_can_be_filed(tmp_path: Path, ctx: Context) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(record(), ensure_ascii=False), encoding="utf-8")
    import_catalogue(ctx, path)
    found = get("/thu-tuc?q=the+doc+sach")
    assert "/thu-tuc/9.000001" in found
    assert "chưa nộp được trên trang này" in found
    page = get("/thu-tuc/9.000001")
    assert "Cấp thẻ đọc sách" in page
    assert "3 ngày làm việc" in page
    assert "Nộp trực tuyến" not in page


@pytest.mark.django_db
def test_nothing_found_offers_a_way_on() -> None:
    page = get("/thu-tuc?q=zzzzqq")
    assert "Chưa tìm thấy" in page
    assert "1900 0000" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/thu-tuc", "/thu-tuc?q=dat", "/thu-tuc/1.013831", "/nop-ho-so/1.001193"])
def test_public_pages_ask_the_database_a_few_times_at_most(address: str) -> None:
    get(address)
    with CaptureQueriesContext(connection) as asked:
        get(address)
    assert len(asked) <= 6


@pytest.mark.django_db
def test_a_procedure_says_what_it_costs_by_channel_with_basis_and_mark() -> None:
    page = get("/thu-tuc/1.001193")
    assert "8.000 đồng mỗi bản" in page
    assert "281/2016/TT-BTC" in page
    assert "theo nguồn thứ cấp" in page
    assert "Nộp trực tuyến" in page
    assert "Nộp trực tuyến" not in get("/thu-tuc/2.000815").split("</nav>", 1)[1]


@pytest.mark.django_db
def test_a_paper_that_is_not_always_needed_says_so_plainly() -> None:
    page = get("/thu-tuc/1.001193")
    assert "Trừ khi Đã xác định được cha mẹ của bé chưa: Bé bị bỏ rơi" in page
    assert "Khi: Bé sinh ra do mang thai hộ: Có" in page
    assert "không phải khi" not in page


@pytest.mark.django_db
def test_one_copy_and_two_copies_are_told_apart_in_english() -> None:
    client = Client(headers=VI)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = client.get("/thu-tuc/1.001193").content.decode()
    assert "1 original<" in page
    assert "1 originals" not in page
    assert "1 working hours" not in page


@pytest.mark.django_db
def test_a_procedure_that_does_not_exist_has_a_helpful_page() -> None:
    response = Client(headers=VI).get("/thu-tuc/9.999999")
    assert response.status_code == 404
    assert "Tìm lại bằng tên thủ tục" in response.content.decode()


@pytest.mark.django_db
def test_where_to_file_names_the_centre_of_the_commune() -> None:
    page = get("/thu-tuc/2.000815/noi-nop?xa=viet tri")
    assert "Trung tâm Phục vụ hành chính công phường Việt Trì" in page
    assert "Không tìm thấy" in get("/thu-tuc/2.000815/noi-nop?xa=khong co")


@pytest.mark.django_db
def test_a_commune_that_does_not_offer_it_names_who_does() -> None:
    page = get("/thu-tuc/2.001827/noi-nop?xa=05212")
    assert "không giải quyết thủ tục này" in page
    assert "Sở Nông nghiệp và Môi trường" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "trống"),
        (b"\xff\xd8\xff photo", "Đây không phải tệp PDF"),
        (b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "Không xác minh được"),
        (b"%PDF-1.7" + bytes(21 * 1024 * 1024), "lớn hơn 20 MB"),
    ],
)
def test_verifying_bad_files_says_what_to_do(data: bytes, said: str) -> None:
    response = Client(headers=VI).post("/xac-minh", {"tep": SimpleUploadedFile("x.pdf", data)})
    assert said in response.content.decode()


@pytest.mark.django_db
def test_verifying_nothing_and_an_unknown_code() -> None:
    client = Client(headers=VI)
    assert "Bạn chưa chọn tệp" in client.post("/xac-minh", {}).content.decode()
    response = client.get("/xac-minh/01a201dc-28e3-7000-b712-a5f8fe8a90b5")
    assert response.status_code == 404
    assert "Không có giấy nào mang mã này" in response.content.decode()


@pytest.mark.django_db
def test_the_language_switches_and_stays() -> None:
    client = Client(headers=VI)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_signing_in_never_leads_to_another_site() -> None:
    page = get("/dang-nhap?tiep=https://evil.example/")
    assert "evil.example" not in page.split("<main", 1)[1].split("</main>")[0]


@pytest.mark.django_db
def test_a_wrong_password_keeps_the_name_and_does_not_say_which_was_wrong() -> None:
    response = Client(headers=VI).post("/dang-nhap", {"username": "nguyen-thi-lan", "password": "sai"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="nguyen-thi-lan"' in page
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page


def test_a_procedure_is_found_by_its_english_name() -> None:
    assert "1.001193" in get("/thu-tuc?q=birth")
    assert "1.004873" in get("/thu-tuc?q=marital+status")
