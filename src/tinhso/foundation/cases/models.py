"""The case engine's tables: releases, cases, tasks, step records, the clock's log, answers and papers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.fields import EncryptedJSONField, EncryptedTextField
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.models import Account, Party

OPEN = ("submitted", "accepted", "in_process", "supplement", "duty")
"""Business states in which a case has not reached its end."""


class ProcedureRelease(models.Model):
    """One immutable, content-hashed document of a procedure (phiên bản thủ tục).

    See release.py for its shape; `templates` holds the Typst source of each template it names.
    """

    id = models.BigAutoField(primary_key=True)
    procedure = models.TextField()
    content_hash = models.TextField(unique=True)
    document = models.TextField()
    templates = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(public="id procedure content_hash document templates created_at")

    class Meta:
        db_table = "cases_release"


class ReleasePublication(models.Model):
    """A release comes into use from a date, or is withdrawn from one: the last word for a day wins."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(ProcedureRelease, on_delete=models.PROTECT, related_name="publications")
    procedure = models.TextField()
    effective = models.DateField()
    withdrawn = models.BooleanField(default=False)
    reason = models.TextField(blank=True, db_default="")
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="id release procedure effective withdrawn reason decided_at", personal="decided_by_id"
    )

    class Meta:
        db_table = "cases_release_publication"
        indexes = [models.Index(fields=["procedure", "effective", "id"], name="cases_publication_day")]


@checks_choices
class ReleaseDraft(models.Model):
    """A release on its way: written by one person, looked at by another, published from a date.

    The document may not parse yet while it is a draft. What was published stands in ProcedureRelease for ever.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ người thứ hai xem"
        APPROVED = "approved", "Đã được đồng ý"
        PUBLISHED = "published", "Đã công bố"
        DROPPED = "dropped", "Đã bỏ"

    id = models.BigAutoField(primary_key=True)
    procedure = models.TextField()
    document = models.JSONField()
    templates = models.JSONField(default=dict)
    base = models.ForeignKey(ProcedureRelease, null=True, on_delete=models.PROTECT, related_name="drafts")
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    version = models.IntegerField(default=1)
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reviewer = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    privacy: ClassVar[Privacy] = Privacy(
        internal="id procedure document templates base state version written_at reviewed_at remark",
        personal="author reviewer",
    )

    class Meta:
        db_table = "cases_release_draft"
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")), name="cases_release_draft_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "published")) | Q(reviewer__isnull=False),
                name="cases_release_draft_reviewed",
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state__in=("draft", "submitted", "approved")),
                name="cases_release_draft_one",
            ),
        ]


@checks_choices
class Case(models.Model):
    """One matter followed to its end. Four states apart: the business, the money, the papers, the tie with the centre.

    `version` counts the acts; an officer's act names the version that was on the screen.
    """

    class Business(models.TextChoices):
        SUBMITTED = "submitted", "Mới nộp, chờ tiếp nhận"
        ACCEPTED = "accepted", "Đã tiếp nhận"
        IN_PROCESS = "in_process", "Đang giải quyết"
        SUPPLEMENT = "supplement", "Chờ bổ sung"
        DUTY = "duty", "Chờ thực hiện nghĩa vụ tài chính"
        REJECTED = "rejected", "Không được tiếp nhận"
        REFUSED = "refused", "Không giải quyết"
        STOPPED = "stopped", "Đã dừng"
        CLOSED = "closed", "Đã đóng"
        RESOLVED = "resolved", "Đã có kết quả"
        RETURNED = "returned", "Đã trả kết quả"

    class Money(models.TextChoices):
        NONE = "none", "Không thu"
        UNDECIDED = "undecided", "Chờ mức thu"
        DUE = "due", "Chưa nộp"
        PAID = "paid", "Đã nộp"
        REFUNDED = "refunded", "Đã hoàn"

    class Custody(models.TextChoices):
        NONE = "none", "Không có bản giấy"
        WITH_APPLICANT = "with_applicant", "Người nộp giữ"
        AT_CENTRE = "at_centre", "Tại Trung tâm"
        RETURNED = "returned", "Đã trả"

    class Sync(models.TextChoices):
        NONE = "none", "Không đồng bộ"
        PENDING = "pending", "Chờ đồng bộ"
        SENT = "sent", "Đã đồng bộ"
        FAILED = "failed", "Lỗi đồng bộ"

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", "Trực tiếp"
        POST = "post", "Bưu chính công ích"
        ONLINE = "online", "Trực tuyến"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    code = models.TextField(unique=True)
    kind = models.TextField()
    release = models.ForeignKey(ProcedureRelease, null=True, on_delete=models.PROTECT, related_name="cases")
    case_key = models.TextField(blank=True)
    channel = models.TextField(choices=Channel.choices)
    applicant = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="cases")
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    helped_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    received_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    returned_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)
    business = models.TextField(choices=Business.choices)
    money = models.TextField(choices=Money.choices, default=Money.NONE)
    custody = models.TextField(choices=Custody.choices, default=Custody.NONE)
    sync = models.TextField(choices=Sync.choices, default=Sync.NONE)
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        public="code kind release case_key channel received_by decided_by returned_by business"
        " submitted_at accepted_at due_at resolved_at returned_at",
        internal="id public_id helped_by version money custody sync",
        personal="applicant filed_by",
    )

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["applicant", "-id"], name="cases_case_applicant"),
            models.Index(fields=["received_by", "-id"], name="cases_case_received"),
            models.Index(fields=["decided_by", "-id"], name="cases_case_decided"),
            models.Index(fields=["business", "due_at"], condition=Q(business__in=OPEN), name="cases_case_open"),
            models.Index(fields=["submitted_at"], name="cases_case_submitted_at"),
            models.Index(fields=["resolved_at"], name="cases_case_resolved_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(business__in=("accepted", "in_process", "duty", "refused", "resolved", "returned"))
                | Q(accepted_at__isnull=False),
                name="cases_case_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(business__in=("refused", "resolved", "returned")) | Q(resolved_at__isnull=False),
                name="cases_case_resolved",
            ),
            models.CheckConstraint(
                condition=~Q(business="returned") | Q(returned_at__isnull=False), name="cases_case_returned"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="cases_case_version"),
        ]

    def __str__(self) -> str:
        return self.code


class NotOffered(models.Model):
    """An agency that does not handle a procedure which its kind otherwise does, and who does instead."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    instead = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    mark = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id procedure agency instead reason valid_from valid_to mark")

    class Meta:
        db_table = "cases_not_offered"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "valid_from"], name="cases_not_offered_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="cases_not_offered_dates"
            ),
        ]


