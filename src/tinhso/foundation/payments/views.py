"""Where gateways call back."""

import logging

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.core.time import clock
from tinhso.core.web.access import public
from tinhso.foundation.payments.actions.receive_callback import receive_callback
from tinhso.foundation.payments.gateways.base import BadMessage, BadSignature
from tinhso.foundation.payments.gateways.configured import get_gateway

_log = logging.getLogger("tinhso.payments.callback")

_DONE, _BAD_SIGNATURE, _BAD_MESSAGE, _NO_GATEWAY = "00", "97", "99", "02"


@public
@csrf_exempt
@require_POST
def callback(request: HttpRequest, gateway: str) -> JsonResponse:
    """A gateway's call-back; answers its protocol's result code.

    "00" means kept for good: the gateway need not tell it again. Anything that fails on our side answers 5xx, so
    that it does.
    """
    try:
        ctx = Context(now=clock(), request_id=getattr(request, "request_id", ""))
        outcome = receive_callback(ctx, get_gateway(gateway), request.body, request.headers)
    except NotFound:
        return _answer(_NO_GATEWAY, "không có kênh thanh toán này", 404)
    except BadSignature:
        return _answer(_BAD_SIGNATURE, "sai mã xác thực", 403)
    except BadMessage:
        return _answer(_BAD_MESSAGE, "bản tin không đọc được", 400)
    _log.info("%s: %s", gateway, outcome.value)
    return _answer(_DONE, outcome.label, 200)


def _answer(code: str, words: str, status: int) -> JsonResponse:
    return JsonResponse({"MaKetQua": code, "MoTa": str(words)}, status=status)
