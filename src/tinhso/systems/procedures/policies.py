"""Who may settle what the catalogue leaves open."""

from django.db.models import QuerySet

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.models import Account, Realm
from tinhso.foundation.identity.queries import held_posts
from tinhso.systems.procedures.models import CatalogueRecord


class CataloguePolicy:
    """The catalogue is one for the whole province: posts of role `publisher` (kiểm soát thủ tục) settle all of it."""

    def may_settle(self, ctx: Context) -> bool:
        if ctx.account_id is None or ctx.post_id is None:
            return False
        held = held_posts(ctx.account_id, business_date(ctx.now))
        return any(post.pk == ctx.post_id and post.role == Post.Role.PUBLISHER for post in held)

    def who_may_settle(self) -> QuerySet[Account]:
        role = Post.Role.PUBLISHER
        return Account.objects.filter(realm=Realm.OFFICER, appointments__post__role=role).distinct()

    def which(self, ctx: Context) -> QuerySet[CatalogueRecord]:
        """The records whose open points this person may see and settle."""
        return CatalogueRecord.objects.all() if self.may_settle(ctx) else CatalogueRecord.objects.none()


catalogue = CataloguePolicy()


def require(allowed: bool) -> None:
    """Raises Forbidden in words when not `allowed`."""
    if not allowed:
        raise Forbidden(
            "Phần này dành cho người làm công tác kiểm soát thủ tục hành chính. Chưa có gì thay đổi.",
            what_to_do="Chọn vị trí kiểm soát thủ tục hành chính nếu bạn giữ vị trí đó, hoặc nhờ Sở Tư pháp.",
        )
