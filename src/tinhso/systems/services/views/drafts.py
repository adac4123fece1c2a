"""The pages of a draft are its owner's; who has lost the session, or took up another phone, is told the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from tinhso.systems.accounts.public import citizen

View = TypeVar("View", bound=Callable[..., HttpResponse])


def of_a_draft(view: View) -> View:
    """Only signed-in citizens; a stranger reads on the sign-in page that nothing is lost."""
    guarded = citizen(view)

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
