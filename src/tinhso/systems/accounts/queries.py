"""The accounts shown on the sign-in page of a demo."""

from dataclasses import dataclass

from django.db.models import Prefetch

from tinhso.core.text import fold
from tinhso.foundation.identity.models import Account, Appointment, Realm


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One row of the list: who, and what they do where."""

    username: str
    full_name: str
    work: str
    agency: str


def demo_accounts(realm: str, search: str = "", limit: int = 60) -> list[DemoAccount]:
    """Accounts to try the demo with, narrowed by words of name, post or agency."""
    held = Prefetch("appointments", Appointment.objects.select_related("post__agency"))
    accounts = Account.objects.filter(realm=realm, active=True).order_by("id").prefetch_related(held)
    rows = [_row(account) for account in accounts]
    wanted = fold(search).split()
    found = [row for row in rows if all(word in fold(f"{row.full_name} {row.work} {row.agency}") for word in wanted)]
    return found[:limit]


def _row(account: Account) -> DemoAccount:
    posts = [appointment.post for appointment in account.appointments.all()]
    if account.realm == Realm.CITIZEN:
        return DemoAccount(account.username, account.full_name, "Người dân, doanh nghiệp", "")
    return DemoAccount(
        account.username,
        account.full_name,
        "; ".join(dict.fromkeys(post.title for post in posts)),
        "; ".join(dict.fromkeys(post.agency.name for post in posts)),
    )
