"""Send a payer to a gateway's page, ask the gateway what came of it, withdraw what must not be paid any more."""

from datetime import timedelta
from uuid import UUID

from tinhso.core.canonical import canonical
from tinhso.core.context import Context
from tinhso.core.errors import Conflict, NotFound
from tinhso.core.ids import uuid7
from tinhso.core.time import iso
from tinhso.foundation.payments.actions.receive_callback import Outcome, record_notice
from tinhso.foundation.payments.gateways.base import Notice, Order, PageGateway
from tinhso.foundation.payments.models import AttemptEnd, PaymentAttempt
from tinhso.foundation.payments.queries import get_request, open_attempts, standing_of

ORDER_LIFE = timedelta(minutes=30)
"""How long a gateway's page may be paid on (assumed)."""


def pay_online(ctx: Context, request_id: UUID, gateway: PageGateway, *, back_url: str) -> str:
    """The address of the gateway's page for what is due; `back_url` gets the attempt's id as `{attempt}`.

    Orders made before are withdrawn first: one fee is never payable on two pages. The attempt is kept before the
    gateway hears of it, so its call-back always finds us. The caller has seen that the payer may open this dossier.
    Raises NotFound, Conflict when nothing is due, TryLater.
    """
    request = get_request(request_id)
    for earlier in open_attempts(gateway.key, ctx.now).filter(request=request):
        withdraw_order(ctx, earlier, gateway)
    due = standing_of(request).due
    if due == 0:
        raise Conflict("Hồ sơ này không còn khoản nào phải nộp.", what_to_do="Tải lại trang để xem biên lai.")
    attempt = PaymentAttempt.objects.create(
        public_id=uuid7(ctx.now),
        request=request,
        gateway=gateway.key,
        amount=due,
        made_at=ctx.now,
        expires_at=ctx.now + ORDER_LIFE,
    )
    return gateway.start(
        Order(
            reference=attempt.reference,
            amount=due,
            description=f"Phí, lệ phí hồ sơ {request.dossier_code}",
            payer_name=request.payer_name,
            account=request.bank_account,
            lines=tuple(request.lines),
            dossier_code=request.dossier_code,
            collector_name=request.collector_name,
            back_url=back_url.replace("{attempt}", str(attempt.public_id)),
            made_at=attempt.made_at,
            expires_at=attempt.expires_at or ctx.now + ORDER_LIFE,
        )
    )


def withdraw_order(ctx: Context, attempt: PaymentAttempt, gateway: PageGateway) -> AttemptEnd:
    """See that an order can no longer be paid; one that was paid meanwhile is taken like its call-back.

    Money that a gateway takes for it all the same is the payer's credit, as any second payment. Raises TryLater.
    """
    notice = gateway.call_off(attempt.reference, ctx.now)
    paid = notice is not None and notice.succeeded
    if notice is not None and paid:
        record_notice(ctx, gateway, notice, as_told(notice, "cancel"))
    outcome = AttemptEnd.Outcome.PAID if paid else AttemptEnd.Outcome.WITHDRAWN
    return AttemptEnd.objects.get_or_create(attempt=attempt, defaults={"outcome": outcome, "ended_at": ctx.now})[0]


def confirm(ctx: Context, attempt_id: UUID, gateway: PageGateway, *, case_id: int) -> Outcome | None:
    """Ask the gateway about an attempt for a case and take its answer like a call-back; None while it knows no outcome.

    For the page the browser returns to, and for attempts whose call-back never came. Raises NotFound, also for an
    attempt to pay another case; TryLater.
    """
    made = PaymentAttempt.objects.filter(public_id=attempt_id, gateway=gateway.key, request__case_id=case_id)
    attempt = made.first()
    if attempt is None:
        raise NotFound("Không tìm thấy lần thanh toán này.", what_to_do="Mở lại hồ sơ để xem tình trạng nộp tiền.")
    notice = gateway.find_notice(attempt.reference)
    return None if notice is None else record_notice(ctx, gateway, notice, as_told(notice, "query"))


def as_told(notice: Notice, source: str) -> str:
    """A notice that came as an answer to us, as one text to keep."""
    return canonical(
        {
            "source": source,
            "external_id": notice.external_id,
            "reference": notice.reference,
            "amount": notice.amount,
            "paid_at": iso(notice.paid_at),
            "succeeded": notice.succeeded,
        }
    ).decode()
