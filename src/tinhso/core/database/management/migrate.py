"""`tinhso migrate`: tables, rights and partitions, as the owner. Safe to repeat."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="chỉ hỏi xem còn gì chưa nâng cấp (mã thoát 1)")


def run(args: argparse.Namespace) -> int:
    from tinhso.core.database.migrating import migrate, pending_migrations

    if args.check:
        pending = pending_migrations()
        print("\n".join(pending) or "Các bảng đã đúng bản.")
        return 1 if pending else 0
    migrate()
    return 0
