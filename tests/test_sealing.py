"""What is sealed in the database opens only in the column it was written to."""

import pytest
from django.db import connection

from tinhso.core.context import Context
from tinhso.core.crypto import WrongKey
from tinhso.core.ids import uuid7
from tinhso.foundation.cases.models import ProcedureRelease
from tinhso.foundation.identity.models import Account
from tinhso.systems.services.models import Draft


@pytest.mark.django_db
def test_a_sealed_value_moved_to_another_column_does_not_open(ctx: Context) -> None:
    draft = Draft.objects.create(
        public_id=uuid7(ctx.now),
        account=Account.objects.filter(realm="citizen")[0],
        release=ProcedureRelease.objects.all()[0],
        answers={"name": "Lan"},
        choices={"way": "online"},
        begun_at=ctx.now,
        changed_at=ctx.now,
    )
    assert Draft.objects.get(pk=draft.pk).answers == {"name": "Lan"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE services_draft SET answers = choices, choices = answers WHERE id = %s", [draft.pk])
    with pytest.raises(WrongKey, match=r"services_draft\.answers"):
        Draft.objects.get(pk=draft.pk)
