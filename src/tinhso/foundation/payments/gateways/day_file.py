"""The gateway's file of a day: CSV with one transaction a line and a closing line of count and sum.

Columns `MaGiaoDich,MaThamChieu,SoTien,ThoiGianGD`; last line `TONG,<count>,<sum>,` (our profile, mark: assumed).
"""

import csv
from io import StringIO

from .base import BadMessage, Notice
from .message import notice_of

COLUMNS = ["MaGiaoDich", "MaThamChieu", "SoTien", "ThoiGianGD"]


def parse_day_file(data: bytes) -> tuple[Notice, ...]:
    """The transactions of a file. Raises BadMessage when a line is unreadable or the closing line does not fit."""
    try:
        rows = list(csv.reader(StringIO(data.decode("utf-8"))))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise BadMessage("not CSV in UTF-8") from fault
    if len(rows) < 2 or rows[0] != COLUMNS or rows[-1][:1] != ["TONG"]:
        raise BadMessage("the file is cut short")
    notices = tuple(_notice(row) for row in rows[1:-1])
    if rows[-1][1:3] != [str(len(notices)), str(sum(notice.amount for notice in notices))]:
        raise BadMessage("count or sum does not fit the lines")
    return notices


def _notice(row: list[str]) -> Notice:
    if len(row) != len(COLUMNS):
        raise BadMessage("a line has too many or too few fields")
    fields: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
    try:
        fields["SoTien"] = int(row[2])
    except ValueError as fault:
        raise BadMessage("SoTien is no amount") from fault
    return notice_of({**fields, "TrangThai": "00"})
