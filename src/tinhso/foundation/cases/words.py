"""Says what the engine records."""

_ACTS = {
    "submit": "Nộp hồ sơ",
    "receive": "Tiếp nhận hồ sơ tại quầy",
    "accept": "Tiếp nhận hồ sơ",
    "reject": "Không tiếp nhận hồ sơ",
    "claim": "Nhận xử lý",
    "ask_supplement": "Yêu cầu bổ sung",
    "supply": "Bổ sung hồ sơ",
    "transfer": "Chuyển người xử lý",
    "draft_result": "Soạn dự thảo kết quả",
    "propose": "Trình lãnh đạo",
    "send_back": "Trả lại để sửa",
    "sign": "Lãnh đạo ký",
    "issue": "Cấp số, đóng dấu",
    "refuse": "Không giải quyết",
    "record_outcome": "Ghi kết quả của hệ thống ngành",
    "hand_result": "Trả kết quả",
    "resolve": "Có kết quả",
    "withdraw": "Rút hồ sơ",
    "pay": "Nộp phí, lệ phí",
    "waive": "Được miễn phí, lệ phí",
    "refund": "Được hoàn phí, lệ phí",
    "close": "Đóng hồ sơ",
}


def say_act(act: str) -> str:
    """An act as a person names it."""
    return _ACTS.get(act, act)
