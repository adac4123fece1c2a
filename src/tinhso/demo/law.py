"""Loads the law the demo works by: calendars, the fee table, the twelve releases, and keys to sign with."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.crypto import seal_bytes
from tinhso.core.settings import current
from tinhso.core.time import business_date
from tinhso.foundation.agencies.actions.load_code_lists import load_code_lists
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.agencies.queries import current_code
from tinhso.foundation.calendars.actions.assign_calendar import assign_calendar
from tinhso.foundation.calendars.actions.load_calendars import load_calendars
from tinhso.foundation.calendars.actions.load_periods import load_periods
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.identity.models import Appointment
from tinhso.foundation.payments.actions.load_law import load_law
from tinhso.foundation.signing.models import SigningKey
from tinhso.foundation.signing.pki import Holder, Issued
from tinhso.foundation.signing.queries import P12_PURPOSE
from tinhso.foundation.signing.trust import get_demo_authority
from tinhso.systems.services.public import shipped_fee_rates, shipped_releases

DEMO_PIN = "123456"
"""The PIN of every demo key, shown on the signing page in demo mode."""


@transaction.atomic
def seed_law(ctx: Context) -> None:
    """Calendars, fees, releases and keys. Run again, it writes only what changed."""
    load_code_lists()
    load_calendars(ctx)
    load_periods()
    _assign_calendars(ctx)
    load_law(shipped_fee_rates())
    for shipped in shipped_releases():
        publish(ctx, shipped.release, shipped.release.valid_from, shipped.templates)
    _issue_keys(ctx)


def _assign_calendars(ctx: Context) -> None:
    """Commune police receive residence matters on Saturday mornings too."""
    for agency in Agency.objects.filter(kind="commune_police", valid_to__isnull=True):
        assign_calendar(
            ctx,
            "cong-an-xa",
            agency_id=agency.pk,
            valid_from=agency.valid_from,
            decision="Thủ tục 1.004194 (9354/QĐ-BCA-C06), đọc trong văn bản",
        )


def _issue_keys(ctx: Context) -> None:
    """A key for every agency that seals and every leader who signs, from the demo's own authority."""
    if SigningKey.objects.exists():
        return
    settings = current()
    authority = get_demo_authority(settings.home, now=ctx.now, production=settings.production)
    day = business_date(ctx.now)
    rows = []
    leaders = Appointment.objects.filter(post__role=Post.Role.LEADER).select_related("account", "post__agency")
    first_post = {held.account_id: held for held in leaders.order_by("-id")}
    for held in first_post.values():
        agency = held.post.agency
        holder = Holder(agency.name, current_code(agency.pk, day), held.account.full_name, held.post.title)
        issued = authority.issue(holder, DEMO_PIN, now=ctx.now, rounds=1)
        rows.append(_key(ctx, issued, SigningKey.Owner.PERSON, account_id=held.account_id))
    for agency in Agency.objects.filter(posts__role=Post.Role.CLERK).distinct():
        issued = authority.issue(Holder(agency.name, current_code(agency.pk, day)), DEMO_PIN, now=ctx.now, rounds=1)
        rows.append(_key(ctx, issued, SigningKey.Owner.AGENCY, agency_id=agency.pk))
    SigningKey.objects.bulk_create(rows)


def _key(
    ctx: Context, issued: Issued, owner: str, *, account_id: int | None = None, agency_id: int | None = None
) -> SigningKey:
    return SigningKey(
        owner=owner,
        account_id=account_id,
        agency_id=agency_id,
        serial=issued.serial,
        subject=issued.subject,
        not_before=issued.not_before,
        not_after=issued.not_after,
        p12=seal_bytes(issued.p12, P12_PURPOSE),
        created_at=ctx.now,
    )
