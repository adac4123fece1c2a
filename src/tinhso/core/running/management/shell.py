"""`tinhso shell`: Python with every model at hand, as the application's role."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-c", "--command", help="chạy một dòng Python rồi thôi")


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("shell", **({"command": args.command} if args.command else {}))
    return 0
