"""Worked examples by hand: received, limit, due, why. Default office hours unless the table says otherwise.

Abbreviations: CC = Civil Code 2015, LC = Labour Code 2019 (LC 2012 before 2021), D118 = Decree 118/2025/NĐ-CP.
"""

WORKING_DAYS = [
    ("2026-11-12T14:00", "3 ngày làm việc", "2026-11-17T17:00", "CC 147: Thursday not counted; Fri, Mon, Tue"),
    ("2026-11-16T05:00", "1 ngày làm việc", "2026-11-17T17:00", "before opening is that day's opening"),
    ("2026-11-16T12:15", "1 ngày làm việc", "2026-11-17T17:00", "lunch is that day's afternoon"),
    ("2026-11-12T17:30", "3 ngày làm việc", "2026-11-18T17:00", "after closing is Friday morning, then not counted"),
    ("2026-11-12T17:00", "3 ngày làm việc", "2026-11-18T17:00", "closing time itself is after closing"),
    ("2026-11-12T16:59:59", "3 ngày làm việc", "2026-11-17T17:00", "one second before closing is in time"),
    ("2026-11-14T10:00", "1 ngày làm việc", "2026-11-17T17:00", "a closed Saturday is Monday morning"),
    ("2026-11-15T23:59", "1 ngày làm việc", "2026-11-17T17:00", "Sunday night is Monday morning"),
    ("2026-11-20T14:05", "3 ngày làm việc", "2026-11-26T17:00", "Resolution 28/2026/QH16: 24 November off"),
    ("2026-11-23T09:00", "1 ngày làm việc", "2026-11-25T17:00", "Resolution 28/2026/QH16"),
    ("2026-11-20T17:00", "1 ngày làm việc", "2026-11-25T17:00", "Monday not counted, Tuesday off"),
    ("2025-11-21T09:00", "1 ngày làm việc", "2025-11-24T17:00", "24 November is worked before the resolution"),
    ("2026-11-02T09:00", "15 ngày làm việc", "2026-11-23T17:00", "three plain weeks"),
]

TET = [
    ("2020-01-22T10:00", "1 ngày làm việc", "2020-01-30T17:00", "LC 2012 115: 23-27/1, in lieu 28-29/1"),
    ("2021-02-09T10:00", "1 ngày làm việc", "2021-02-17T17:00", "LC 112: 10-14/2, LC 111.3: 15-16/2"),
    ("2022-01-28T10:00", "1 ngày làm việc", "2022-02-07T17:00", "LC 112: 31/1-4/2"),
    ("2023-01-19T10:00", "1 ngày làm việc", "2023-01-27T17:00", "LC 112: 20-24/1, LC 111.3: 25-26/1"),
    ("2024-02-07T10:00", "1 ngày làm việc", "2024-02-15T17:00", "LC 112: 8-12/2, LC 111.3: 13-14/2"),
    ("2025-01-24T10:00", "1 ngày làm việc", "2025-02-03T17:00", "LC 112: 27-31/1"),
    ("2026-02-13T10:00", "1 ngày làm việc", "2026-02-23T17:00", "LC 112: 16-20/2"),
    ("2026-02-18T10:00", "1 ngày làm việc", "2026-02-24T17:00", "sent during Tết: Monday 23/2 not counted"),
    ("2027-02-03T10:00", "1 ngày làm việc", "2027-02-11T17:00", "assumed: 4-8/2, in lieu 9-10/2"),
]

NATIONAL_DAY = [
    ("2020-09-01T10:00", "1 ngày làm việc", "2020-09-03T17:00", "LC 2012 115: one day"),
    ("2021-09-01T10:00", "1 ngày làm việc", "2021-09-06T17:00", "LC 112: 2 and 3/9"),
    ("2022-08-31T10:00", "1 ngày làm việc", "2022-09-05T17:00", "LC 112: 1 and 2/9"),
    ("2023-08-31T10:00", "1 ngày làm việc", "2023-09-05T17:00", "LC 112: 1 and 2/9 (Sat), LC 111.3: 4/9"),
    ("2024-08-30T10:00", "1 ngày làm việc", "2024-09-04T17:00", "LC 112: 2 and 3/9"),
    ("2025-08-29T10:00", "1 ngày làm việc", "2025-09-03T17:00", "LC 112: 1 and 2/9"),
    ("2026-08-28T10:00", "1 ngày làm việc", "2026-09-03T17:00", "31/8 swapped, 1 and 2/9"),
]

