"""Vietnamese and English for what the rules of this room return."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tinhso.core.money import format_dong

from .rules.channels import Channel
from .rules.heading import Applicant, Kind, Level
from .rules.limits import Limit, Unit
from .rules.papers import Duty
from .rules.review import Reason
from .rules.settled import Fault

REASONS: dict[Reason, tuple[str, str]] = {
    Reason.MISSING: ("Trang nguồn để trống mục này.", "The source page leaves this empty."),
    Reason.NOT_TEXT: ("Mục này không phải là chữ.", "This is not text."),
    Reason.UNKNOWN_SHAPE: (
        "Không nhận ra cách trình bày của mục này; cần người đọc nguyên văn.",
        "The layout is not known; a person must read the original.",
    ),
    Reason.UNKNOWN_VALUE: ("Có giá trị ngoài danh mục đã biết.", "A value outside the known list."),
    Reason.FIELD_BLED: (
        "Phần khác của trang nguồn lẫn vào mục này, nên không tách giấy tờ được.",
        "Another part of the page ran into this one, so papers cannot be told apart.",
    ),
    Reason.MAYBE_CUT: (
        "Trang nguồn bị lẫn mục nên phần này có thể bị cắt ngắn.",
        "Parts of the page ran together; this one may be cut short.",
    ),
    Reason.SPLIT_UNSURE: (
        "Không chắc đây là một hay nhiều tên, nhiều dòng.",
        "It is not sure whether this is one or several.",
    ),
    Reason.LIMIT_MISSING: ("Trang nguồn không ghi thời hạn.", "The source gives no time limit."),
    Reason.LIMIT_WITHOUT_UNIT: (
        "Thời hạn chỉ có số, không có đơn vị (giờ, ngày hay ngày làm việc).",
        "The time limit is a number without a unit.",
    ),
    Reason.LIMIT_IN_WORDS: ("Thời hạn ghi bằng lời, không tính ra số.", "The time limit is in words."),
    Reason.LIMIT_UNIT_DISPUTED: (
        "Cùng một số nhưng nơi ghi ngày, nơi ghi ngày làm việc.",
        "The same number stands with different units.",
    ),
    Reason.LIMIT_DIFFERS_BY_CHANNEL: (
        "Mỗi hình thức nộp ghi một thời hạn khác nhau: có thể trang nguồn đang liệt kê từng trường hợp.",
        "Each channel has another limit: the page may be listing cases.",
    ),
    Reason.LIMIT_NOT_IN_TEXT: (
        "Thời hạn ở ô khác với thời hạn ghi trong phần mô tả.",
        "The time limit in the cell is not the one in the description.",
    ),
    Reason.LIMIT_BY_CASE: (
        "Phần mô tả nêu nhiều thời hạn theo trường hợp, ô chỉ ghi một.",
        "The description names several limits by case, the cell only one.",
    ),
    Reason.LIMIT_ONE_OF_SEVERAL: (
        "Phần mô tả còn nêu thời hạn khác của từng bước.",
        "The description names other limits too, by stage.",
    ),
    Reason.LIMIT_LONGER_NAMED: (
        "Phần mô tả nêu một thời hạn dài hơn thời hạn ở ô.",
        "The description names a longer time limit than the cell.",
    ),
    Reason.LIMIT_WITHIN_DAY: (
        "Phần mô tả nói giải quyết trong ngày, ô lại ghi thời hạn dài hơn.",
        "The description says within the day, the cell gives a longer limit.",
    ),
    Reason.SEVERAL_ROWS: (
        "Cùng một hình thức nộp có nhiều dòng: cần người xác định từng trường hợp.",
        "One channel has several rows: a person must tell the cases.",
    ),
    Reason.FEE_MISSING: ("Trang nguồn không ghi phí, lệ phí.", "The source gives no fee."),
    Reason.FEE_TOO_SMALL: (
        "Số tiền nhỏ hơn 1.000 đồng, có thể đã mất phần nghìn (700 thay vì 700.000).",
        "The amount is under 1,000 đồng and may have lost its thousands.",
    ),
    Reason.FEE_FOREIGN: ("Phí ghi bằng ngoại tệ.", "The fee is in a foreign currency."),
    Reason.FEE_GLUED_TO_LIMIT: (
        "Thời hạn và số tiền dính liền nhau, không tách chắc chắn được.",
        "The time limit and the amount run together.",
    ),
    Reason.FEE_NOT_IN_TEXT: (
        "Số tiền ở ô khác với số tiền ghi trong phần chữ.",
        "The amount in the cell is not the one in the text.",
    ),
    Reason.FEE_SEVERAL_AMOUNTS: (
        "Phần chữ nêu nhiều mức tiền khác nhau.",
        "The text names several amounts.",
    ),
    Reason.FEE_VARIES: (
        "Mức tiền thay đổi theo thời gian, tỷ lệ hoặc loại tiền.",
        "The amount changes by date, share or currency.",
    ),
    Reason.FEE_BY_OTHER_TEXT: (
        "Mức thu theo văn bản khác nên số tiền ở ô chưa chắc là mức phải nộp.",
        "The fee follows another text, so the amount in the cell is not sure.",
    ),
    Reason.FEE_BY_COUNCIL: (
        "Mức thu do Hội đồng nhân dân hoặc Ủy ban nhân dân quy định; cần nhập mức của tỉnh.",
        "The fee is set by the province; enter the local amount.",
    ),
    Reason.FREE_WITH_CONDITIONS: (
        "Ô ghi “Miễn phí” nhưng phần chữ nói đến phí hoặc điều kiện.",
        "The cell says free, the text speaks of a fee or of conditions.",
    ),
    Reason.FREE_BUT_ELSEWHERE: (
        "Ô ghi “Miễn phí” nhưng chỗ khác của thủ tục nói đến phí phải nộp.",
        "The cell says free, another part of the procedure speaks of a fee.",
    ),
    Reason.FREE_UNCONFIRMED: (
        "Ô ghi “Miễn phí”, không chỗ nào nói thêm. Trang nguồn cũng ghi vậy khi thiếu số liệu, nên cần người xác nhận.",
        "Only the cell says free. The page also prints this where it holds no figure, so it must be confirmed.",
    ),
    Reason.FEE_HAS_EXEMPTIONS: (
        "Có đối tượng được miễn, cần nhập riêng.",
        "Some applicants are exempt; enter them apart.",
    ),
    Reason.BRACKET_OPEN: (
        "Dấu ngoặc không đóng nên không tách được điều kiện thu.",
        "A bracket is not closed, so the condition cannot be told apart.",
    ),
    Reason.COUNT_UNSURE: (
        "Số lượng dính với số ở cuối tên giấy tờ.",
        "The count runs into a number that ends the name.",
    ),
    Reason.COUNT_ZERO: (
        "Trang nguồn ghi 0 bản: có thể là ghi chú, không phải giấy tờ phải nộp.",
        "The page counts none: this may be a note, not a paper.",
    ),
    Reason.COUNT_DISPUTED: (
        "Số bản ở ô khác với số bản hoặc loại bản ghi trong tên giấy tờ.",
        "The count in the cell is not what the name says.",
    ),
    Reason.FORM_FILE_UNSURE: (
        "Không chắc tên tệp mẫu đơn bắt đầu từ đâu.",
        "It is not sure where the form's file name begins.",
    ),
    Reason.PAPERS_MAYBE_MERGED: (
        "Tên này có thể gồm hai giấy tờ dính liền.",
        "This name may be two papers run together.",
    ),
    Reason.PAPER_IS_HEADING: (
        "Dòng này giống lời dẫn hoặc ghi chú, không phải một giấy tờ.",
        "This line looks like a heading or a note, not a paper.",
    ),
    Reason.RESULT_CODE_UNKNOWN: (
        "Mã kết quả không theo dạng quốc gia (KQ.…).",
        "The result's code is not of the national form.",
    ),
    Reason.RESULT_WITHOUT_CODE: ("Kết quả không có mã.", "The result has no code."),
    Reason.LEGAL_NUMBER_UNSURE: (
        "Không tách chắc chắn được số hiệu của văn bản căn cứ.",
        "The number of the legal text cannot be told for sure.",
    ),
}

UNITS: dict[Unit, tuple[str, str]] = {
    Unit.HOURS: ("giờ", "hours"),
    Unit.DAYS: ("ngày", "days"),
    Unit.WORKING_DAYS: ("ngày làm việc", "working days"),
    Unit.WEEKS: ("tuần", "weeks"),
    Unit.MONTHS: ("tháng", "months"),
    Unit.YEARS: ("năm", "years"),
    Unit.WITHIN_DAY: ("trong ngày làm việc", "within the working day"),
}
CHANNELS: dict[Channel, tuple[str, str]] = {
    Channel.IN_PERSON: ("Trực tiếp", "In person"),
    Channel.ONLINE: ("Trực tuyến", "Online"),
    Channel.POST: ("Dịch vụ bưu chính", "By post"),
}
LEVELS: dict[Level, tuple[str, str]] = {
    Level.MINISTRY: ("Cấp bộ", "Ministry"),
    Level.PROVINCE: ("Cấp tỉnh", "Province"),
    Level.DISTRICT: ("Cấp huyện", "District"),
    Level.COMMUNE: ("Cấp xã", "Commune"),
    Level.OTHER: ("Cơ quan khác", "Other agency"),
}
KINDS: dict[Kind, tuple[str, str]] = {
    Kind.DELEGATED_BY_LAW: ("Được luật giao quy định chi tiết", "Details handed down by law"),
    Kind.NOT_DELEGATED_BY_LAW: ("Không được luật giao cho địa phương quy định", "Not handed down by law"),
    Kind.OTHER: ("Loại khác", "Other"),
}
DUTIES: dict[Duty, tuple[str, str]] = {
    Duty.SUBMIT: ("Phải nộp", "To submit"),
    Duty.PRESENT: ("Phải xuất trình", "To present"),
}
APPLICANTS: dict[Applicant, tuple[str, str]] = {
    Applicant.CITIZEN: ("Công dân Việt Nam", "Vietnamese citizen"),
    Applicant.OVERSEAS_VIETNAMESE: ("Người Việt Nam định cư ở nước ngoài", "Vietnamese living abroad"),
    Applicant.FOREIGNER: ("Người nước ngoài", "Foreigner"),
    Applicant.RESIDENT_FOREIGNER: ("Người nước ngoài cư trú tại Việt Nam", "Foreigner living in Vietnam"),
    Applicant.OFFICER: ("Cán bộ, công chức, viên chức", "Officer"),
    Applicant.PARTY_MEMBER: ("Đảng viên", "Party member"),
    Applicant.ENTERPRISE: ("Doanh nghiệp", "Enterprise"),
    Applicant.VIETNAMESE_ENTERPRISE: ("Doanh nghiệp Việt Nam", "Vietnamese enterprise"),
    Applicant.FOREIGN_INVESTED_ENTERPRISE: (
        "Doanh nghiệp có vốn đầu tư nước ngoài",
        "Enterprise with foreign investment",
    ),
    Applicant.COOPERATIVE: ("Hợp tác xã", "Co-operative"),
    Applicant.ORGANISATION: ("Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)", "Organisation"),
    Applicant.FOREIGN_ORGANISATION: ("Tổ chức nước ngoài", "Foreign organisation"),
    Applicant.PARTY_ORGANISATION: ("Tổ chức Đảng", "Party organisation"),
}


FIELDS: dict[str, tuple[str, str]] = {
    "code": ("Mã thủ tục", "Code"),
    "name": ("Tên thủ tục", "Name"),
    "decision": ("Quyết định công bố", "Decision"),
    "levels": ("Cấp thực hiện", "Levels"),
    "kind": ("Loại thủ tục", "Kind"),
    "sectors": ("Lĩnh vực", "Sector"),
    "applicants": ("Đối tượng thực hiện", "Applicants"),
    "executing_agencies": ("Cơ quan thực hiện", "Executing agencies"),
    "competent_agencies": ("Cơ quan có thẩm quyền", "Competent agencies"),
    "authorised_agencies": ("Cơ quan được ủy quyền", "Authorised agencies"),
    "cooperating_agencies": ("Cơ quan phối hợp", "Co-operating agencies"),
    "receiving_address": ("Địa chỉ tiếp nhận", "Receiving address"),
    "related": ("Thủ tục liên quan", "Related procedures"),
    "steps": ("Trình tự thực hiện", "Steps"),
    "channels": ("Cách thức thực hiện", "Channels"),
    "channels.limit": ("Thời hạn giải quyết", "Time limit"),
    "channels.fee": ("Phí, lệ phí", "Fee"),
    "papers": ("Thành phần hồ sơ", "Papers"),
    "papers.case": ("Trường hợp của thành phần hồ sơ", "Case of papers"),
    "papers.name": ("Tên giấy tờ", "Name of a paper"),
    "papers.count": ("Số lượng giấy tờ", "Count of a paper"),
    "papers.form_file": ("Tệp mẫu đơn", "Form file"),
    "conditions": ("Yêu cầu, điều kiện", "Conditions"),
    "results": ("Kết quả", "Results"),
    "results.code": ("Mã kết quả", "Code of a result"),
    "legal_bases": ("Căn cứ pháp lý", "Legal bases"),
    "ministry": ("Bộ, ngành", "Ministry"),
}
FAULTS: dict[Fault, tuple[str, str, str]] = {
    Fault.NO_CHOICE: ("choice", "Chọn một cách xác nhận.", "Choose how to settle it."),
    Fault.NOT_KEPT: (
        "choice",
        "Chỗ này đang để trống nên không giữ nguyên được: nhập giá trị, hoặc chọn để trống và ghi lý do.",
        "This is empty, so it cannot stand: enter a value, or leave it empty and say why.",
    ),
    Fault.NOT_WITHHELD: (
        "choice",
        "Chỗ này đang có giá trị: giữ nguyên hoặc sửa.",
        "This has a value: keep or correct it.",
    ),
    Fault.NOTE_MISSING: ("note", "Ghi lý do để trống.", "Say why it stays empty."),
    Fault.LIMIT_AMOUNT: (
        "amount",
        "Nhập thời hạn là số nguyên từ 1 đến 3.650 (trong ngày: nhập 1).",
        "Enter a whole number from 1 to 3,650 (within the day: 1).",
    ),
    Fault.LIMIT_UNIT: ("unit", "Chọn đơn vị của thời hạn.", "Choose the unit of the time limit."),
    Fault.FEE_AMOUNT: ("amount", "Nhập số tiền bằng đồng, 0 nếu miễn phí.", "Enter the amount in đồng, 0 if free."),
    Fault.WORDS_MISSING: (
        "words",
        "Ghi điều người dân cần biết, tối đa 500 chữ.",
        "Say what people should know, up to 500 letters.",
    ),
    Fault.COUNT: (
        "originals",
        "Nhập số bản chính, bản sao từ 0 đến 50, ít nhất một bản.",
        "Enter counts from 0 to 50, at least one.",
    ),
    Fault.TEXT_MISSING: ("text", "Nhập nội dung đúng.", "Enter the right text."),
    Fault.UNKNOWN_KIND: ("text", "Chọn loại thủ tục.", "Choose the kind."),
}
"""The control at fault, and what to say beside it."""

FREE = ("Miễn phí", "Free")
FREE_UNCONFIRMED = (
    "Miễn phí theo danh mục quốc gia, tỉnh chưa xác nhận",
    "Free in the national catalogue, not yet confirmed by the province",
)
BY_COUNCIL = ("Do Hội đồng nhân dân tỉnh quy định", "Set by the provincial People's Council")
UNKNOWN = ("Chưa xác nhận", "Not yet confirmed")
BY_CASE = ("Tùy trường hợp", "Depends on the case")


def say_reason(reason: Reason, language: str = "vi") -> str:
    """Why a person should look, as a sentence."""
    return REASONS[reason][language == "en"]


def say_limit(limit: Limit, language: str = "vi") -> str:
    """`15 ngày làm việc`."""
    if limit.unit is Unit.WITHIN_DAY:
        return UNITS[limit.unit][language == "en"].capitalize()
    amount = f"{limit.amount:f}"
    return f"{amount.replace('.', ',') if language == 'vi' else amount} {UNITS[limit.unit][language == 'en']}"


def say_field(field: str, language: str = "vi") -> str:
    """Name of a field by its dotted key."""
    return FIELDS[field][language == "en"]


def say_time(row: Mapping[str, Any], language: str = "vi") -> str:
    """The time limit of a channel's row of a document; what is not known says so."""
    if row["limit"]:
        return say_limit(Limit(Decimal(row["limit"]["amount"]), Unit(row["limit"]["unit"])), language)
    return row.get("limit_words") or UNKNOWN[language == "en"]


