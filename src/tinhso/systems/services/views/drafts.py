"""The pages of a draft are its owner's; who has lost the session, or took up another phone, is told the way back.
A draft that was filed meanwhile, in another tab, leads to its dossier."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tinhso.systems.accounts.public import citizen
from tinhso.systems.services.actions.fill_draft import AlreadyFiled

View = TypeVar("View", bound=Callable[..., HttpResponse])


def of_a_draft(view: View) -> View:
    """Only signed-in citizens; a stranger reads on the sign-in page that nothing is lost."""

    @citizen
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AlreadyFiled as filed:
            return to_dossier(request, filed.code)

    @wraps(guarded)
    def told(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            messages.info(
                request,
                _(
                    "Hồ sơ bạn soạn dở vẫn được giữ trong tài khoản. Đăng nhập là làm tiếp được ngay, trên máy nào "
                    "cũng vậy; sau này cứ mở mục “Của tôi”."
                ),
            )
        return guarded(request, *args, **kwargs)

    return cast(View, told)


def to_dossier(request: Any, code: str) -> HttpResponse:
    """To the dossier that a draft became, and say so: what was pressed last has changed nothing in it."""
    messages.info(request, _("Hồ sơ này đã nộp: mã %(code)s. Bạn đang xem hồ sơ đã nộp.") % {"code": code})
    return redirect("tracking", code=code)
