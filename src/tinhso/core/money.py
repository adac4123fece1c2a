"""Money is a whole number of đồng."""

from typing import NewType

Dong = NewType("Dong", int)


def format_dong(amount: int) -> str:
    """`1234567` as `1.234.567 đồng`."""
    return f"{group_digits(amount)} đồng"


def group_digits(number: int) -> str:
    """`1234567` as `1.234.567`, as Vietnam writes numbers."""
    return f"{number:,}".replace(",", ".")
