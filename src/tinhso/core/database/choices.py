"""The database keeps what a field's `choices` promise."""

from typing import TypeVar

from django.db import models

Model = TypeVar("Model", bound=models.Model)


def checks_choices(model: type[Model]) -> type[Model]:
    """Class decorator: a CHECK constraint for every field of the model that has choices, named after its column.

    A nullable field may still be null, one that may be blank still empty.
    """
    meta = model._meta
    for field in meta.local_fields:
        if field.choices:
            allowed = sorted({str(key) for key, _ in field.flatchoices} | ({""} if field.blank else set()))
            condition = models.Q(**{f"{field.name}__in": allowed})
            check = models.CheckConstraint(condition=condition, name=check_name(field))
            meta.constraints = [*meta.constraints, check]
    meta.original_attrs["constraints"] = meta.constraints
    return model


def check_name(field: "models.Field[object, object]") -> str:
    """What the constraint of a field with choices is called."""
    return f"{field.model._meta.db_table}_{field.column}_known"
