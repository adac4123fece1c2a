"""Who may do what with money, by the role of the post they act from.

Asking for money and cancelling the asking are part of a case's own verbs and are authorised there.
"""

from django.db.models import QuerySet

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.payments.models import PaymentRequest

_CENTRES = ("province_centre", "commune_centre")


class RequestPolicy:
    """Over payment requests.

    Any counter of the province takes cash for any agency (Decree 118/2025/NĐ-CP art. 14, 20); decisions on money
    already charged or received belong to leaders of the agency whose fee it is, or to the head of a centre.
    """

    def may_take_cash(self, ctx: Context, request: PaymentRequest) -> bool:
        return self._role(ctx) in {Post.Role.COUNTER, Post.Role.HEAD}

    def may_decide(self, ctx: Context, request: PaymentRequest) -> bool:
        """Waive, order a refund, match stray money to the request."""
        role = self._role(ctx)
        return role == Post.Role.HEAD or (role == Post.Role.LEADER and ctx.agency_id == request.agency_id)

    def may_pay_out(self, ctx: Context, request: PaymentRequest) -> bool:
        return self._role(ctx) in {Post.Role.COUNTER, Post.Role.HEAD}

    def may_keep_books(self, ctx: Context) -> bool:
        """See and return stray money, hand money over to the budget, reconcile."""
        return self._role(ctx) == Post.Role.HEAD

    def visible(self, ctx: Context) -> QuerySet[PaymentRequest]:
        """Requests an officer may open: centres' all (they take money for everyone), others' own agency's."""
        role = self._role(ctx)
        if role is None or ctx.agency_id is None:
            return PaymentRequest.objects.none()
        if role == Post.Role.HEAD or (role == Post.Role.COUNTER and self._in_centre(ctx.agency_id)):
            return PaymentRequest.objects.all()
        return PaymentRequest.objects.filter(agency_id=ctx.agency_id)

    def may_see(self, ctx: Context, request: PaymentRequest) -> bool:
        return self.visible(ctx).filter(pk=request.pk).exists()

    def _role(self, ctx: Context) -> str | None:
        if ctx.post_id is None or ctx.agency_id is None:
            return None
        return Post.objects.filter(pk=ctx.post_id, agency_id=ctx.agency_id).values_list("role", flat=True).first()

    def _in_centre(self, agency_id: int) -> bool:
        return Agency.objects.filter(pk=agency_id, kind__in=_CENTRES).exists()


requests = RequestPolicy()


def require(allowed: bool) -> None:
    """Raises Forbidden in words when not `allowed`."""
    if not allowed:
        raise Forbidden(
            "Vị trí công tác bạn đang dùng không được làm việc này với tiền phí, lệ phí. Chưa có gì thay đổi.",
            what_to_do="Nhờ cán bộ quầy, lãnh đạo cơ quan thu phí hoặc phụ trách Trung tâm thực hiện.",
        )
