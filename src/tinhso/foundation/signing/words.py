"""What this room says to people and prints on papers."""

from datetime import date

from tinhso.core.time import local
from tinhso.foundation.signing.verdict import Attack, SignatureVerdict, Verdict, Whole


def number_words(number: int | str) -> str:
    """A number as papers show it: under ten with a leading zero (Decree 30/2020, Phụ lục I)."""
    text = str(number)
    return text.zfill(2) if text.isdigit() else text


def date_words(day: date) -> str:
    """A date as papers show it: days under ten and the months 1 and 2 with a zero (Decree 30/2020, Phụ lục I)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def person_reason() -> str:
    return "Ký ban hành"


def agency_reason() -> str:
    return "Cấp số, ngày và đóng dấu"


WHOLE = {
    Whole.INTACT: (
        "Văn bản còn nguyên vẹn từ khi ký.",
        "The document is unchanged since it was signed.",
    ),
    Whole.CHANGED: (
        "Văn bản đã bị thay đổi sau khi ký. Không sử dụng bản này.",
        "The document was changed after signing. Do not use this copy.",
    ),
    Whole.UNSIGNED: (
        "Tệp PDF này không có chữ ký số.",
        "This PDF carries no digital signature.",
    ),
    Whole.ENCRYPTED: (
        "Tệp PDF này được khóa bằng mật khẩu nên không kiểm tra được. Hãy gửi bản không khóa.",
        "This PDF is locked by a password and cannot be checked. Send one that is not.",
    ),
    Whole.NOT_A_PDF: (
        "Tệp này không phải là PDF hoặc bị hỏng, không đọc được.",
        "This file is no PDF, or is damaged and cannot be read.",
    ),
}

ATTACKS = {
    Attack.INCREMENTAL_SAVE: (
        "Có nội dung được ghi thêm vào cuối tệp sau khi ký.",
        "Content was appended to the file after signing.",
    ),
    Attack.SHADOW: (
        "Có nội dung được giấu sẵn trong tệp và lộ ra (hoặc bị che đi) sau khi ký.",
        "Content hidden in the file was shown, or shown content hidden, after signing.",
    ),
    Attack.WRAPPING: (
        "Chữ ký không che hết phần đầu và phần cuối tệp: có đoạn nằm ngoài phạm vi ký.",
        "The signature leaves a part in the middle of the file uncovered.",
    ),
    Attack.FORGERY: (
        "Phần chữ ký bị làm giả hoặc hỏng, không chứng minh được điều gì.",
        "The signature data are forged or damaged and prove nothing.",
    ),
    Attack.APPEARANCE: (
        "Hình chữ ký hoặc con dấu bị sửa sau khi ký.",
        "The picture of a signature or seal was altered after signing.",
    ),
}

SIGNATURES = {
    "valid": ("hợp lệ", "valid"),
    "broken": ("không đúng: nội dung được ký đã bị sửa", "wrong: the signed content was altered"),
    "changed": ("có thay đổi không được phép sau khi ký", "followed by changes that are not allowed"),
    "out_of_date": (
        "chứng thư số không còn (hoặc chưa có) hiệu lực",
        "its certificate is not valid at this time",
    ),
    "untrusted": (
        "chứng thư số không do tổ chức được tin cậy cấp",
        "its certificate was not issued by a trusted authority",
    ),
}


def whole_words(verdict: Verdict, language: str = "vi") -> str:
    """The verdict on a file in one or two sentences."""
    said = _in(language, WHOLE[verdict.whole])
    if verdict.attack is not None:
        return f"{said} {_in(language, ATTACKS[verdict.attack])}"
    return said


def signature_words(signature: SignatureVerdict, language: str = "vi") -> str:
    """One line on one signature: who, of which agency, when by own claim, and whether it holds."""
    who = signature.signer
    if not signature.by_agency:
        who += f", {signature.title}" * bool(signature.title) + f", {signature.agency}"
    said = _in(language, SIGNATURES[signature.code])
    if signature.signed_at is None:
        return f"{who}: {said}"
    moment = local(signature.signed_at)
    when = _in(language, ("ký lúc {:%H giờ %M, ngày %d/%m/%Y}", "signed at {:%H:%M on %d/%m/%Y}"))
    return f"{who}, {when.format(moment)}: {said}"


def _in(language: str, pair: tuple[str, str]) -> str:
    return pair[1] if language == "en" else pair[0]
