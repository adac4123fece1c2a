"""The style guide: every part in every state, in each of the four shells. Tests and eyes look at it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tinhso.core.time import VN_ZONE

_SHELLS = {
    "": "web/styleguide.html",
    "ban-lam-viec": "web/styleguide/desk.html",
    "man-hinh": "web/styleguide/wall.html",
    "ban-in": "web/styleguide/print.html",
}

_SAMPLE: dict[str, Any] = {
    "now": datetime(2026, 11, 21, 14, 5, tzinfo=VN_ZONE),
    "promised": datetime(2026, 11, 26, 17, 0, tzinfo=VN_ZONE),
    "communes": [("", "Chọn xã, phường"), ("08227", "Phường Việt Trì"), ("08230", "Phường Nông Trang")],
    "receiving": [
        ("post", "Gửi qua bưu điện đến nhà", "Bạn trả cước cho bưu tá khi nhận."),
        ("counter", "Nhận tại Trung tâm Phục vụ hành chính công"),
        ("online", "Nhận bản điện tử, không cần bản giấy"),
    ],
    "papers": [("chung-sinh", "Giấy chứng sinh"), ("ket-hon", "Giấy chứng nhận kết hôn của cha mẹ")],
    "values": {"full_name": "Nguyễn Thị Lan", "phone": "0912 345", "receiving": "counter", "born_year": "1958"},
    "errors": {
        "phone": "Số điện thoại cần đủ 10 chữ số, ví dụ 0912 345 678.",
        "married": "Ngày kết hôn không có trong lịch: tháng 2 năm 2023 chỉ có 28 ngày.",
        "agree": "Cần đánh dấu ô này trước khi nộp.",
    },
    "fees": [("Lệ phí đăng ký khai sinh", 1, 0), ("Bản sao trích lục", 2, 8000), ("Cước bưu điện", 1, 26500)],
    "navigation": [
        {"label": "Hộp việc", "url": "#", "icon": "inbox", "key": "h", "count": 12, "current": True},
        {"label": "Tiếp nhận", "url": "#", "icon": "stamp", "key": "t"},
        {"label": "Tra cứu", "url": "#", "icon": "search", "key": "c"},
    ],
    "account": {"name": "Trần Văn Bình", "post": "Chuyên viên Tư pháp - Hộ tịch", "sign_out_url": "#"},
    "search_url": "",
}


def styleguide(request: HttpRequest, page: str = "") -> HttpResponse:
    """The guide in the shell named by `page`; 404 for a shell that does not exist."""
    if page not in _SHELLS:
        raise Http404
    return render(request, _SHELLS[page], dict(_SAMPLE))
