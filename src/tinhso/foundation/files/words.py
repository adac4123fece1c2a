"""Says why a file was refused."""

from tinhso.foundation.files.rules import Fault

_WORDS = {
    "empty": "Tệp này trống, có thể chưa tải lên hết.",
    "too_large": "Tệp này quá lớn (tối đa {limit} MB).",
    "unknown_type": "Tệp này không phải ảnh (JPG, PNG, WebP) hay PDF.",
    "broken_image": "Ảnh này bị hỏng, không mở được.",
    "too_many_pixels": "Ảnh này có kích thước quá lớn.",
    "broken_pdf": "Tệp PDF này bị hỏng hoặc chưa tải lên hết.",
    "active_pdf": "Tệp PDF này chứa mã lệnh hoặc tệp nhúng nên không được nhận.",
    "locked_pdf": "Tệp PDF này có đặt mật khẩu nên cán bộ không mở được.",
}
_TODO = {
    "too_large": "Hãy chụp lại với cỡ ảnh nhỏ hơn hoặc tách thành nhiều tệp.",
    "too_many_pixels": "Hãy chụp lại với cỡ ảnh nhỏ hơn.",
    "locked_pdf": "Hãy gỡ mật khẩu rồi tải lên lại.",
    "active_pdf": "Hãy in ra PDF mới hoặc chụp ảnh giấy tờ.",
}


def say_fault(fault: Fault, *, limit: int) -> str:
    """A fault as a sentence, with what to do; `limit` in bytes."""
    said = _WORDS[fault.code].format(limit=limit // (1024 * 1024))
    return f"{said} {_TODO.get(fault.code, 'Hãy chọn tệp khác hoặc chụp ảnh giấy tờ.')}"
