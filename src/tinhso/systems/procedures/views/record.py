"""One procedure: what is open of it, its raw text beside what was read, and the form that settles a point."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.core.errors import Invalid, NotFound
from tinhso.core.language import reader_language
from tinhso.core.money import format_dong
from tinhso.core.text import whole_number
from tinhso.core.web.access import signed_in
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.procedures import queries, words
from tinhso.systems.procedures.actions.settle import settle
from tinhso.systems.procedures.models import CatalogueRecord, ReviewItem
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.rules.channels import Channel, beside_channel
from tinhso.systems.procedures.rules.parse import FIELDS
from tinhso.systems.procedures.rules.review import Reason, cut
from tinhso.systems.procedures.views.listing import filter_of, query_of
from tinhso.systems.procedures.views.passages import mark
from tinhso.systems.procedures.views.values import answers, controls, read_value, shown_value

_RAW_KEYS = {field: key for key, field in FIELDS.items()}
State = ReviewItem.State


@require_GET
@signed_in("officer")
def record_page(request: Any, code: str) -> HttpResponse:
    """The procedure with one of its points opened: the one asked for, or the first that is open."""
    require(catalogue.may_settle(request.ctx))
    record = queries.get_record(code)
    items = queries.items_of(record)
    asked = request.GET.get("viec", "")
    item = next((one for one in items if str(one.pk) == asked), items[0] if items else None)
    return _show(request, record, items, item)


@require_POST
@signed_in("officer")
def settle_point(request: Any, item_id: int) -> HttpResponse:
    """Settle a point and go on to the next one of the list it was opened from."""
    require(catalogue.may_settle(request.ctx))
    item = ReviewItem.objects.select_related("record").filter(pk=item_id).first()
    if item is None:
        raise NotFound(_("Không có chỗ cần xem này."), what_to_do=_("Mở lại danh sách và chọn một dòng."))
    version = whole_number(request.POST.get("version", ""))

    def act() -> str:
        if version is None:
            raise Invalid(_("Biểu mẫu thiếu số phiên bản."), fields={"": _("Tải lại trang rồi xác nhận lại.")})
        settle(
            request.ctx,
            item_id,
            read_value(item.field, request.POST),
            version=version,
            note=request.POST.get("note", ""),
            alike=bool(request.POST.get("alike")),
        )
        messages.success(request, _("Đã xác nhận: %s.") % words.say_field(item.field, reader_language()).lower())
        return _onward(request, item)

    try:
        return answer_once(request, act)
    except Invalid as refusal:
        items = queries.items_of(item.record)
        current = next((one for one in items if one.pk == item_id), None)
        return _show(request, item.record, items, current, refusal)


@require_GET
@signed_in("officer")
def next_point(request: Any, item_id: int) -> HttpResponseRedirect:
    """Leave a point open and go on to the next one."""
    require(catalogue.may_settle(request.ctx))
    item = ReviewItem.objects.select_related("record").filter(pk=item_id).first()
    if item is None:
        return HttpResponseRedirect(reverse("catalogue_review"))
    return HttpResponseRedirect(_onward(request, item))


def _onward(request: Any, item: ReviewItem) -> str:
    wanted = filter_of(request.GET)
    following = queries.find_next(wanted, item.record, item.pk)
    if following is None:
        return f"{reverse('catalogue_review')}?{query_of(wanted)}"
    page = reverse("catalogue_record", args=[following.record.code])
    return f"{page}?{query_of(wanted, viec=str(following.pk))}"


def _show(
    request: Any,
    record: CatalogueRecord,
    items: Sequence[ReviewItem],
    item: ReviewItem | None,
    refusal: Invalid | None = None,
) -> HttpResponse:
    wanted = filter_of(request.GET)
    context = {
        "record": record,
        "query": query_of(wanted),
        "rows": [_row(one, wanted_query=query_of(wanted, viec=str(one.pk)), current=item) for one in items],
        "open_count": sum(one.state == State.OPEN for one in items),
        "ways": [_way(row, place, items) for place, row in enumerate(record.document["channels"])],
        "errors": refusal.fields or {"": refusal.message} if refusal else {},
        "once": request.POST.get("_once", ""),
        **(_point(record, items, item) if item else {}),
    }
    if refusal:
        context["values"] = request.POST
    return render(request, "procedures/record.html", context, status=422 if refusal else 200)


def _point(record: CatalogueRecord, items: Sequence[ReviewItem], item: ReviewItem) -> dict[str, Any]:
    """What the opened point shows: why, the words, the value as read, the form, who settled it last."""
    raw = queries.raw_of(record)
    key = _RAW_KEYS[item.field.partition(".")[0]]
    said = beside_channel(item.text)
    here = [one for one in items if (one.field, one.position) == (item.field, item.position)]
    alike = {
        one.position
        for one in items
        if one.field == item.field and one.state == State.OPEN and beside_channel(one.text) == said
    }
    withheld = any(one.withheld for one in here)
    return {
        "item": item,
        "field_name": words.say_field(item.field, reader_language()),
        "reasons": [words.say_reason(Reason(one.reason), reader_language()) for one in here],
        "withheld": withheld,
        "facts": _facts(record, item),
        "marked": mark(str(raw.get(key) or ""), item.text),
        "others": [
            (words.say_field(field, reader_language()), raw[name])
            for field, name in _RAW_KEYS.items()
            if name != key and raw.get(name)
        ],
        "answers": answers(item.field, withheld=withheld),
        "controls": controls(item.field),
        "alike": len(alike - {item.position}),
        "values": shown_value(item) | {"alike": "on"},
        "last": queries.last_settlement(item),
        "last_said": words.say_value(item.field, item.value, reader_language()) if item.value else "",
    }


def _row(item: ReviewItem, *, wanted_query: str, current: ReviewItem | None) -> dict[str, Any]:
    return {
        "title": words.say_field(item.field, reader_language()),
        "excerpt": cut(item.text)[:90],
        "query": wanted_query,
        "open": item.state == State.OPEN,
        "withheld": item.withheld,
        "current": current is not None and item.pk == current.pk,
    }


def _facts(record: CatalogueRecord, item: ReviewItem) -> list[tuple[str, str]]:
    """The value as it stands, and what a person needs to decide on another one."""
    document, place = record.document, item.position
    if item.field.startswith("channels.") and place is not None:
        row = document["channels"][place]
        fee = row["fees"][0]
        said = [(_("Hình thức nộp"), words.CHANNELS[Channel(row["channel"])][reader_language() == "en"])]
        if item.field == "channels.limit":
            return [
                *said,
                (_("Ô thời hạn"), row["limit_text"]),
                (_("Đang hiểu là"), words.say_time(row, reader_language())),
            ]
        named = ", ".join(format_dong(amount) for amount in fee["named"])
        said += [(_("Ô phí, lệ phí"), fee["text"]), (_("Điều kiện"), fee["condition"])]
        said += [(_("Số tiền nêu trong phần chữ"), named), (_("Đang hiểu là"), words.say_fee(fee, reader_language()))]
        return [(name, value) for name, value in said if value]
    if item.field.startswith("papers.") and place is not None:
        papers = [paper for group in document["papers"] for paper in group["papers"]]
        if place < len(papers):
            paper = papers[place]
            return [
                (_("Giấy tờ"), paper["name"]),
                (_("Số lượng đang hiểu là"), words.say_count(paper, reader_language())),
            ]
    return []


def _way(row: dict[str, Any], place: int, items: Sequence[ReviewItem]) -> dict[str, Any]:
    there = {one.field for one in items if one.position == place and one.state == State.OPEN}
    return {
        "channel": words.CHANNELS[Channel(row["channel"])][reader_language() == "en"],
        "time": words.say_time(row, reader_language()),
        "time_open": "channels.limit" in there,
        "cost": words.say_fee(row["fees"][0], reader_language()),
        "cost_open": "channels.fee" in there,
    }
