"""Books of numbers: one running number per book and year, without gap or repeat."""

from typing import ClassVar

from django.db import models

from tinhso.core.privacy import Privacy


class Book(models.Model):
    """The last number taken from a book in a year. Its row is locked until the taker commits: no gap can arise."""

    pk = models.CompositePrimaryKey("key", "year")
    key = models.TextField()
    year = models.SmallIntegerField()
    last = models.BigIntegerField()

    privacy: ClassVar[Privacy] = Privacy(internal="key year last")

    class Meta:
        db_table = "numbering_book"
        constraints = [models.CheckConstraint(condition=models.Q(last__gt=0), name="numbering_book_positive")]


class Taken(models.Model):
    """A number that was taken, when, and for what; a void one stays taken."""

    pk = models.CompositePrimaryKey("key", "year", "number")
    key = models.TextField()
    year = models.SmallIntegerField()
    number = models.BigIntegerField()
    taken_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="key year number taken_at")

    class Meta:
        db_table = "numbering_taken"
