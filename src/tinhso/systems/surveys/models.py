"""What people think of the service they received."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tinhso.core.fields import EncryptedTextField
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case


class Rating(models.Model):
    """One rating of one dossier, bound to its code, once and for ever. Points from 1 to 5; `agency` decided it."""

    id = models.BigAutoField(primary_key=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    time = models.SmallIntegerField()
    information = models.SmallIntegerField()
    attitude = models.SmallIntegerField()
    result = models.SmallIntegerField()
    overall = models.SmallIntegerField()
    comment = EncryptedTextField(null=True)
    given_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="agency time information attitude result overall given_at", internal="id case", sensitive="comment"
    )

    class Meta:
        db_table = "surveys_rating"
        constraints = [
            models.CheckConstraint(
                condition=Q(time__range=(1, 5))
                & Q(information__range=(1, 5))
                & Q(attitude__range=(1, 5))
                & Q(result__range=(1, 5))
                & Q(overall__range=(1, 5)),
                name="surveys_rating_points",
            )
        ]
        indexes = [models.Index(fields=["given_at"], name="surveys_rating_day")]
