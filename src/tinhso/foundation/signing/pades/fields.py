"""Empty signature fields in a PDF, appended before anybody signs. Speaks pyHanko."""

# mypy: disable-error-code="no-untyped-call"
# (much of pyHanko is untyped)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from tinhso.core.errors import Invalid, NotFound
from tinhso.core.printing.render import Rect

_PLACES = generic.pdf_name("/TinhSo_Places")
"""Where the blank cells lie, kept in the field itself: the first signature covers them too."""


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field: where its picture shows and which blank cells lie inside it."""

    name: str
    rect: Rect
    label: str = ""
    places: Mapping[str, Rect] = field(default_factory=dict)
    signed: bool = False


def append_fields(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """`pdf` with empty signature fields, as an incremental update. Raises Invalid when it is no usable PDF."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        for wanted in fields:
            _append(writer, wanted)
        output = BytesIO()
        writer.write(output)
    except (PdfError, ValueError) as error:
        raise Invalid("Tệp này không phải PDF dùng được để ký.") from error
    return output.getvalue()


def read_fields(pdf: bytes) -> dict[str, Field]:
    """The visible signature fields of `pdf` by name. Raises Invalid when it is no usable PDF."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return {name: _read(reader, name, value, ref) for name, value, ref in enumerate_sig_fields(reader)}
    except (PdfError, ValueError, KeyError) as error:
        raise Invalid("Tệp này không phải PDF dùng được để ký.") from error


def get_field(pdf: bytes, name: str) -> Field:
    """Raises NotFound when the PDF has no such field."""
    try:
        return read_fields(pdf)[name]
    except KeyError:
        raise NotFound("Văn bản này không có chỗ dành cho chữ ký cần ký.") from None


def _append(writer: IncrementalPdfFileWriter, wanted: Field) -> None:
    left, bottom, right, top = wanted.rect.box
    spec = SigFieldSpec(
        wanted.name,
        on_page=wanted.rect.page,
        box=(round(left), round(bottom), round(right), round(top)),
        readable_field_name=wanted.label or None,
    )
    append_signature_field(writer, spec)
    if wanted.places:
        form = writer.root["/AcroForm"]["/Fields"]
        form[-1].get_object()[_PLACES] = generic.DictionaryObject(
            {generic.pdf_name(f"/{name}"): _array(rect) for name, rect in wanted.places.items()}
        )


def _array(rect: Rect) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(rect.page), *map(generic.FloatObject, rect.box)])


def _read(reader: PdfFileReader, name: str, value: object, ref: generic.IndirectObject) -> Field:
    form_field = ref.get_object()
    page = next(
        number
        for number in range(int(reader.root["/Pages"]["/Count"]))
        if reader.find_page_for_modification(number)[0].reference == form_field.raw_get("/P").reference
    )
    left, bottom, right, top = (float(number) for number in form_field["/Rect"])
    places = {
        str(key).removeprefix("/"): Rect(int(box[0]), *(float(number) for number in list(box)[1:]))
        for key, box in form_field.get(_PLACES, {}).items()
    }
    label = str(form_field.get("/TU", ""))
    return Field(name, Rect(page, left, bottom, right, top), label, places, signed=value is not None)
