"""The installation looked over: each examination yields what it found."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings as django_settings
from django.db import Error, connections

from tinhso.core import settings
from tinhso.core.account import ACCOUNT
from tinhso.core.database import connect, embedded
from tinhso.core.database.migrating import pending_migrations
from tinhso.core.database.partitions import months_ahead
from tinhso.core.database.roles import declared_rights
from tinhso.core.running.lending import obstacle
from tinhso.core.settings import Settings
from tinhso.core.time import CLOCK_VARIABLE, business_date, clock

FLOOR = 150_000
LEAST_FREE = 2 * 1024**3
LEAST_MONTHS = 3


class Grade(StrEnum):
    """`broken` promises something that is not so; `weak` works, with less than it could."""

    FINE = "fine"
    WEAK = "weak"
    BROKEN = "broken"

    @property
    def mark(self) -> str:
        return {"fine": "✓", "weak": "!", "broken": "✗"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    grade: Grade
    what: str
    what_to_do: str = ""


def examine() -> list[Finding]:
    """Every finding about this process's settings and database; changes nothing and starts nothing."""
    site, urls = settings.current(), connect.get_urls(os.environ)
    findings = [*_settings(site), *_addresses(urls), *_disk(site)]
    try:
        findings += [*_server(), *_tables(), *_rights(urls)]
    except Error as error:
        known = str(error).strip().splitlines()[:1]
        findings.append(Finding(Grade.BROKEN, f"Không kết nối được cơ sở dữ liệu: {' '.join(known)}", _how_to_start()))
    finally:
        connections.close_all()
    return findings


def _settings(site: Settings) -> Iterator[Finding]:
    yield Finding(Grade.FINE, f"Chế độ: {site.mode.value}; dữ liệu ở {site.home}; địa chỉ {site.base_url}")
    if not site.production:
        yield Finding(
            Grade.WEAK,
            "Đang ở chế độ dùng thử: khóa bí mật tự sinh, nằm cùng máy với dữ liệu.",
            "Khi chạy thật đặt TINHSO_MODE=production; các biến bắt buộc sẽ được nhắc.",
        )
    if not site.secure:
        yield Finding(Grade.WEAK, "Địa chỉ không phải https: mật khẩu đi không mã hóa.", "Đặt TINHSO_BASE_URL.")
    if site.listen_host not in ("127.0.0.1", "::1", "localhost"):
        yield Finding(
            Grade.WEAK,
            f"Trang web nghe ở {site.listen_host}, máy khác vào thẳng được, không qua TLS.",
            "Để máy chủ TLS đứng trước và nghe ở 127.0.0.1.",
        )
    if moved := os.environ.get(CLOCK_VARIABLE):
        yield Finding(Grade.BROKEN, f"Đồng hồ thử nghiệm đang bật: {moved}.", f"Bỏ biến {CLOCK_VARIABLE}.")
    if django_settings.DEBUG:
        yield Finding(Grade.BROKEN, "DEBUG đang bật: trang lỗi lộ cấu hình.", "Tắt DEBUG.")
    if os.geteuid() == 0:
        yield _started_by_root(site)


def _started_by_root(site: Settings) -> Finding:
    if why := obstacle(site, os.environ):
        advice = "Sửa điều đó, hoặc chạy bằng một tài khoản riêng thay cho root."
        return Finding(Grade.WEAK, f"Trang web và việc nền chạy bằng root: {why}", advice)
    return Finding(Grade.FINE, f"Root khởi động; trang web, việc nền và cơ sở dữ liệu chạy bằng tài khoản {ACCOUNT}.")


def _addresses(urls: connect.DatabaseUrls) -> Iterator[Finding]:
    if not urls.separate:
        yield Finding(
            Grade.WEAK,
            "Ứng dụng và chủ sở hữu bảng là một vai: ứng dụng sửa, xóa được cả bảng chỉ được thêm, nên nhật ký và"
            " sổ cái không còn được chính cơ sở dữ liệu bảo vệ.",
            "Tạo hai vai, đặt DATABASE_URL (ứng dụng) và DATABASE_OWNER_URL (chủ sở hữu), rồi chạy tinhso migrate.",
        )
    if connect.user_of(urls.eraser) in (connect.user_of(urls.owner), connect.user_of(urls.app)):
        yield Finding(
            Grade.WEAK,
            "Việc xóa dữ liệu riêng tư hết hạn không có vai riêng.",
            "Tạo một vai nữa và đặt DATABASE_ERASER_URL, rồi chạy tinhso migrate.",
        )


def _disk(site: Settings) -> Iterator[Finding]:
    folder = next(path for path in (site.home, *site.home.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    grade = Grade.FINE if free >= LEAST_FREE else Grade.BROKEN
    yield Finding(grade, f"Đĩa còn trống {free / 1024**3:.0f} GB.", "" if free >= LEAST_FREE else "Dọn hoặc thêm đĩa.")


def _server() -> Iterator[Finding]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
            " current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'),"
            " current_setting('data_checksums'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
        number, version, encoding, fsync, pages, checksums, superuser = cursor.fetchone()
    yield Finding(Grade.FINE if number >= FLOOR else Grade.BROKEN, f"PostgreSQL {version}, bảng mã {encoding}.")
    if encoding != "UTF8":
        yield Finding(Grade.BROKEN, "Bảng mã của cơ sở dữ liệu không phải UTF8.", "Tạo lại cơ sở dữ liệu với UTF8.")
    if fsync != "on" or pages != "on":
        yield Finding(Grade.BROKEN, "fsync hoặc full_page_writes đang tắt: mất điện là mất dữ liệu.", "Bật lại cả hai.")
    if checksums != "on":
        yield Finding(Grade.WEAK, "Cơ sở dữ liệu không có tổng kiểm tra trang.", "Dùng pg_checksums --enable khi dừng.")
    if superuser:
        yield Finding(Grade.BROKEN, "Ứng dụng kết nối bằng siêu người dùng.", "Dùng một vai thường cho DATABASE_URL.")


def _tables() -> Iterator[Finding]:
    if pending := pending_migrations():
        yield Finding(Grade.BROKEN, f"Còn {len(pending)} bước nâng cấp dữ liệu chưa chạy.", "Chạy tinhso migrate.")
        return
    ahead = months_ahead(using="default", today=business_date(clock()))
    short = sorted(table for table, months in ahead.items() if months < LEAST_MONTHS)
    if short:
        yield Finding(Grade.WEAK, f"Thiếu phân vùng cho các tháng tới: {', '.join(short)}.", "Chạy tinhso migrate.")
    else:
        yield Finding(Grade.FINE, f"Các bảng đúng bản; {len(ahead)} bảng chia theo tháng có đủ phân vùng.")


def _rights(urls: connect.DatabaseUrls) -> Iterator[Finding]:
    if not urls.separate:
        return
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"
            " AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')",
            [list(declared_rights().insert_only)],
        )
        loose = sorted(row[0] for row in cursor.fetchall())
    if loose:
        yield Finding(
            Grade.BROKEN, f"Ứng dụng sửa được các bảng chỉ được thêm: {', '.join(loose)}.", "Chạy tinhso migrate."
        )
    else:
        yield Finding(Grade.FINE, "Các bảng chỉ được thêm thì ứng dụng không sửa, không xóa được.")


def _how_to_start() -> str:
    if connect.is_external(os.environ):
        return "Kiểm tra DATABASE_URL và máy chủ cơ sở dữ liệu."
    status = embedded.get_status(os.environ)
    return "Chạy tinhso db start." if not status.running else "Chạy tinhso migrate."
