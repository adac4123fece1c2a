"""`tinhso pdf check PATH`: are the signatures on a PDF good? Exit 1 when the file is refused, 2 when unreadable."""

import argparse
import json
import os
import sys
from pathlib import Path

from tinhso.core.settings import default_home
from tinhso.core.time import clock, iso
from tinhso.foundation.signing.pades.read import validate
from tinhso.foundation.signing.trust import read_roots, trust_folder
from tinhso.foundation.signing.verdict import SignatureVerdict, Verdict
from tinhso.foundation.signing.words import signature_words, whole_words

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="TỆP", help="tệp PDF cần kiểm tra")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON trên một dòng")
    parser.add_argument(
        "--root",
        type=Path,
        action="append",
        default=[],
        metavar="TỆP",
        help="chứng thư gốc được tin cậy (tệp hoặc thư mục), thay cho thư mục trust của bản cài đặt",
    )


def run(args: argparse.Namespace) -> int:
    try:
        data = args.path.read_bytes()
    except OSError as error:
        print(f"✗ Không đọc được tệp {args.path}: {error.strerror}", file=sys.stderr)
        return 2
    roots = read_roots(*(args.root or [trust_folder(default_home(os.environ))]))
    verdict = validate(data, roots, clock())
    print(json.dumps(as_json(verdict), ensure_ascii=False) if args.json else in_words(verdict))
    return 0 if verdict.accepted else 1


def as_json(verdict: Verdict) -> dict[str, object]:
    """The verdict as `{"whole", "signatures": [{"signer", "agency", "signed_at", "verdict"}], "attack"}`."""
    return {
        "whole": verdict.whole.value,
        "signatures": [_signature(one) for one in verdict.signatures],
        "attack": verdict.attack.value if verdict.attack else None,
    }


def in_words(verdict: Verdict) -> str:
    return "\n".join([whole_words(verdict), *(f"- {signature_words(one)}" for one in verdict.signatures)])


def _signature(one: SignatureVerdict) -> dict[str, object]:
    return {
        "signer": one.signer,
        "agency": one.agency,
        "signed_at": iso(one.signed_at) if one.signed_at else None,
        "verdict": one.code,
    }
