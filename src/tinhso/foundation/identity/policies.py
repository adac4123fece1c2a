"""Who may change what is known of whom."""

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.models import Account, Party
from tinhso.foundation.identity.queries import held_posts


class PartyPolicy:
    """A counter keeps the records of those who come to it; who has an online account keeps their own."""

    def may_correct(self, ctx: Context) -> bool:
        """Whether the acting officer holds, today, the counter's post acted from."""
        held = held_posts(ctx.actor, business_date(ctx.now))
        return any(post.pk == ctx.post_id and post.role in (Post.Role.COUNTER, Post.Role.HEAD) for post in held)

    def keeps_own(self, party: Party) -> bool:
        """Whether the party has an account of its own."""
        return Account.objects.filter(party=party).exists()


parties = PartyPolicy()
