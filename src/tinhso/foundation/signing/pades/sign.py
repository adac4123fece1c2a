"""One PAdES baseline B-B signature with a visible appearance, appended to a PDF. Speaks pyHanko.

B-B carries no time-stamp: the signing time is the signer's own claim. Levels with time-stamps come with an authority
that gives them.
"""

# mypy: disable-error-code="no-untyped-call"
# (much of pyHanko is untyped)

import asyncio
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Final

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tinhso.core.errors import Conflict, Invalid
from tinhso.core.time import local
from tinhso.foundation.signing.keys import Signer

_DIGEST: Final = "sha256"
_CMS_BYTES: Final = 2048
"""Room in a signature for all that is not a certificate."""


class _Bridge(signers.Signer):
    """Our signer in pyHanko's clothes."""

    def __init__(self, signer: Signer) -> None:
        chain = [_parsed(certificate) for certificate in signer.chain]
        super().__init__(
            signing_cert=_parsed(signer.certificate),
            cert_registry=SimpleCertificateStore.from_certs(chain),
            embed_roots=False,
        )
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != _DIGEST:
            raise SigningError(f"{digest_algorithm} is not used here")
        return self._signer.sign(data)


class _Page(PdfContent):
    """The first page of another PDF, drawn as it is. The bytes must come from our own printing."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.resources.xobject["/Page"] = page
        left, bottom, right, top = (float(number) for number in page.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=top - bottom)
        return b"/Page Do"


def sign_field(pdf: bytes, name: str, signer: Signer, *, appearance: bytes, now: datetime, reason: str) -> bytes:
    """`pdf` with the empty signature field `name` signed.

    `appearance`: a one-page PDF of the field's size, shown in it. `now`: the claimed signing time.
    Raises Conflict when the field is signed already, Invalid when the PDF cannot be signed.
    """
    bridge = _Bridge(signer)
    metadata = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        app_build_props=None,
    )
    style = StaticStampStyle(
        border_width=0,
        background=_Page(appearance),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN,
            y_align=layout.AxisAlignment.ALIGN_MIN,
            margins=layout.Margins.uniform(0),
        ),
    )
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        session = signers.PdfSigner(metadata, bridge, stamp_style=style).init_signing_session(
            writer, existing_fields_only=True
        )
        session.system_time = local(now)
        document = session.prepare_tbs_document(None, bytes_reserved=_room(signer))
        prepared, output = document.digest_tbs_document()
        asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    except SigningError as error:
        raise Conflict(
            "Chỗ ký này đã có chữ ký hoặc không dùng được.",
            what_to_do="Mở lại văn bản để xem chữ ký hiện có.",
        ) from error
    except (PdfError, ValueError) as error:
        raise Invalid("Tệp này không phải PDF dùng được để ký.") from error
    output.seek(0)
    signed: bytes = output.read()
    return signed


def _room(signer: Signer) -> int:
    """Hexadecimal digits to keep for the signature."""
    return 2 * (_CMS_BYTES + len(signer.certificate) + sum(map(len, signer.chain)))


@lru_cache(maxsize=1024)
def _parsed(certificate: bytes) -> x509.Certificate:
    return x509.Certificate.load(certificate)
