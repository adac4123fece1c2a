"""Who may do what with money, by the role of the post they act from.

Asking for money and cancelling the asking are part of a case's own verbs and are authorised there.
"""

from django.db.models import Q, QuerySet

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.payments.models import PaymentEntry, PaymentRequest, Refund
from tinhso.foundation.payments.queries import strays
from tinhso.foundation.payments.rules import chart

_CENTRES = ("province_centre", "commune_centre")
_AT_COUNTER = (Post.Role.COUNTER, Post.Role.HEAD)


class RequestPolicy:
    """Over payment requests.

    Any counter of the province takes cash for any agency (Decree 118/2025/NĐ-CP art. 14, 20). Decisions on money
    already charged or received belong to leaders of the agency whose fee it is, to the head of the centre under that
    agency, and to the head of the province's centre, who keeps the books of what all agencies share (assumed).
    """

    def may_take_cash(self, ctx: Context, request: PaymentRequest) -> bool:
        return self._role(ctx) in _AT_COUNTER

    def may_decide(self, ctx: Context, request: PaymentRequest) -> bool:
        """Waive, order a refund, match stray money to the request."""
        return self.decided_by(ctx).filter(pk=request.pk).exists()

    def decided_by(self, ctx: Context) -> QuerySet[PaymentRequest]:
        """The requests on whose money this officer decides."""
        post = self._post(ctx)
        if post is None or post.role not in (Post.Role.LEADER, Post.Role.HEAD):
            return PaymentRequest.objects.none()
        if post.role == Post.Role.LEADER:
            return PaymentRequest.objects.filter(agency_id=post.agency_id)
        if post.agency.kind == "province_centre":
            return PaymentRequest.objects.all()
        return PaymentRequest.objects.filter(agency_id__in=[post.agency_id, post.agency.parent_id or 0])

    def may_propose(self, ctx: Context, request: PaymentRequest) -> bool:
        """Ask the one who decides for a waiver or a refund: whoever sees the request from a counter or the agency."""
        return self._role(ctx) is not None and self.may_see(ctx, request)

    def may_pay_out(self, ctx: Context, decision: Refund) -> bool:
        """Cash and gateway at any counter; a transfer from the agency's own account only on its side."""
        if decision.way != Refund.Way.TRANSFER:
            return self._role(ctx) in _AT_COUNTER
        is_clerk = self._role(ctx) == Post.Role.CLERK and ctx.agency_id == decision.request.agency_id
        return is_clerk or self.may_decide(ctx, decision.request)

    def may_keep_books(self, ctx: Context) -> bool:
        """See and return money that names no request, hand over what gateways hold, reconcile."""
        post = self._post(ctx)
        return post is not None and post.role == Post.Role.HEAD and post.agency.kind == "province_centre"

    def may_hand_over(self, ctx: Context, account: str) -> bool:
        """A counter hands over its own cash; what gateways hold, and any cash, who keeps the books."""
        own = ctx.agency_id is not None and account == chart.cash(ctx.agency_id)
        return (own and self._role(ctx) in _AT_COUNTER) or self.may_keep_books(ctx)

    def visible(self, ctx: Context) -> QuerySet[PaymentRequest]:
        """Requests an officer may open: centres' all (they take money for everyone), others' own agency's."""
        post = self._post(ctx)
        if post is None:
            return PaymentRequest.objects.none()
        if post.role in _AT_COUNTER and post.agency.kind in _CENTRES:
            return PaymentRequest.objects.all()
        return PaymentRequest.objects.filter(agency_id=post.agency_id)

    def may_see(self, ctx: Context, request: PaymentRequest) -> bool:
        return self.visible(ctx).filter(pk=request.pk).exists()

    def strays(self, ctx: Context) -> QuerySet[PaymentEntry]:
        """The money without a place that this officer is to find one for."""
        named = Q(request__in=self.decided_by(ctx))
        return strays().filter(named | Q(request__isnull=True) if self.may_keep_books(ctx) else named)

    def _role(self, ctx: Context) -> str | None:
        post = self._post(ctx)
        return post.role if post else None

    def _post(self, ctx: Context) -> Post | None:
        if ctx.post_id is None or ctx.agency_id is None:
            return None
        return Post.objects.select_related("agency").filter(pk=ctx.post_id, agency_id=ctx.agency_id).first()


requests = RequestPolicy()


def require(allowed: bool) -> None:
    """Raises Forbidden in words when not `allowed`."""
    if not allowed:
        raise Forbidden(
            "Vị trí công tác bạn đang dùng không được làm việc này với tiền phí, lệ phí. Chưa có gì thay đổi.",
            what_to_do="Nhờ cán bộ quầy, lãnh đạo cơ quan thu phí hoặc phụ trách Trung tâm thực hiện.",
        )
