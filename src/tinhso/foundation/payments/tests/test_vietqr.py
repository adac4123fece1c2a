import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.payments.rules.vietqr import BadQR, Service, Transfer, crc16, decode, encode

PUBLISHED = (
    "00020101021238530010A0000007270123000697041601092245284790208QRIBFTTA53037045405100005802VN62340107NPS6869"
    "0819TRANSFER TO SOMEONE6304AC13"
)

texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25)
transfers = st.builds(
    Transfer,
    bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount=st.none() | st.integers(1, 9_999_999_999_999),
    purpose=texts,
    bill=texts,
    service=st.sampled_from(Service),
    merchant=texts,
    city=texts,
)


def test_the_checksum_is_the_published_one() -> None:
    assert crc16("123456789") == 0x29B1


def test_the_published_sample_is_written_to_the_letter() -> None:
    transfer = Transfer("970416", "224528479", 10000, purpose="TRANSFER TO SOMEONE", bill="NPS6869")
    assert encode(transfer) == PUBLISHED


def test_the_published_sample_is_read() -> None:
    assert decode(PUBLISHED) == Transfer("970416", "224528479", 10000, purpose="TRANSFER TO SOMEONE", bill="NPS6869")


@given(transfers)
def test_what_is_written_is_read_back(transfer: Transfer) -> None:
    assert decode(encode(transfer)) == transfer


@given(st.integers(0, len(PUBLISHED) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_one_changed_letter_is_refused(at: int, letter: str) -> None:
    if PUBLISHED[at] == letter:
        return
    with pytest.raises(BadQR):
        decode(PUBLISHED[:at] + letter + PUBLISHED[at + 1 :])


@given(st.text(max_size=60))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadQR):
        decode(text)


@given(st.text("0123456789", max_size=40))
def test_a_broken_body_with_a_good_checksum_is_refused(digits: str) -> None:
    body = f"{digits}6304"
    with pytest.raises(BadQR):
        decode(f"{body}{crc16(body):04X}")


def test_a_static_code_has_no_amount() -> None:
    text = encode(Transfer("970416", "224528479"))
    assert text.startswith("000201010211")
    assert decode(text).amount is None


@pytest.mark.parametrize(
    "transfer",
    [
        Transfer("97041", "1"),
        Transfer("970416", ""),
        Transfer("970416", "1", 0),
        Transfer("970416", "1", purpose="Nộp phí"),
        Transfer("970416", "1", merchant="A" * 100),
    ],
)
def test_what_does_not_fit_is_not_written(transfer: Transfer) -> None:
    with pytest.raises(ValueError, match=r".+"):
        encode(transfer)
