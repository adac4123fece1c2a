"""Who may do what to which dossier."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.models import Case, CaseAgency, Direction, Task
from tinhso.foundation.identity.models import Account, Realm
from tinhso.foundation.identity.queries import held_posts


class DossierPolicy:
    """Citizens see their own dossiers; officers those in which an agency of theirs has a part or was asked.

    Handling is for the post that holds the open work; a post acts only through an officer who holds it that day.
    """

    def may_see(self, account: Account, case: Case, posts: Iterable[Post] = ()) -> bool:
        if account.realm == Realm.CITIZEN:
            return case.filed_by_id == account.pk or (
                account.party_id is not None and case.applicant_id == account.party_id
            )
        return self.which(account, posts).filter(pk=case.pk).exists()

    def which(self, account: Account, posts: Iterable[Post] = ()) -> QuerySet[Case]:
        """The dossiers that an account may see."""
        if account.realm == Realm.CITIZEN:
            own = Q(filed_by=account)
            return Case.objects.filter(own | Q(applicant_id=account.party_id) if account.party_id else own)
        if account.realm != Realm.OFFICER:
            return Case.objects.none()
        agencies = {post.agency_id for post in posts}
        parts = Q(received_by__in=agencies) | Q(decided_by__in=agencies) | Q(returned_by__in=agencies)
        further = Exists(CaseAgency.objects.filter(case=OuterRef("pk"), agency__in=agencies))
        asked = Exists(Direction.objects.filter(case=OuterRef("pk"), to_post__agency__in=agencies))
        return Case.objects.filter(parts | further | asked)

    def may_handle(self, ctx: Context, task: Task, *, taking_over: bool = False) -> bool:
        """Whether the acting officer holds the post on which `task` lies, and no colleague has claimed it.

        With `taking_over` a colleague's claim does not stand in the way: who is away does not hold work up.
        """
        if ctx.account_id is None or ctx.post_id != task.post_id:
            return False
        held = {post.pk for post in held_posts(ctx.account_id, business_date(ctx.now))}
        return task.post_id in held and (taking_over or task.account_id in (None, ctx.account_id))

    def may_supply(self, ctx: Context, account: Account, case: Case) -> bool:
        """The applicant, or the counter of a centre that received or returns the dossier."""
        if account.realm == Realm.CITIZEN:
            return self.may_see(account, case)
        centres = {case.received_by_id, case.returned_by_id}
        held = held_posts(account.pk, business_date(ctx.now))
        return any(
            post.pk == ctx.post_id and post.agency_id in centres and post.role in (Post.Role.COUNTER, Post.Role.HEAD)
            for post in held
        )


dossiers = DossierPolicy()
