import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CouncilRate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("basis", models.TextField()),
                (
                    "mark",
                    models.TextField(choices=[("read", "read"), ("secondary", "secondary"), ("assumed", "assumed")]),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "valid_from"), name="payments_rate_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="payments_rate_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="payments_rate_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", ["assumed", "read", "secondary"])),
                        name="payments_councilrate_mark_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gateway", models.TextField()),
                ("digest", models.BinaryField()),
                ("body", models.TextField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("received", "Đã ghi thu"),
                            ("unmatched", "Chưa xác định được hồ sơ"),
                            ("known", "Đã biết"),
                            ("differs", "Khác số tiền đã báo trước đó"),
                            ("failed", "Giao dịch không thành công"),
                        ]
                    ),
                ),
                ("external_id", models.TextField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "differs")), fields=["id"], name="payments_message_differs"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("gateway", "digest"), name="payments_message_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["differs", "failed", "known", "received", "unmatched"])),
                        name="payments_gatewaymessage_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayTransaction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gateway", models.TextField()),
                ("external_id", models.TextField()),
                (
                    "method",
                    models.TextField(
                        choices=[("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"), ("card", "Thẻ, ví điện tử")]
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("reference", models.TextField(blank=True)),
                ("paid_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["gateway", "paid_at"], name="payments_transaction_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("gateway", "external_id"), name="payments_transaction_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="payments_transaction_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["card", "cash", "transfer"])),
                        name="payments_gatewaytransaction_method_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("case_id", models.BigIntegerField()),
                ("dossier_code", models.TextField()),
                ("payment_round", models.SmallIntegerField()),
                ("reference", models.TextField(unique=True)),
                ("amount", models.BigIntegerField()),
                ("lines", models.JSONField()),
                ("payer_name", models.TextField()),
                ("payer_address", models.TextField(blank=True)),
                ("payer_tax_code", models.TextField(blank=True)),
                ("agency_id", models.BigIntegerField()),
                ("collector_name", models.TextField()),
                ("collector_tax_code", models.TextField(blank=True)),
                ("bank_bin", models.TextField(blank=True)),
                ("bank_account", models.TextField(blank=True)),
                ("bank_holder", models.TextField(blank=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "payment_round"), name="payments_request_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("payment_round__gt", 0)), name="payments_request_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference__regex", "^[0-9A-Z]{6,25}$")), name="payments_request_reference"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentAttempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("gateway", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="payments.paymentrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("amount", models.BigIntegerField()),
                (
                    "way",
                    models.TextField(
                        choices=[
                            ("cash", "Tiền mặt tại quầy"),
                            ("transfer", "Chuyển khoản của cơ quan"),
                            ("gateway", "Qua cổng thanh toán đã thu"),
                        ]
                    ),
                ),
                ("reason", models.TextField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.paymentrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaymentEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("charge", "charge"),
                            ("payment", "payment"),
                            ("excess", "excess"),
                            ("waiver", "waiver"),
                            ("cancellation", "cancellation"),
                            ("unmatched", "unmatched"),
                            ("match", "match"),
                            ("unmatched_return", "unmatched_return"),
                            ("refund_of_credit", "refund_of_credit"),
                            ("refund_of_fee", "refund_of_fee"),
                            ("payout", "payout"),
                            ("hand_over", "hand_over"),
                        ]
                    ),
                ),
                ("debit", models.TextField()),
                ("credit", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("post_id", models.BigIntegerField(null=True)),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="payments.paymententry",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.gatewaytransaction",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.paymentrequest",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.refund",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaiverWindow",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("declared", models.JSONField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="payments_window_dates",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("book", models.TextField()),
                ("year", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("form", models.TextField()),
                ("sign", models.TextField()),
                ("amount", models.BigIntegerField()),
                (
                    "method",
                    models.TextField(
                        choices=[("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"), ("card", "Thẻ, ví điện tử")]
                    ),
                ),
                ("issued_by", models.BigIntegerField(null=True)),
                ("issued_at", models.DateTimeField()),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="payments.paymentrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "year", "number"), name="payments_receipt_number"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("number__gt", 0)), name="payments_receipt_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["card", "cash", "transfer"])),
                        name="payments_receipt_method_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payments_refund_amount"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["cash", "gateway", "transfer"])), name="payments_refund_way_known"
            ),
        ),
        migrations.AddIndex(
            model_name="paymententry",
            index=models.Index(fields=["request", "kind"], name="payments_entry_request"),
        ),
        migrations.AddIndex(
            model_name="paymententry",
            index=models.Index(
                condition=models.Q(("kind", "unmatched")), fields=["id"], name="payments_entry_unmatched"
            ),
        ),
        migrations.AddIndex(
            model_name="paymententry",
            index=models.Index(fields=["debit", "occurred_at"], name="payments_entry_debit"),
        ),
        migrations.AddIndex(
            model_name="paymententry",
            index=models.Index(fields=["credit", "occurred_at"], name="payments_entry_credit"),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), models.Q(("debit", models.F("credit")), _negated=True)),
                name="payments_entry_moves",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "credit__regex",
                        "^(receivable|credit|refunds|unmatched|(cash|revenue|waived|budget)/[0-9]+|clearing/[a-z][a-z0-9-]*)$",
                    ),
                    (
                        "debit__regex",
                        "^(receivable|credit|refunds|unmatched|(cash|revenue|waived|budget)/[0-9]+|clearing/[a-z][a-z0-9-]*)$",
                    ),
                ),
                name="payments_entry_accounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("request__isnull", False),
                    ("kind__in", ["unmatched", "unmatched_return", "hand_over"]),
                    _connector="OR",
                ),
                name="payments_entry_has_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "charge")), fields=("request",), name="payments_entry_one_charge"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "cancellation")),
                fields=("request",),
                name="payments_entry_one_cancellation",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["payment", "unmatched"])),
                fields=("transaction",),
                name="payments_entry_one_arrival",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["match", "unmatched_return"])),
                fields=("about",),
                name="payments_entry_one_destiny",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "payout")), fields=("refund",), name="payments_entry_one_payout"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("kind", "payout"), ("refund__isnull", False)),
                        models.Q(("kind", "payout"), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("about__isnull", False), ("kind__in", ["match", "unmatched_return"])),
                        models.Q(("kind__in", ["match", "unmatched_return"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="payments_entry_names_its_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "cancellation",
                            "charge",
                            "excess",
                            "hand_over",
                            "match",
                            "payment",
                            "payout",
                            "refund_of_credit",
                            "refund_of_fee",
                            "unmatched",
                            "unmatched_return",
                            "waiver",
                        ],
                    )
                ),
                name="payments_paymententry_kind_known",
            ),
        ),
    ]
