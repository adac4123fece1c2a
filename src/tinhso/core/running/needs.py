"""What a command may ask for before it runs."""

import os

from tinhso.core.database import connect, embedded


def have_database() -> None:
    """The database up: ours is started if it is down, another's is its owner's business."""
    if not connect.is_external(os.environ):
        embedded.ensure(os.environ)


def have_django() -> None:
    """The settings and the rooms loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.core.django_settings")
    import django

    django.setup()
