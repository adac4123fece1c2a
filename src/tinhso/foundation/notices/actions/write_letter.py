"""Write a letter to a party and hand it to the carriers that reach them."""

import hashlib
from typing import Any

from django.template.loader import get_template

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.settings import current
from tinhso.foundation.identity.models import Party
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.outbox.actions.tell import tell


def write_letter(
    ctx: Context,
    party: Party,
    template: str,
    data: dict[str, Any],
    *,
    case_id: int | None = None,
    email: str = "",
    phone: str = "",
) -> Letter:
    """Render `template` (plain text; its first line is the subject) for `party`, keep it, send it by e-mail and SMS.

    `email` and `phone` are where this matter's letters were asked to go; without them the party's own. The rendered
    words are what is kept: a later change of the template changes no letter already written.
    """
    source = get_template(template, using="letters")
    settings = current()
    words = source.render({**data, "party": party, "base_url": settings.base_url, "hotline": settings.hotline})
    subject, _, body = words.strip().partition("\n")
    letter = Letter.objects.create(
        public_id=uuid7(ctx.now),
        case_id=case_id,
        party_id=party.pk,
        template=template,
        template_version=hashlib.sha256(source.template.source.encode()).hexdigest()[:16],  # type: ignore[attr-defined]
        subject=subject,
        body=body.strip(),
        written_at=ctx.now,
    )
    identifier = str(letter.public_id)
    content = {"id": identifier, "subject": subject, "body": letter.body}
    if to := email or party.email:
        tell(ctx, "email", {**content, "to": to}, dedupe_key=f"letter:{identifier}:email", case_id=case_id)
    if settings.sms_url and (to := phone or party.phone):
        short = {"id": identifier, "to": to, "body": subject}
        tell(ctx, "sms", short, dedupe_key=f"letter:{identifier}:sms", case_id=case_id)
    return letter
