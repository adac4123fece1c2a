"""Who acts, from which post, and when: passed to every action."""

from dataclasses import dataclass, replace
from datetime import datetime

from tinhso.core.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one act.

    `account_id` is None for a stranger; `post_id` and `agency_id` are set when an officer acts from a post, and
    `stood_in_for` when that post is another's, whom they stand in for.
    `now` is the lawful instant of the act, `request_id` ties it to the log.
    """

    now: datetime
    account_id: int | None = None
    post_id: int | None = None
    agency_id: int | None = None
    request_id: str = ""
    stood_in_for: int | None = None

    @property
    def actor(self) -> int:
        """The acting account. Raises Forbidden for a stranger."""
        if self.account_id is None:
            raise Forbidden("Cần đăng nhập để làm việc này.", what_to_do="Đăng nhập rồi làm lại.")
        return self.account_id

    @property
    def post(self) -> int:
        """The post acted from. Raises Forbidden for who acts from none."""
        if self.post_id is None:
            raise Forbidden("Bạn chưa chọn vị trí công tác.", what_to_do="Chọn vị trí công tác rồi làm lại.")
        return self.post_id

    def at(self, now: datetime) -> "Context":
        return replace(self, now=now)