class CaseAgency(models.Model):
    """An agency's further part in a case: co-operating, or deciding a later block of an inter-agency procedure."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agencies")
    part = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[Privacy] = Privacy(public="part agency", internal="id case")

    class Meta:
        db_table = "cases_case_agency"
        constraints = [models.UniqueConstraint(fields=["case", "part"], name="cases_case_agency_part")]


@checks_choices
class Direction(models.Model):
    """What one post asks of another on a case: to lead, to co-operate, to give an opinion, or to know. They form a tree
    by `parent`; while it is open a task lies with the post that was asked."""

    class Part(models.TextChoices):
        LEAD = "lead", "Chủ trì"
        SUPPORT = "support", "Phối hợp"
        OPINION = "opinion", "Cho ý kiến"
        INFORM = "inform", "Để biết"

    class State(models.TextChoices):
        OPEN = "open", "Đang làm"
        ANSWERED = "answered", "Đã trả lời"
        WITHDRAWN = "withdrawn", "Đã rút"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="directions")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    part = models.TextField(choices=Part.choices)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    content = EncryptedTextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = EncryptedTextField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id case parent part state from_post from_account to_post asked_at due_at answered_by"
        " closed_at",
        sensitive="content answer",
    )

    class Meta:
        db_table = "cases_direction"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "parent", "to_post"],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="cases_direction_once",
            ),
            models.UniqueConstraint(
                fields=["case", "parent"],
                condition=Q(state="open", part="lead"),
                nulls_distinct=False,
                name="cases_direction_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="cases_direction_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answer__isnull=False), name="cases_direction_answer"
            ),
        ]


@checks_choices
class Alert(models.Model):
    """Somebody in a post was told about open work: once for each kind and due moment. Kept until the post has seen it
    and the work is done; what matters for figures is in the events."""

    class Kind(models.TextChoices):
        UNCLAIMED = "unclaimed", "Chưa ai nhận"
        WARN = "warn", "Sắp đến hạn"
        APOLOGISE = "apologise", "Sắp trễ hẹn với người dân"
        LATE = "late", "Quá hạn"
        ANSWERED = "answered", "Đã có trả lời"

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Kind.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="alerts")
    about = models.BigIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="alerts")
    due_at = models.DateTimeField()
    told_at = models.DateTimeField()
    seen_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(internal="id kind case about post due_at told_at seen_by seen_at")

    class Meta:
        db_table = "cases_alert"
        constraints = [
            models.UniqueConstraint(fields=["about", "kind", "post", "due_at"], name="cases_alert_once"),
        ]
        indexes = [
            models.Index(fields=["post", "-id"], condition=Q(seen_at__isnull=True), name="cases_alert_unseen"),
        ]


class Task(models.Model):
    """One open piece of work of one post, perhaps claimed by one officer. Gone when done; a step record stays.

    `procedure` repeats the release's code, so that an inbox is narrowed on its own index. `look_at`: when the sweep
    looks at it next for somebody to be told; empty when there is nothing left to tell.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    step = models.TextField(blank=True)
    procedure = models.TextField(blank=True)
    direction = models.OneToOneField(Direction, null=True, on_delete=models.PROTECT, related_name="task")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tasks")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="tasks")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        internal="id case step procedure direction post account opened_at due_at look_at"
    )

    class Meta:
        db_table = "cases_task"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "post"], condition=Q(direction__isnull=True), name="cases_task_once"
            )
        ]
        indexes = [
            models.Index(fields=["post", "due_at", "id"], name="cases_task_inbox"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="cases_task_look"),
        ]


