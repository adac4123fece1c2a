"""`tinhso worker`: the background work alone, for a machine of its own."""

import argparse

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ một lượt rồi thôi")


def run(args: argparse.Namespace) -> int:
    if args.once:
        from django.utils.module_loading import autodiscover_modules

        from tinhso.core.running.rounds import run_once
        from tinhso.core.time import clock

        autodiscover_modules("tasks")
        print(run_once(clock()))
        return 0
    from tinhso.core.running.worker import main

    main()
    return 0
