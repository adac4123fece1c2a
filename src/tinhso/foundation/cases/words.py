"""Says what the engine records."""

from django.utils.translation import gettext_noop

_ACTS = {
    "submit": gettext_noop("Nộp hồ sơ"),
    "receive": gettext_noop("Tiếp nhận hồ sơ tại quầy"),
    "accept": gettext_noop("Tiếp nhận hồ sơ"),
    "reject": gettext_noop("Không tiếp nhận hồ sơ"),
    "claim": gettext_noop("Nhận xử lý"),
    "ask_supplement": gettext_noop("Yêu cầu bổ sung"),
    "supply": gettext_noop("Bổ sung hồ sơ"),
    "transfer": gettext_noop("Chuyển người xử lý"),
    "draft_result": gettext_noop("Soạn dự thảo kết quả"),
    "propose": gettext_noop("Trình lãnh đạo"),
    "send_back": gettext_noop("Trả lại để sửa"),
    "sign": gettext_noop("Lãnh đạo ký"),
    "issue": gettext_noop("Cấp số, đóng dấu"),
    "refuse": gettext_noop("Không giải quyết"),
    "record_outcome": gettext_noop("Ghi kết quả của hệ thống ngành"),
    "hand_result": gettext_noop("Trả kết quả"),
    "resolve": gettext_noop("Có kết quả"),
    "withdraw": gettext_noop("Rút hồ sơ"),
    "pay": gettext_noop("Nộp phí, lệ phí"),
    "waive": gettext_noop("Được miễn phí, lệ phí"),
    "refund": gettext_noop("Được hoàn phí, lệ phí"),
    "close": gettext_noop("Đóng hồ sơ"),
}


def say_act(act: str) -> str:
    """An act as a person names it."""
    return _ACTS.get(act, act)