class StepRecord(models.Model):
    """One act on a case, as figures read it: who did what from which step, when it was due, when it was done.

    `note` is no column: what was written beside the act is kept in StepNote, and `queries.steps_taken` lays it here.
    """

    pk = models.CompositePrimaryKey("recorded_at", "id")
    id = models.UUIDField()
    recorded_at = models.DateTimeField()
    case_id = models.BigIntegerField()
    case_version = models.IntegerField()
    step = models.TextField()
    act = models.TextField()
    from_state = models.TextField()
    to_state = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    stood_in_for_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    note: str = ""

    insert_only: ClassVar[bool] = True
    partitioned_by: ClassVar[str] = "recorded_at"
    privacy: ClassVar[Privacy] = Privacy(
        public="recorded_at step act from_state to_state agency_id opened_at due_at",
        internal="id case_id case_version post_id",
        personal="actor_id stood_in_for_id",
    )

    class Meta:
        db_table = "cases_step_record"
        indexes = [models.Index(fields=["case_id", "recorded_at"], name="cases_step_record_case")]


class StepNote(models.Model):
    """The words written beside one act: a reason, a remark, a receiver's name. Sealed, and erasable without the act."""

    record_id = models.UUIDField(primary_key=True)
    body = EncryptedTextField()

    insert_only: ClassVar[bool] = True
    erasable: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="record_id", sensitive="body")

    class Meta:
        db_table = "cases_step_note"


@checks_choices
class ClockEntry(models.Model):
    """One entry of a case's clock log; the due date is a pure function of these, a calendar version and the release."""

    class Kind(models.TextChoices):
        START = "start", "Bắt đầu"
        PAUSE = "pause", "Tạm dừng"
        RESUME = "resume", "Chạy tiếp"
        RESTART = "restart", "Tính lại từ đầu"
        EXTEND = "extend", "Gia hạn"
        SHORTEN = "shorten", "Rút ngắn"
        RECOUNT = "recount", "Tính lại theo lịch mới"

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock")
    seq = models.SmallIntegerField()
    kind = models.TextField(choices=Kind.choices)
    at = models.DateTimeField()
    amount = models.IntegerField(null=True)
    unit = models.TextField(blank=True)
    ground = models.TextField()
    calendar_version_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="kind at amount unit ground recorded_at", internal="id case seq calendar_version_id"
    )

    class Meta:
        db_table = "cases_clock_entry"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="cases_clock_entry_order")]


class CaseAnswers(models.Model):
    """The answers to a case's form, a new version for each change, sealed; checked against the case's release."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    version = models.SmallIntegerField()
    answers = EncryptedJSONField()
    recorded_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id case version recorded_at", sensitive="answers")

    class Meta:
        db_table = "cases_case_answers"
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="cases_case_answers_version")]


class CasePaper(models.Model):
    """A required paper (thành phần hồ sơ) handed in with a case: its scan, its paper copies, or both."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    key = models.TextField()
    round = models.SmallIntegerField(default=0)
    file = models.ForeignKey(FileRef, null=True, on_delete=models.PROTECT, related_name="+")
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    recorded_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="id case key round file originals copies recorded_at")

    class Meta:
        db_table = "cases_case_paper"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(originals__gt=0) | Q(copies__gt=0),
                name="cases_case_paper_something",
            )
        ]
        indexes = [models.Index(fields=["case", "round"], name="cases_case_paper_case")]
