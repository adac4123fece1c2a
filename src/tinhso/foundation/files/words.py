"""Says why a file was refused."""

from django.utils.translation import gettext, gettext_noop

from tinhso.foundation.files.rules import MAX_PIXELS, Fault

MAX_MEGAPIXELS = MAX_PIXELS // 1_000_000

_WORDS = {
    "empty": gettext_noop("Tệp này trống, có thể chưa tải lên hết."),
    "too_large": gettext_noop("Tệp này quá lớn (tối đa {limit} MB)."),
    "unknown_type": gettext_noop("Tệp này không phải ảnh (JPG, PNG, WebP) hay PDF."),
    "broken_image": gettext_noop("Ảnh này bị hỏng, không mở được."),
    "too_many_pixels": gettext_noop("Ảnh này có nhiều điểm ảnh quá (tối đa {megapixels} triệu)."),
    "too_few_pixels": gettext_noop("Ảnh này nhỏ quá, không thể là ảnh chụp giấy tờ."),
    "broken_pdf": gettext_noop("Tệp PDF này bị hỏng hoặc chưa tải lên hết."),
    "active_pdf": gettext_noop("Tệp PDF này chứa mã lệnh hoặc tệp nhúng nên không được nhận."),
    "tangled_pdf": gettext_noop("Tệp PDF này quá rối nên máy không kiểm tra hết được."),
    "locked_pdf": gettext_noop("Tệp PDF này có đặt mật khẩu nên cán bộ không mở được."),
}
_TODO = {
    "too_large": gettext_noop("Hãy chụp lại với cỡ ảnh nhỏ hơn hoặc tách thành nhiều tệp."),
    "too_many_pixels": gettext_noop("Hãy chụp lại với cỡ ảnh nhỏ hơn."),
    "too_few_pixels": gettext_noop("Hãy chụp cả trang giấy, thấy rõ chữ."),
    "locked_pdf": gettext_noop("Hãy gỡ mật khẩu rồi tải lên lại."),
    "tangled_pdf": gettext_noop("Hãy in ra PDF mới hoặc chụp ảnh giấy tờ."),
    "active_pdf": gettext_noop("Hãy in ra PDF mới hoặc chụp ảnh giấy tờ."),
}
_OTHERWISE = gettext_noop("Hãy chọn tệp khác hoặc chụp ảnh giấy tờ.")


def say_fault(fault: Fault, *, limit: int) -> str:
    """A fault as a sentence, with what to do; `limit` in bytes."""
    said = gettext(_WORDS[fault.code]).format(limit=limit // (1024 * 1024), megapixels=MAX_MEGAPIXELS)
    return f"{said} {gettext(_TODO.get(fault.code, _OTHERWISE))}"
