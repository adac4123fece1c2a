"""`tinhso COMMAND`: finds the module of a command, gives it what it needs, and says refusals in words.

A command is a module of a `management` package with `add_arguments(parser)`, `run(args) -> int` and
`NEEDS = "nothing" | "django" | "database"`. Only the chosen one is imported.
"""

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast

from tinhso.core.errors import DomainError, TryLater
from tinhso.core.settings import UnsafeSettings

DONE, REFUSED, COULD_NOT_RUN = 0, 1, 2


class Module(Protocol):
    """What the module of a command offers."""

    NEEDS: Literal["nothing", "django", "database"]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Command:
    module: str
    help: str


_DATABASE = "tinhso.core.database.management"
_RUNNING = "tinhso.core.running.management"

COMMANDS = {
    "run": Command(f"{_RUNNING}.run", "chạy tất cả: cơ sở dữ liệu, trang web và việc nền"),
    "serve": Command(f"{_RUNNING}.run", "như run"),
    "worker": Command(f"{_RUNNING}.worker", "chỉ chạy việc nền"),
    "migrate": Command(f"{_DATABASE}.migrate", "tạo hoặc nâng cấp các bảng, quyền và phân vùng"),
    "db": Command(f"{_DATABASE}.db", "cơ sở dữ liệu kèm theo: start, stop, status, url"),
    "doctor": Command(f"{_RUNNING}.doctor", "khám bản cài đặt: cấu hình, quyền, phân vùng"),
    "shell": Command(f"{_RUNNING}.shell", "dòng lệnh Python với mọi mô hình dữ liệu"),
    "django": Command(f"{_RUNNING}.django", "lệnh quản trị của Django"),
    "due": Command("tinhso.foundation.calendars.management.due", "tính ngày hẹn trả, hạn xử lý"),
    "procedures import": Command(
        "tinhso.systems.procedures.management.import_catalogue", "nạp danh mục thủ tục hành chính từ một tệp"
    ),
    "recount": Command(
        "tinhso.systems.onestop.management.recount", "tính lại ngày hẹn của hồ sơ đang chạy theo lịch mới"
    ),
    "fees load": Command("tinhso.foundation.payments.management.fees", "nạp bảng phí, lệ phí của tỉnh"),
    "payments reconcile": Command(
        "tinhso.foundation.payments.management.reconcile", "đối soát một ngày với cổng thanh toán"
    ),
    "pdf check": Command("tinhso.foundation.signing.management.pdf", "kiểm tra chữ ký số trên tệp PDF"),
    "pki demo": Command("tinhso.foundation.signing.management.pki", "tạo bộ chứng thư số để dùng thử"),
    "ledger audit": Command("tinhso.foundation.ledger.management.audit", "kiểm toán sổ cái minh bạch"),
    "scenario": Command("tinhso.demo.management.scenario", "chạy một câu chuyện từ đầu đến cuối"),
    "demo": Command("tinhso.demo.management.demo", "dựng một tỉnh mẫu rồi chạy"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = the input was refused or a promise is broken, 2 = could not run."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = _name_of(words)
    if name is None:
        asked = not words or words[0] in ("-h", "--help", "help")
        print(_overview(words), file=sys.stdout if asked else sys.stderr)
        return DONE if asked else COULD_NOT_RUN
    try:
        return _run(name, words[len(name.split()) :])
    except DomainError as refusal:
        print(f"✗ {refusal.message}", file=sys.stderr)
        if refusal.what_to_do:
            print(f"  → {refusal.what_to_do}", file=sys.stderr)
        return COULD_NOT_RUN if isinstance(refusal, TryLater) else REFUSED
    except UnsafeSettings as unsafe:
        print(f"✗ Cấu hình chưa dùng được:\n{unsafe}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except Exception as error:
        if type(error).__name__ == "OperationalError":
            print(f"✗ Không làm việc được với cơ sở dữ liệu: {str(error).strip()}", file=sys.stderr)
            print("  → Kiểm tra DATABASE_URL, DATABASE_OWNER_URL và máy chủ PostgreSQL rồi chạy lại.", file=sys.stderr)
        else:
            traceback.print_exc()
        return COULD_NOT_RUN


def _run(name: str, words: list[str]) -> int:
    command = COMMANDS[name]
    try:
        module = cast(Module, importlib.import_module(command.module))
    except ModuleNotFoundError as missing:
        if missing.name is None or not f"{command.module}.".startswith(f"{missing.name}."):
            raise
        print(f"✗ Bản này chưa có lệnh {name}.", file=sys.stderr)
        return COULD_NOT_RUN
    from tinhso.core.running import needs

    parser = argparse.ArgumentParser(prog=f"tinhso {name}", description=command.help.capitalize() + ".")
    module.add_arguments(parser)
    args = parser.parse_args(words)
    if module.NEEDS == "database":
        needs.have_database()
    if module.NEEDS in ("django", "database"):
        needs.have_django()
    return module.run(args)


def _name_of(words: list[str]) -> str | None:
    for length in (2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and name in COMMANDS:
            return name
    return None


def _overview(words: list[str]) -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.help}" for name, command in COMMANDS.items()]
    head = ["TỉnhSố: nền tảng số của một tỉnh.", "", "Cách dùng: tinhso LỆNH [...]    (tinhso LỆNH --help để xem thêm)"]
    if words and not words[0].startswith("-"):
        head = [f"✗ Không có lệnh {' '.join(words[:2])}. Các lệnh:"]
    return "\n".join([*head, "", *lines])


if __name__ == "__main__":
    sys.exit(main())