OTHER_HOLIDAYS = [
    ("2020-12-31T10:00", "1 ngày làm việc", "2021-01-04T17:00", "LC 112: 1/1 on a Friday"),
    ("2021-12-31T10:00", "1 ngày làm việc", "2022-01-04T17:00", "LC 111.3: 1/1 on Saturday, 3/1 in lieu"),
    ("2022-12-30T10:00", "1 ngày làm việc", "2023-01-03T17:00", "LC 111.3: 1/1 on Sunday, 2/1 in lieu"),
    ("2023-12-29T10:00", "1 ngày làm việc", "2024-01-02T17:00", "LC 112: 1/1 on a Monday"),
    ("2020-04-01T10:00", "1 ngày làm việc", "2020-04-03T17:00", "LC 2012 115: 10/3 lunar is 2/4"),
    ("2021-04-20T10:00", "1 ngày làm việc", "2021-04-22T17:00", "LC 112: 10/3 lunar is 21/4"),
    ("2022-04-08T10:00", "1 ngày làm việc", "2022-04-12T17:00", "LC 111.3: 10/3 lunar is Sunday, 11/4 in lieu"),
    ("2024-04-17T10:00", "1 ngày làm việc", "2024-04-19T17:00", "LC 112: 10/3 lunar is 18/4"),
    ("2025-04-04T10:00", "1 ngày làm việc", "2025-04-08T17:00", "LC 112: 10/3 lunar is Monday 7/4"),
    ("2026-04-24T10:00", "1 ngày làm việc", "2026-04-28T17:00", "LC 111.3: 10/3 lunar is Sunday, 27/4 in lieu"),
    ("2020-04-29T10:00", "1 ngày làm việc", "2020-05-04T17:00", "LC 2012 115: 30/4 and 1/5"),
    ("2021-04-29T10:00", "1 ngày làm việc", "2021-05-04T17:00", "LC 111.3: 1/5 on Saturday, 3/5 in lieu"),
    ("2022-04-29T10:00", "1 ngày làm việc", "2022-05-04T17:00", "LC 111.3: both on a weekend, 2-3/5 in lieu"),
    ("2023-04-28T10:00", "1 ngày làm việc", "2023-05-04T17:00", "10/3 lunar Sat, 30/4 Sun, 1/5 Mon; 2-3/5 in lieu"),
    ("2026-04-29T10:00", "1 ngày làm việc", "2026-05-04T17:00", "LC 112: Thursday and Friday; no swap in 2026"),
    ("2029-11-23T10:00", "1 ngày làm việc", "2029-11-26T17:00", "24/11 on Saturday: no day in lieu (assumed)"),
]

SWAPS = [
    ("2024-04-26T10:00", "1 ngày làm việc", "2024-05-02T17:00", "29/4/2024 off by swap, then 30/4 and 1/5"),
    ("2024-05-02T10:00", "2 ngày làm việc", "2024-05-04T17:00", "Saturday 4/5/2024 is worked"),
    ("2025-04-25T10:00", "1 ngày làm việc", "2025-04-26T17:00", "Saturday 26/4/2025 is worked"),
    ("2025-04-29T10:00", "1 ngày làm việc", "2025-05-05T17:00", "2/5/2025 off by swap"),
    ("2025-12-31T10:00", "1 ngày làm việc", "2026-01-05T17:00", "2/1/2026 off by swap"),
    ("2026-01-09T10:00", "1 ngày làm việc", "2026-01-10T17:00", "Saturday 10/1/2026 is worked"),
    ("2026-08-21T10:00", "1 ngày làm việc", "2026-08-22T17:00", "Saturday 22/8/2026 is worked"),
    ("2026-08-22T10:00", "1 ngày làm việc", "2026-08-24T17:00", "received on the worked Saturday"),
    ("2026-08-10T10:00", "12 ngày", "2026-08-22T17:00", "the worked Saturday can be a last day (CC 148)"),
    ("2026-08-28T10:00", "3 ngày", "2026-09-03T17:00", "CC 148: Monday 31/8 off by swap, then 1 and 2/9"),
]

CALENDAR_DAYS = [
    ("2026-11-06T10:00", "20 ngày", "2026-11-26T17:00", "CC 147: 7/11 is the first day counted"),
    ("2026-11-19T10:00", "1 ngày", "2026-11-20T17:00", "CC 148: the end of the last day, at close of business"),
    ("2026-11-16T10:00", "5 ngày", "2026-11-23T17:00", "CC 148: Saturday 21 gives way to Monday"),
    ("2026-11-14T10:00", "10 ngày", "2026-11-26T17:00", "received on Saturday: counted from Monday 16"),
    ("2026-02-02T10:00", "15 ngày", "2026-02-23T17:00", "CC 148: 17/2 is Tết"),
    ("2026-11-10T10:00", "14 ngày", "2026-11-25T17:00", "CC 148: 24/11 is a holiday"),
    ("2026-10-25T10:00", "30 ngày", "2026-11-25T17:00", "Sunday, so from Monday 26/10"),
    ("2026-11-10T10:00", "1 tuần", "2026-11-17T17:00", "CC 148: the same weekday"),
    ("2026-11-10T10:00", "2 tuần", "2026-11-25T17:00", "CC 148: Tuesday 24/11 is a holiday"),
    ("2026-10-20T10:00", "1 tháng", "2026-11-20T17:00", "CC 148: the same day of the last month"),
    ("2026-01-30T10:00", "1 tháng", "2026-03-02T17:00", "CC 148: 28/2, a Saturday, so Monday"),
    ("2024-01-31T10:00", "1 tháng", "2024-02-29T17:00", "CC 148: no 31 February; a leap year's 29"),
    ("2026-03-31T10:00", "1 tháng", "2026-05-04T17:00", "CC 148: 30/4, a holiday, then 1/5 and the weekend"),
    ("2025-12-31T10:00", "2 tháng", "2026-03-02T17:00", "CC 148: 28/2/2026, a Saturday"),
    ("2026-08-31T10:00", "1 tháng", "2026-10-05T17:00", "sent on a day off: from 3/9 to 3/10, a Saturday"),
    ("2026-11-30T10:00", "3 tháng", "2027-03-01T17:00", "CC 148: 28/2/2027, a Sunday"),
    ("2026-11-16T10:00", "12 tháng", "2027-11-16T17:00", "a year on"),
]

