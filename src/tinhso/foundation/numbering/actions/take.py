"""Take the next number of a book."""

from datetime import datetime

from django.db import connection, transaction

_TAKE = """
WITH taken AS (
    INSERT INTO numbering_book (key, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (key, year) DO UPDATE SET last = numbering_book.last + 1
    RETURNING key, year, last
)
INSERT INTO numbering_taken (key, year, number, taken_at) SELECT key, year, last, %s FROM taken RETURNING number
"""


def take(book: str, year: int, *, now: datetime) -> int:
    """The next number of `book` in `year`, from 1 (Decree 30/2020/NĐ-CP art. 15.1: 01 from the first of January).

    Call it late in the transaction of the thing numbered: the book is locked until that ends, and a number whose
    transaction fails is not used. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of what it numbers")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [book, year, now])
        return int(cursor.fetchone()[0])
