"""Says what catalogue and releases hold in coded form. Vietnamese source strings; other languages are catalogues."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop, ngettext

LEVELS = {
    "ministry": gettext_noop("Bộ, ngành"),
    "province": gettext_noop("Cấp tỉnh"),
    "commune": gettext_noop("Cấp xã"),
    "other": gettext_noop("Cơ quan khác"),
}

CHANNELS = {
    "online": gettext_noop("Trực tuyến"),
    "in_person": gettext_noop("Trực tiếp tại quầy"),
    "post": gettext_noop("Qua bưu chính công ích"),
}

APPLICANTS = {
    "citizen": gettext_noop("Công dân Việt Nam"),
    "overseas": gettext_noop("Người Việt Nam định cư ở nước ngoài"),
    "foreigner": gettext_noop("Người nước ngoài"),
    "business": gettext_noop("Doanh nghiệp"),
    "foreign_business": gettext_noop("Doanh nghiệp có vốn đầu tư nước ngoài"),
    "cooperative": gettext_noop("Hợp tác xã"),
    "organisation": gettext_noop("Tổ chức"),
    "foreign_organisation": gettext_noop("Tổ chức nước ngoài"),
    "official": gettext_noop("Cán bộ, công chức, viên chức"),
}

LIFE_EVENTS = {
    "sinh-con": (gettext_noop("Sinh con"), gettext_noop("Khai sinh, nhập hộ khẩu, thẻ bảo hiểm y tế cho bé"), "baby"),
    "ket-hon": (gettext_noop("Kết hôn"), gettext_noop("Xác nhận tình trạng hôn nhân"), "heart"),
    "chuyen-nha": (gettext_noop("Chuyển chỗ ở"), gettext_noop("Đăng ký thường trú nơi ở mới"), "house"),
    "xay-nha": (gettext_noop("Xây, sửa nhà"), gettext_noop("Giấy phép xây dựng"), "building-2"),
    "mua-ban-nha-dat": (
        gettext_noop("Mua bán nhà đất"),
        gettext_noop("Sang tên, tách thửa, hợp thửa"),
        "map",
    ),
    "thua-ke": (gettext_noop("Thừa kế"), gettext_noop("Sang tên nhà đất được thừa kế"), "users"),
    "kinh-doanh": (
        gettext_noop("Mở cửa hàng, kinh doanh"),
        gettext_noop("Hộ kinh doanh, an toàn thực phẩm"),
        "landmark",
    ),
    "xin-viec": (gettext_noop("Đi làm"), gettext_noop("Lý lịch tư pháp, bản sao chứng thực"), "file-check"),
    "di-hoc": (gettext_noop("Đi học"), gettext_noop("Bản sao chứng thực, lý lịch tư pháp"), "graduation-cap"),
    "di-nuoc-ngoai": (gettext_noop("Đi nước ngoài"), gettext_noop("Phiếu lý lịch tư pháp"), "globe"),
    "kho-khan": (gettext_noop("Gặp khó khăn"), gettext_noop("Công nhận hộ nghèo, hộ cận nghèo"), "hand-helping"),
}
"""Life events (sự kiện cuộc đời) a release may name: title, what lies under it, icon."""

ONLINE = {
    "full": gettext_noop("Làm trọn trên mạng"),
    "partial": gettext_noop("Nộp trên mạng, có bước phải đến"),
    "none": gettext_noop("Không nộp trên mạng"),
}

MARKS = {
    "read": gettext_noop("đã đọc trong văn bản"),
    "secondary": gettext_noop("theo nguồn thứ cấp"),
    "assumed": gettext_noop("giả định, cần xác nhận"),
}

RETURNS = {
    "online": gettext_noop("Bản điện tử có chữ ký số, tải về trên trang này"),
    "centre": gettext_noop("Bản giấy, đến lấy tại Trung tâm Phục vụ hành chính công"),
    "post": gettext_noop("Bản giấy, gửi qua bưu chính về nhà"),
}

NOT_WITHDRAWN = {
    "withdraw_requested": gettext_noop("Bạn đã yêu cầu rút hồ sơ này; cơ quan đang xem yêu cầu đó."),
    "resolved": gettext_noop("Hồ sơ đã giải quyết xong và có kết quả, nên không còn gì để dừng lại."),
    "returned": gettext_noop("Kết quả đã trả cho bạn, nên không còn gì để dừng lại."),
    "refused": gettext_noop("Cơ quan đã trả lời không giải quyết hồ sơ này, nên việc giải quyết đã kết thúc."),
    "rejected": gettext_noop("Hồ sơ không được tiếp nhận, nên không có việc nào đang giải quyết để dừng lại."),
    "stopped": gettext_noop("Hồ sơ đã dừng giải quyết rồi."),
    "closed": gettext_noop("Hồ sơ đã đóng rồi."),
}
"""Why a dossier cannot be withdrawn, by its state: withdrawing stops work that is still to be done (Decree 118/2025
art. 21)."""
NOT_WITHDRAWN_OTHERWISE = gettext_noop("Ở trạng thái này hồ sơ không rút được trên mạng.")

_SAID_ELSEWHERE = (
    gettext_noop("Mới nộp, chờ tiếp nhận"),
    gettext_noop("Đã tiếp nhận"),
    gettext_noop("Đang giải quyết"),
    gettext_noop("Chờ bổ sung"),
    gettext_noop("Yêu cầu rút"),
    gettext_noop("Không được tiếp nhận"),
    gettext_noop("Không giải quyết"),
    gettext_noop("Đã dừng"),
    gettext_noop("Đã đóng"),
    gettext_noop("Đã trả kết quả"),
    gettext_noop("Tiếp nhận hồ sơ"),
    gettext_noop("Tiếp nhận hồ sơ tại quầy"),
    gettext_noop("Không tiếp nhận hồ sơ"),
    gettext_noop("Yêu cầu bổ sung"),
    gettext_noop("Bổ sung hồ sơ"),
    gettext_noop("Trình lãnh đạo"),
    gettext_noop("Trả lại để sửa"),
    gettext_noop("Lãnh đạo ký"),
    gettext_noop("Cấp số, đóng dấu"),
    gettext_noop("Ghi kết quả của hệ thống ngành"),
    gettext_noop("Trả kết quả"),
    gettext_noop("Tôi cam đoan"),
    gettext_noop("Người khai đã xác nhận"),
)
"""States and acts as foundation/cases names them, a ticked statement: for the citizens' pages in other languages."""


def say_all(table: dict[str, str], keys: Iterable[str]) -> str:
    """`commune`, `province` as "Cấp xã, Cấp tỉnh"."""
    return ", ".join(gettext(table.get(str(key), str(key))) for key in keys)


def say_span(amount: int, unit: str) -> str:
    """`3`, `working_days` as "3 ngày làm việc"."""
    if unit == "within_day":
        return gettext("Trong ngày")
    said = {
        "hours": ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", amount),
        "days": ngettext("%(n)s ngày", "%(n)s ngày", amount),
        "working_days": ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", amount),
        "weeks": ngettext("%(n)s tuần", "%(n)s tuần", amount),
        "months": ngettext("%(n)s tháng", "%(n)s tháng", amount),
    }
    return said[unit] % {"n": amount}