HOURS = [
    ("2026-11-13T15:00", "8 giờ làm việc", "2026-11-16T15:00", "2 h, 4.5 h and 1.5 h"),
    ("2026-11-13T16:00", "2 giờ làm việc", "2026-11-16T08:00", "an hour each side of the weekend"),
    ("2026-11-16T07:00", "8 giờ", "2026-11-16T17:00", "one whole working day"),
    ("2026-11-16T09:00", "4 giờ", "2026-11-16T15:00", "lunch is not counted"),
    ("2026-11-16T07:30", "4 giờ", "2026-11-16T11:30", "ends with the morning, not with the afternoon's start"),
    ("2026-11-16T12:00", "2 giờ", "2026-11-16T15:30", "from the afternoon's start"),
    ("2026-11-16T06:00", "1 giờ", "2026-11-16T08:00", "from opening"),
    ("2026-11-13T17:00", "1 giờ", "2026-11-16T08:00", "from Monday's opening"),
    ("2021-02-09T13:30", "16 giờ", "2021-02-18T11:30", "over Tết 2021: 3.5, 8 and 4.5 h"),
    ("2026-11-23T14:00", "8 giờ", "2026-11-25T14:00", "over 24 November: 3, 4.5 and 0.5 h"),
    ("2026-02-13T07:00", "24 giờ", "2026-02-24T17:00", "three working days around Tết"),
    ("2026-11-16T09:15:30", "1 giờ", "2026-11-16T10:15:30", "to the second"),
]

WITHIN_DAY = [
    ("2026-11-16T09:00", "trong ngày", "2026-11-16T17:00", "the same day"),
    ("2026-11-16T12:00", "trong ngày", "2026-11-16T17:00", "at lunch"),
    ("2026-11-16T06:00", "trong ngày", "2026-11-16T17:00", "before opening"),
    ("2026-11-20T15:00", "trong ngày làm việc", "2026-11-20T17:00", "15:00 itself is not after 15:00"),
    ("2026-11-20T15:00:01", "trong ngày", "2026-11-23T17:00", "after 15:00: the next working day"),
    ("2026-11-20T16:00", "trong ngày", "2026-11-23T17:00", "Friday 16:00: Monday"),
    ("2026-11-19T17:30", "trong ngày", "2026-11-20T17:00", "after closing: the next morning's day"),
    ("2026-11-21T10:00", "trong ngày", "2026-11-23T17:00", "Saturday: Monday"),
    ("2026-02-13T15:30", "trong ngày", "2026-02-23T17:00", "the last afternoon before Tết"),
    ("2026-11-23T16:30", "trong ngày", "2026-11-25T17:00", "the eve of 24 November"),
]

POLICE = [
    ("2026-11-14T09:00", "1 ngày làm việc", "2026-11-16T17:00", "open on Saturday morning, which is not counted"),
    ("2026-11-14T11:30", "1 ngày làm việc", "2026-11-17T17:00", "after Saturday's closing: Monday, not counted"),
    ("2026-11-13T10:00", "1 ngày làm việc", "2026-11-16T17:00", "Saturday morning is not a working day"),
    ("2026-11-14T09:00", "trong ngày", "2026-11-16T17:00", "the next working day"),
    ("2026-11-13T16:00", "2 giờ", "2026-11-14T08:00", "hours run on Saturday morning"),
    ("2026-11-12T10:00", "2 ngày", "2026-11-16T17:00", "CC 148: Saturday gives way"),
    ("2026-08-22T16:00", "1 giờ", "2026-08-22T17:00", "a swapped Saturday has Monday's hours"),
]

DEFAULT = [
    *WORKING_DAYS, *TET, *NATIONAL_DAY, *OTHER_HOLIDAYS, *SWAPS, *CALENDAR_DAYS, *HOURS, *WITHIN_DAY
]  # fmt: skip
