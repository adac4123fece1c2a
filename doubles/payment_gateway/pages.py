"""The pages people use: plain HTML, no script, no style of their own."""

from html import escape
from string import Template

from doubles.payment_gateway.bank import SUCCESS, Order, Transaction
from doubles.payment_gateway.callbacks import WORDS, Manner
from doubles.payment_gateway.vietqr import Asked

_PAGE = Template("""<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>$title</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>
<header><p><strong>Ngân hàng Thử nghiệm</strong>: không có tiền thật ở đây.</p></header>
<main><h1>$title</h1>
$body
</main>
</body>
</html>
""")


def page(title: str, body: str) -> str:
    return _PAGE.substitute(title=escape(title), body=body)


def card_page(order: Order) -> str:
    facts = _facts(
        ("Đơn vị thu", order.collector),
        ("Nội dung", order.description),
        ("Số tiền", dong(order.amount)),
        ("Mã tham chiếu", order.reference),
    )
    form = f"""<form method="post">{_manners()}
<p><button name="viec" value="thanh-cong">Thanh toán thành công</button></p>
<p><button name="viec" value="that-bai">Thất bại</button></p>
<p><button name="viec" value="bo-ngang">Bỏ ngang</button></p>
</form>"""
    return page("Thanh toán thẻ", facts + form)


def paid_already_page(moved: Transaction, back_url: str) -> str:
    link = f'<p><a href="{escape(back_url)}">Quay lại trang của cơ quan</a></p>' if back_url else ""
    return page("Giao dịch đã hoàn thành", _transaction(moved) + link)


def over_page(order: Order) -> str:
    link = f'<p><a href="{escape(order.back_url)}">Quay lại trang của cơ quan</a></p>' if order.back_url else ""
    said = "<p>Cơ quan thu đã hủy đơn này, hoặc đơn đã quá hạn thanh toán. Thẻ của bạn không bị trừ tiền.</p>"
    return page("Đơn không còn thanh toán được", said + _facts(("Mã tham chiếu", order.reference)) + link)


def bank_page(qr_text: str = "", asked: Asked | None = None, fault: str = "") -> str:
    """The app's transfer page: first the QR text, or the fields by hand."""
    warning = f'<p role="alert"><strong>{escape(fault)}</strong></p>' if fault else ""
    account, amount, content = (
        (asked.account, "" if asked.amount is None else str(asked.amount), asked.content) if asked else ("", "", "")
    )
    scan = f"""<form method="get"><p><label for="qr">Nội dung mã VietQR</label><br>
<textarea id="qr" name="qr" rows="4" cols="50">{escape(qr_text)}</textarea></p>
<p><button>Đọc mã</button></p></form>"""
    pay = f"""<form method="post">
<p><label for="tai-khoan">Tài khoản nhận</label><br>
<input id="tai-khoan" name="tai_khoan" required value="{escape(account)}"></p>
<p><label for="so-tien">Số tiền (đồng)</label><br>
<input id="so-tien" name="so_tien" required inputmode="numeric" pattern="[0-9]+" value="{escape(amount)}"></p>
<p><label for="noi-dung">Nội dung chuyển khoản</label><br>
<input id="noi-dung" name="noi_dung" required value="{escape(content)}"></p>
{_manners()}
<p><button>Chuyển tiền</button></p></form>"""
    return page("Chuyển tiền", f"{warning}{scan}{pay}")


def transfer_done_page(moved: Transaction) -> str:
    again = f"""<h2>Báo lại cho cơ quan thu</h2>
<form method="post" action="/bao-lai"><input type="hidden" name="ma" value="{escape(moved.id)}">{_manners()}
<p><button>Báo lại</button></p></form>"""
    return page("Đã chuyển tiền", _transaction(moved) + again + '<p><a href="/ngan-hang">Chuyển khoản khác</a></p>')


def error_page(words: str) -> str:
    return page("Không làm được", f"<p>{escape(words)}</p>")


def home_page() -> str:
    return page("Cổng thanh toán thử nghiệm", '<p><a href="/ngan-hang">Ứng dụng ngân hàng: chuyển tiền VietQR</a></p>')


def dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


def _transaction(moved: Transaction) -> str:
    return _facts(
        ("Mã giao dịch", moved.id),
        ("Số tiền", dong(moved.amount)),
        ("Nội dung", moved.reference),
        ("Lúc", moved.at.strftime("%d/%m/%Y %H:%M:%S")),
        ("Kết quả", "Thành công" if moved.status == SUCCESS else "Không thành công"),
    )


def _facts(*pairs: tuple[str, str]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f"<dl>{rows}</dl>"


def _manners() -> str:
    options = "".join(f'<option value="{manner.value}">{escape(WORDS[manner])}</option>' for manner in Manner)
    return f'<p><label>Cách báo cho cơ quan thu <select name="cach_bao">{options}</select></label></p>'
