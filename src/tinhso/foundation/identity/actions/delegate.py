"""Let a colleague stand in for the holder of a post for some days."""

from datetime import date, timedelta

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden, Invalid, NotFound
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import DelegationEnded, DelegationGiven
from tinhso.foundation.identity.models import Account, Appointment, Delegation, Realm
from tinhso.foundation.identity.queries import held_posts

LONGEST = timedelta(days=366)
"""A stand-in for more than a year is an appointment (assumed)."""


@transaction.atomic
def delegate(
    ctx: Context, *, post_id: int, holder_id: int, deputy_id: int, begins: date, ends: date, ground: str
) -> Delegation:
    """From `begins` up to and including `ends`, the deputy acts from the holder's post as well as from their own.

    By the holder, or by who is in charge of the post's agency. Raises Forbidden, NotFound, or Invalid: dates that do
    not fit, a deputy outside the agency, a second deputy for the same days, a circle of people standing in for one
    another.
    """
    post = Post.objects.select_related("agency").select_for_update(of=("self",)).filter(pk=post_id).first()
    if post is None:
        raise NotFound("Không tìm thấy vị trí này.", what_to_do="Chọn lại vị trí.")
    _must_be_allowed(ctx, post, holder_id)
    fields = _faults(post, holder_id, deputy_id, begins, ends, ground, business_date(ctx.now))
    if fields:
        raise Invalid("Chưa giao được người làm thay.", what_to_do="Sửa những chỗ nêu dưới đây.", fields=fields)
    row = Delegation.objects.create(
        post=post,
        holder_id=holder_id,
        deputy_id=deputy_id,
        valid_from=begins,
        valid_to=ends + timedelta(days=1),
        ground=ground.strip(),
        given_by_id=ctx.actor,
        given_at=ctx.now,
    )
    told = DelegationGiven(
        post=post.key,
        holder=str(row.holder.public_id),
        deputy=str(row.deputy.public_id),
        valid_from=row.valid_from.isoformat(),
        valid_to=row.valid_to.isoformat(),
    )
    record(ctx, told, subject=("delegation", row.pk), agency_id=post.agency_id)
    return row


@transaction.atomic
def end_delegation(ctx: Context, delegation_id: int) -> Delegation:
    """The holder is back: from today on the deputy acts there no more. Raises NotFound, Forbidden."""
    row = Delegation.objects.select_for_update().filter(pk=delegation_id).first()
    today = business_date(ctx.now)
    if row is None or row.valid_to <= today:
        raise NotFound("Việc làm thay này đã hết.", what_to_do="Tải lại danh sách.")
    _must_be_allowed(ctx, row.post, row.holder_id)
    row.valid_to = max(today, row.valid_from)
    row.save(update_fields=["valid_to"])
    told = DelegationEnded(
        post=row.post.key,
        holder=str(row.holder.public_id),
        deputy=str(row.deputy.public_id),
        valid_to=row.valid_to.isoformat(),
    )
    record(ctx, told, subject=("delegation", row.pk), agency_id=row.post.agency_id)
    return row


def _must_be_allowed(ctx: Context, post: Post, holder_id: int) -> None:
    if ctx.actor == holder_id:
        return
    held = held_posts(ctx.actor, business_date(ctx.now))
    in_charge = (Post.Role.HEAD, Post.Role.LEADER, Post.Role.ADMIN)
    if not any(p.pk == ctx.post_id and p.agency_id == post.agency_id and p.role in in_charge for p in held):
        raise Forbidden(
            "Chỉ người giữ vị trí, hoặc người phụ trách cơ quan, giao được người làm thay.",
            what_to_do="Nhờ người phụ trách cơ quan giao giúp.",
        )


def _faults(
    post: Post, holder_id: int, deputy_id: int, begins: date, ends: date, ground: str, today: date
) -> dict[str, str]:
    fields: dict[str, str] = {}
    if ends < begins:
        fields["ends"] = "Ngày cuối phải từ ngày đầu trở đi."
    elif ends - begins >= LONGEST:
        fields["ends"] = "Làm thay lâu hơn một năm thì bổ nhiệm, không ủy quyền."
    elif ends < today:
        fields["ends"] = "Khoảng thời gian này đã qua."
    if not Appointment.objects.filter(on_day(begins), account_id=holder_id, post=post).exists():
        fields["holder"] = "Người này không giữ vị trí đó vào ngày bắt đầu."
    if len(ground.strip()) < 3:
        fields["ground"] = "Ghi căn cứ hoặc lý do (đi họp, nghỉ phép, quyết định số …)."
    deputies = Account.objects.filter(pk=deputy_id, active=True, realm=Realm.OFFICER)
    beside = Appointment.objects.filter(on_day(begins), account_id=deputy_id, post__agency_id=post.agency_id)
    if holder_id == deputy_id or not deputies.exists() or not beside.exists():
        fields["deputy"] = "Chọn một đồng nghiệp khác trong cùng cơ quan."
    elif "ends" not in fields:
        fields |= _clashes(post, holder_id, deputy_id, begins, ends)
    return fields


def _clashes(post: Post, holder_id: int, deputy_id: int, begins: date, ends: date) -> dict[str, str]:
    same_days = Delegation.objects.filter(valid_from__lte=ends, valid_to__gt=begins)
    if same_days.filter(post=post, holder_id=holder_id).exists():
        return {"begins": "Những ngày này đã có người làm thay."}
    stands_in = dict(same_days.values_list("holder_id", "deputy_id"))
    person: int | None = deputy_id
    for _ in range(len(stands_in) + 1):
        if person == holder_id:
            return {"deputy": "Người này cũng đang vắng và được làm thay, thành một vòng."}
        person = stands_in.get(person) if person is not None else None
    return {}
