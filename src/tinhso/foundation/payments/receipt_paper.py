"""The receipt (biên lai thu phí, lệ phí) as a paper: the same bytes each time it is asked for.

What it says follows the receipts that one-stop shops give: collector and tax code, form number, sign and number, payer,
each fee or charge, the sum in figures and words, how it was paid (mark: secondary). Decree 123/2020/NĐ-CP and Decree
70/2025/NĐ-CP were not read: the form number and sign are assumed, and the paper says so while they are.
"""

from pathlib import Path

from tinhso.core.money import format_dong, group_digits
from tinhso.core.printing.render import render
from tinhso.core.settings import current
from tinhso.core.time import local
from tinhso.foundation.payments.queries import ReceiptView
from tinhso.foundation.payments.rules.fees import FeeKind
from tinhso.foundation.payments.rules.law import Mark
from tinhso.foundation.payments.rules.receipts import RECEIPT_FORM
from tinhso.foundation.payments.words import MARKS

_PAPER = Path(__file__).parent / "papers" / "receipt.typ"
_KINDS = {FeeKind.FEE.value: "Phí", FeeKind.CHARGE.value: "Lệ phí"}


def print_receipt(receipt: ReceiptView) -> bytes:
    """The PDF of a receipt."""
    day = local(receipt.issued_at)
    data = {
        "collector": receipt.collector_name,
        "collector_tax_code": receipt.collector_tax_code,
        "form": receipt.form,
        "sign": receipt.sign,
        "number": receipt.number,
        "payer": receipt.payer_name,
        "payer_tax_code": receipt.payer_tax_code,
        "address": receipt.payer_address,
        "code": receipt.dossier_code,
        "rows": [
            [str(at), _KINDS.get(line["kind"], ""), line["name"], group_digits(line["amount"] or 0)]
            for at, line in enumerate(receipt.lines, start=1)
        ],
        "let_off": group_digits(receipt.let_off) if receipt.let_off else "",
        "amount": group_digits(receipt.amount),
        "in_words": receipt.amount_in_words,
        "method": _ways(receipt),
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "collected_by": receipt.collected_by,
        "made_by": f"Lập trên hệ thống TỉnhSố {current().province_name} lúc {day:%H} giờ {day:%M}",
        "form_note": MARKS[RECEIPT_FORM.basis.mark][0] if RECEIPT_FORM.basis.mark is not Mark.READ else "",
    }
    return render(_PAPER, data, now=receipt.issued_at).pdf


def _ways(receipt: ReceiptView) -> str:
    """`Chuyển khoản`, or each way with its sum where there were several."""
    if len(receipt.ways) == 1:
        return receipt.ways[0].method
    return "; ".join(f"{way.method} {format_dong(way.amount)}" for way in receipt.ways)


def receipt_file_name(receipt: ReceiptView) -> str:
    """`bien-lai-BL26E-0000123.pdf`."""
    return f"bien-lai-{receipt.sign}-{receipt.number}.pdf"
