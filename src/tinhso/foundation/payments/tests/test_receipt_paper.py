"""The receipt as a paper, and the names of banks."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tinhso.foundation.payments.actions.receive_callback import Outcome
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.actions.waive import waive
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.queries import ReceiptView, find_receipt_view
from tinhso.foundation.payments.receipt_paper import print_receipt, receipt_file_name
from tinhso.foundation.payments.rules.banks import bank_name

from .world import Office, hear, make_office, make_request, transfer_body

pytestmark = pytest.mark.django_db
READER = shutil.which("pdftotext")


@pytest.fixture
def office() -> Office:
    return make_office()


def receipt_of(request: PaymentRequest) -> ReceiptView:
    found = find_receipt_view(request)
    assert found is not None
    return found


def words_of(pdf: bytes, tmp_path: Path) -> str:
    if READER is None:
        pytest.skip("no reader of PDF text here")
    (tmp_path / "receipt.pdf").write_bytes(pdf)
    read = subprocess.run([READER, "-layout", str(tmp_path / "receipt.pdf"), "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def test_a_receipt_says_who_collected_from_whom_how_much_and_what_for(office: Office, tmp_path: Path) -> None:
    request = make_request(office)
    assert hear(transfer_body(request.reference)) is Outcome.RECEIVED
    receipt = receipt_of(request)
    said = words_of(print_receipt(receipt), tmp_path)
    for part in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Ủy ban nhân dân xã Thử",
        "2600000000",
        "BL26E",
        "0000001",
        "Nguyễn Thị Lan",
        request.dossier_code,
        "Phí chứng thực chữ ký",
        "20.000",
        "Hai mươi nghìn đồng",
        "Chuyển khoản",
        "ngày 23 tháng 11 năm 2026",
        "giả định, cần xác nhận",
    ):
        assert part in said
    assert receipt_file_name(receipt) == "bien-lai-BL26E-0000001.pdf"


def test_a_receipt_is_the_same_paper_each_time(office: Office) -> None:
    request = make_request(office)
    take_cash(office.counter, request.public_id, 20_000)
    assert print_receipt(receipt_of(request)) == print_receipt(receipt_of(request))


def test_what_was_waived_stands_on_the_receipt(office: Office, tmp_path: Path) -> None:
    request = make_request(office)
    waive(office.leader, request.public_id, 5_000, basis="Điều 4", reason="giảm")
    take_cash(office.counter, request.public_id, 15_000)
    receipt = receipt_of(request)
    assert (receipt.asked, receipt.let_off, receipt.amount) == (20_000, 5_000, 15_000)
    said = words_of(print_receipt(receipt), tmp_path)
    assert "Được miễn, giảm −5.000" in said
    assert "Mười lăm nghìn đồng" in said


def test_a_receipt_paid_by_two_ways_names_both_with_their_sums(office: Office, tmp_path: Path) -> None:
    request = make_request(office)
    hear(transfer_body(request.reference, 4_000))
    take_cash(office.counter, request.public_id, 16_000)
    said = words_of(print_receipt(receipt_of(request)), tmp_path)
    assert "Chuyển khoản 4.000 đồng; Tiền mặt 16.000 đồng" in said


def test_a_bank_nobody_knows_is_not_guessed() -> None:
    assert bank_name("970436") == "Vietcombank"
    assert bank_name("999999") == bank_name("") == ""
