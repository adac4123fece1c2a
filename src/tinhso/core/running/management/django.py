"""`tinhso django ...`: Django's own commands, with the database up."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="lệnh của Django, ví dụ makemigrations --check")


def run(args: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tinhso django", *args.words])
    return 0