def say_fee(fee: Mapping[str, Any], language: str = "vi") -> str:
    """A fee of a document; a nought that nobody confirmed says so."""
    place = language == "en"
    if fee.get("council"):
        return BY_COUNCIL[place]
    if fee.get("words"):
        return str(fee["words"])
    if fee["amount"] is None:
        return UNKNOWN[place]
    if fee["amount"] == 0:
        return FREE[place] if fee["condition"] or fee.get("confirmed") else FREE_UNCONFIRMED[place]
    said = format_dong(fee["amount"])
    return f"{said}/{fee['unit']}" if fee["unit"] else said


def say_count(paper: Mapping[str, Any], language: str = "vi") -> str:
    """`1 bản chính, 2 bản sao`; `hoặc` where one of them is enough; nothing for a note."""
    if paper.get("note"):
        return ""
    if paper["originals"] is None:
        return UNKNOWN[language == "en"]
    names = ("original(s)", "copy(ies)") if language == "en" else ("bản chính", "bản sao")
    joint = ({"en": " or "}.get(language, " hoặc ")) if paper.get("either") else ", "
    counts = zip((paper["originals"], paper["copies"]), names, strict=True)
    return joint.join(f"{count} {name}" for count, name in counts if count)


def say_value(field: str, value: Mapping[str, Any], language: str = "vi") -> str:
    """What a person settled (see rules.settled), in words."""
    english = language == "en"
    if value.get("confirmed"):
        return "stands as read" if english else "giữ nguyên như đã đọc"
    if value.get("empty"):
        return "left empty" if english else "để trống"
    if value.get("note"):
        return "a note, not a paper" if english else "là ghi chú, không phải giấy tờ"
    if field == "papers.count":
        return say_count(value, language)
    if field == "channels.limit":
        limit = {"amount": value["amount"], "unit": value["unit"]} if "unit" in value else None
        return say_time({"limit": limit, "limit_words": value.get("words")}, language)
    if field == "channels.fee":
        return say_fee({"amount": None, "unit": None, "condition": "", "confirmed": True} | dict(value), language)
    if field == "kind":
        return KINDS[Kind(value["text"])][english]
    return str(value["text"])
