"""Says what the form rules find: to a person, in Vietnamese or English, with the way out."""

from typing import Literal

from tinhso.foundation.forms.rules.facts import Fault
from tinhso.foundation.forms.rules.form import Form, Say

Language = Literal["vi", "en"]

_VI = {
    "required": "Bạn chưa trả lời câu này.",
    "too_long": "Câu trả lời dài quá: nhiều nhất {most} ký tự.",
    "name_character": "Họ tên không có ký tự “{character}”. Bạn viết đúng như trên giấy tờ.",
    "date_form": "Chưa đọc được ngày này. Bạn viết ngày, tháng, năm bằng số, ví dụ 5 / 1 / 2026.",
    "date_incomplete": "Ngày còn thiếu. Cần đủ ngày, tháng và năm.",
    "date_incomplete_partial": "Ngày còn thiếu năm. Nếu không nhớ ngày, tháng, bạn chỉ cần ghi năm.",
    "date_year_digits": "Năm viết đủ bốn chữ số, ví dụ 1985.",
    "date_does_not_exist": "Không có ngày {day}/{month}/{year} trong lịch. Bạn xem lại giúp.",
    "date_in_future": "Ngày này chưa tới. Bạn xem lại năm giúp.",
    "date_in_past": "Ngày này đã qua. Bạn chọn hôm nay hoặc một ngày sắp tới.",
    "year_range": "Năm phải từ {least} đến {most}.",
    "age_under": "Tính đến hôm nay đã đủ {years} tuổi, nên không thuộc diện này.",
    "age_over": "Tính đến hôm nay chưa đủ {years} tuổi, nên chưa thuộc diện này.",
    "not_an_option": "Bạn chọn một trong các câu trả lời có sẵn.",
    "old_identity_card": "Đây là số CMND 9 số, không còn dùng cho hồ sơ mới. Bạn ghi số định danh cá nhân 12 số, "
    "in trên thẻ căn cước hoặc xem trong VNeID.",
    "personal_number_form": "Số định danh cá nhân là 12 chữ số, không có chữ cái hay ký hiệu.",
    "personal_number_length": "Số định danh cá nhân phải đủ 12 chữ số; số ghi ở đây có {digits} chữ số.",
    "personal_number_prefix": "Ba số đầu “{prefix}” không phải mã tỉnh hay mã nước nào. Bạn xem lại trên thẻ căn cước.",
    "personal_number_future": "Các số thứ 4 đến thứ 6 nói về năm sinh, nhưng năm đó chưa tới. Bạn xem lại.",
    "personal_number_sex": "Số định danh này của người {says_sex} sinh năm {says_year} (chữ số thứ 4 là {digit}), "
    "mà “{than}” ghi {sex}. Một trong hai chỗ ghi nhầm.",
    "personal_number_other": "Số định danh này của người {says_sex} sinh năm {says_year} (chữ số thứ 4 là {digit}), "
    "mà ở đây cần số của người {sex}. Có thể đã ghi số của người khác.",
    "personal_number_year": "Số định danh này của người sinh năm {says_year} (chữ số thứ 4 là {digit}, thứ 5 và 6 "
    "là {digits}), mà “{than}” ghi năm {year}. Một trong hai chỗ ghi nhầm.",
    "tax_code_length": "Mã số thuế có 10 chữ số, 13 chữ số (đơn vị phụ thuộc), hoặc là số định danh cá nhân 12 số.",
    "tax_code_check": "Mã số thuế này sai: chữ số cuối không khớp với các số trước. Bạn xem lại từng số.",
    "phone": "Số điện thoại chưa đúng. Số di động có 10 chữ số và bắt đầu bằng 03, 05, 07, 08 hoặc 09.",
    "email": "Địa chỉ thư điện tử có dạng ten@noi.vn.",
    "number_form": "Chỉ viết số, ví dụ 12 hoặc 1.250.",
    "money_form": "Chỉ viết số tiền bằng số, ví dụ 15.000.000.",
    "area_form": "Diện tích viết bằng số, dùng dấu phẩy cho phần lẻ, ví dụ 120,5.",
    "place_commune": "Bạn chọn xã, phường hoặc đặc khu.",
    "place_unknown_anywhere": (
        "Không tìm thấy “{text}” trong tỉnh. Nơi ngoài tỉnh thì ghi cả tên tỉnh, ví dụ: Phường Cửa Nam, Hà Nội."
    ),
    "place_unknown": "Không tìm thấy “{text}” trong danh sách xã, phường hiện nay. Bạn chọn trong danh sách.",
    "length_at_least": "Câu trả lời ngắn quá: ít nhất {least} ký tự.",
    "length_at_most": "Câu trả lời dài quá: nhiều nhất {most} ký tự.",
    "choices_at_least": "Bạn chọn ít nhất {least} mục.",
    "choices_at_most": "Bạn chọn nhiều nhất {most} mục.",
    "number_at_least": "Số này ít nhất là {least}.",
    "number_at_most": "Số này nhiều nhất là {most}.",
    "older_by": "“{of}” phải trước “{than}” ít nhất {years} năm.",
    "not_before": "“{of}” không thể trước “{than}”.",
    "not_before_unless": "“{of}” ghi trước “{than}”. Nếu đúng như vậy, đánh dấu “{unless}” rồi gửi lại.",
    "long_ago_unless": "Ngày này cách đây quá {days} ngày. Nếu đúng như vậy, đánh dấu “{unless}” rồi gửi lại.",
    "one_given": "Bạn ghi “{of}”; không có thì ghi “{than}”.",
    "not_more": "“{of}” không thể lớn hơn “{than}”.",
    "different": "“{of}” và “{than}” không thể giống nhau.",
    "same": "“{of}” phải giống “{than}”.",
    "one_among": "“{of}” phải giống “{than}” hoặc “{or_than}”.",
    "not_when": "Câu này không khớp với điều bạn khai ở trên.",
    "not_when_unless": "Nếu đúng như vậy, đánh dấu “{unless}” rồi gửi lại.",
    "not_of_age": "Theo “{than}”, đến ngày {day} chưa đủ {years} tuổi.",
    "too_far_ahead": "Ngày này còn xa quá: nhiều nhất {days} ngày tính từ hôm nay.",
}

