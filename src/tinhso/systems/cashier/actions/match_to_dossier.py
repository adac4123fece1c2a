"""Find a stray payment's place by the code of a dossier."""

from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.payments.actions.match import match
from tinhso.foundation.payments.actions.settle import Settled
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.queries import standings


def match_to_dossier(ctx: Context, entry_id: int, code: str) -> Settled:
    """Take stray row `entry_id` for what dossier `code` owes. Raises Invalid (field `code`) and what `match` raises."""
    rows = list(requests.decided_by(ctx).filter(dossier_code=code.strip().upper()).order_by("payment_round"))
    if not rows:
        raise _not_so(_("Không có hồ sơ phải thu phí mang mã này trong phạm vi bạn quyết định"))
    known = standings(row.pk for row in rows)
    owing = next((row for row in rows if known[row.pk].due), None)
    if owing is None:
        raise _not_so(_("Hồ sơ này không còn khoản nào phải nộp"))
    return match(ctx, entry_id, owing.public_id)


def _not_so(fault: str) -> Invalid:
    return Invalid("Chưa ghép được khoản tiền. Khoản tiền vẫn ở danh sách chờ xác định.", fields={"code": fault})
