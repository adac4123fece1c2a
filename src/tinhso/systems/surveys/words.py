"""Says what the rules of rating find."""

from django.utils.translation import gettext, gettext_noop

from tinhso.systems.surveys.rules import LONGEST_COMMENT

QUESTIONS = {
    "time": gettext_noop("Thời gian giải quyết so với ngày hẹn"),
    "information": gettext_noop("Hướng dẫn, thông tin có đúng và kịp thời không"),
    "attitude": gettext_noop("Thái độ của cán bộ"),
    "result": gettext_noop("Kết quả và chi phí có đúng quy định không"),
    "overall": gettext_noop("Nhìn chung"),
}

POINTS = {
    5: gettext_noop("Rất hài lòng"),
    4: gettext_noop("Hài lòng"),
    3: gettext_noop("Bình thường"),
    2: gettext_noop("Không hài lòng"),
    1: gettext_noop("Rất không hài lòng"),
}


def say_fault(code: str) -> str:
    if code == "too_long":
        return gettext("Lời góp ý dài quá: nhiều nhất %(most)s ký tự.") % {"most": LONGEST_COMMENT}
    return gettext("Bạn chọn một mức cho câu này.")
