"""`tinhso pki demo`: an authority for trying signatures out, and on demand a person's and an agency's key."""

import argparse
import os
import re
from pathlib import Path

from tinhso.core.settings import default_home
from tinhso.core.text import fold
from tinhso.core.time import clock
from tinhso.foundation.signing.pki import Holder, Issued
from tinhso.foundation.signing.trust import get_demo_authority, trust_folder

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys", type=Path, metavar="THƯ_MỤC", help="cấp khóa (tệp .p12) vào thư mục này")
    parser.add_argument("--agency", default="Ủy ban nhân dân xã dùng thử", help="tên cơ quan trên chứng thư")
    parser.add_argument("--code", default="H44.99", help="mã định danh điện tử của cơ quan")
    parser.add_argument("--person", default="Nguyễn Văn Thử", help="họ tên người có thẩm quyền")
    parser.add_argument("--title", default="Chủ tịch", help="chức vụ")
    parser.add_argument("--pin", default="123456", help="mã PIN của các khóa được cấp")


def run(args: argparse.Namespace) -> int:
    home = default_home(os.environ)
    production = os.environ.get("TINHSO_MODE") == "production"
    now = clock()
    authority = get_demo_authority(home, now=now, production=production)
    print(f"Chứng thư gốc dùng thử (không có giá trị pháp lý): {trust_folder(home)}")
    if args.keys:
        args.keys.mkdir(parents=True, exist_ok=True)
        for holder in (Holder(args.agency, args.code, args.person, args.title), Holder(args.agency, args.code)):
            print(_kept(args.keys, holder, authority.issue(holder, args.pin, now=now)))
    return 0


def _kept(folder: Path, holder: Holder, issued: Issued) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", fold(holder.person or holder.agency)).strip("-")
    path = folder / f"{name}.p12"
    path.write_bytes(issued.p12)
    path.chmod(0o600)
    return f"{path}: {holder.person or holder.agency}, số chứng thư {issued.serial}"