_EN = {
    "required": "You have not answered this yet.",
    "too_long": "The answer is too long: at most {most} characters.",
    "name_character": "A name has no “{character}”. Write it as on the paper.",
    "date_form": "This date cannot be read. Write day, month and year in figures, for example 5 / 1 / 2026.",
    "date_incomplete": "The date is not complete. Day, month and year are needed.",
    "date_incomplete_partial": "The year is missing. If you do not know the day or month, the year is enough.",
    "date_year_digits": "Write the year with four digits, for example 1985.",
    "date_does_not_exist": "There is no {day}/{month}/{year} in the calendar. Please look again.",
    "date_in_future": "This date is yet to come. Please check the year.",
    "date_in_past": "This date has passed. Choose today or a later day.",
    "year_range": "The year must be from {least} to {most}.",
    "age_under": "As of today already {years} years old, so this does not apply.",
    "age_over": "As of today not yet {years} years old, so this does not apply yet.",
    "not_an_option": "Choose one of the answers given.",
    "old_identity_card": "This is the old nine-digit card number, not used in new dossiers. Give the 12-digit "
    "personal identity number printed on the identity card or shown in VNeID.",
    "personal_number_form": "A personal identity number is 12 digits, without letters or signs.",
    "personal_number_length": "A personal identity number has 12 digits; the digits here number {digits}.",
    "personal_number_prefix": "The first three digits “{prefix}” are no province or country. Look at the card again.",
    "personal_number_future": "Digits 4 to 6 give the birth year, and that year is yet to come. Please check.",
    "personal_number_sex": "This number belongs to a {says_sex} born in {says_year} (4th digit {digit}), "
    "but “{than}” says {sex}. One of the two is a slip.",
    "personal_number_other": "This number belongs to a {says_sex} born in {says_year} (4th digit {digit}), "
    "but a {sex}'s number is needed here. Perhaps it is somebody else's.",
    "personal_number_year": "This number belongs to someone born in {says_year} (4th digit {digit}, 5th and 6th "
    "{digits}), but “{than}” says {year}. One of the two is a slip.",
    "tax_code_length": "A tax code has 10 digits, 13 digits (dependent unit), or is a 12-digit personal number.",
    "tax_code_check": "This tax code is wrong: its last digit does not fit the others. Check each digit.",
    "phone": "This phone number is not right. A mobile number has 10 digits and begins with 03, 05, 07, 08 or 09.",
    "email": "An e-mail address looks like name@place.vn.",
    "number_form": "Figures only, for example 12 or 1.250.",
    "money_form": "Write the amount in figures only, for example 15.000.000.",
    "area_form": "Write the area in figures, with a comma for decimals, for example 120,5.",
    "place_commune": "Choose the commune or ward.",
    "place_unknown_anywhere": "“{text}” is not in this province. Elsewhere, add its province: Phường Cửa Nam, Hà Nội.",
    "place_unknown": "“{text}” is not in today's list of communes. Choose from the list.",
    "length_at_least": "The answer is too short: at least {least} characters.",
    "length_at_most": "The answer is too long: at most {most} characters.",
    "choices_at_least": "Choose at least {least}.",
    "choices_at_most": "Choose at most {most}.",
    "number_at_least": "This must be at least {least}.",
    "number_at_most": "This must be at most {most}.",
    "older_by": "“{of}” must be at least {years} years before “{than}”.",
    "not_before": "“{of}” cannot be before “{than}”.",
    "not_before_unless": "“{of}” is before “{than}”. If that is so, tick “{unless}” and send again.",
    "long_ago_unless": "This day was more than {days} days ago. If that is so, tick “{unless}” and send again.",
    "one_given": "Give “{of}”, or else “{than}”.",
    "not_more": "“{of}” cannot be more than “{than}”.",
    "different": "“{of}” and “{than}” cannot be the same.",
    "same": "“{of}” must be the same as “{than}”.",
    "one_among": "“{of}” must be the same as “{than}” or “{or_than}”.",
    "not_when": "This does not go with what you said above.",
    "not_when_unless": "If that is so, tick “{unless}” and send again.",
    "not_of_age": "By “{than}”, not yet {years} years old on {day}.",
    "too_far_ahead": "This day is too far away: at most {days} days from today.",
}

_SENTENCES: dict[Language, dict[str, str]] = {"vi": _VI, "en": _EN}
_SEXES: dict[Language, dict[str, str]] = {
    "vi": {"nam": "nam", "nu": "nữ"},
    "en": {"nam": "male", "nu": "female"},
}


def say_fault(fault: Fault, form: Form, language: Language = "vi", say: Say = str) -> str:
    """One or two sentences for the person who filled the form in; the author's `why` comes last.

    `say` gives the form's own words in the reader's language.
    """
    params = {key: _say_param(key, value, form, language, say) for key, value in fault.params.items()}
    return " ".join(part for part in (_SENTENCES[language][fault.code].format(**params), say(fault.why)) if part)


def _say_param(key: str, value: object, form: Form, language: Language, say: Say) -> str:
    if key in ("of", "than", "or_than", "unless"):
        return form.name_of(str(value), say)
    if key in ("sex", "says_sex"):
        return _SEXES[language].get(str(value), str(value))
    return str(value)
