"""Says what the engine records and refuses; a system's own acts in that system's words."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

_acts: dict[str, str] = {
    "direct": gettext_noop("Giao việc, lấy ý kiến"),
    "answer": gettext_noop("Trả lời việc được giao"),
    "withdraw_direction": gettext_noop("Rút việc đã giao"),
    "recall": gettext_noop("Thu hồi bước đang làm"),
    "recount": gettext_noop("Tính lại hạn theo lịch mới"),
}

_DIRECTION_FAULTS = {
    "same_post": gettext_noop("Vị trí này đã được giao việc ở đây rồi."),
    "circle": gettext_noop("Không giao ngược lại cho nơi đã giao việc này."),
    "lead": gettext_noop("Khi có nơi phối hợp thì cần đúng một nơi chủ trì."),
    "after_parent": gettext_noop("Hạn này muộn hơn hạn của việc mà nó phục vụ."),
    "past": gettext_noop("Hạn này đã qua."),
    "deep": gettext_noop("Việc đã giao qua quá nhiều cấp."),
    "closed": gettext_noop("Việc này đã xong hoặc đã rút, không giao tiếp được nữa."),
    "words": gettext_noop("Viết rõ cần làm gì."),
    "nobody": gettext_noop("Chọn nơi được giao."),
}


def name_acts(acts: Mapping[str, str]) -> None:
    """Let a system above say what its acts are called; called once, when its room is opened."""
    _acts.update(acts)


def say_act(act: str) -> str:
    """An act as a person names it."""
    return _acts.get(act, act)


def say_direction_fault(kind: str) -> str:
    """Why a direction cannot be given (rules/directions.py), as the one who gives it reads it."""
    return gettext(_DIRECTION_FAULTS[kind])
