"""`tinhso doctor`: what is wrong, or merely weak, with this installation, and what to do about it."""

import argparse
import json
from dataclasses import asdict

NEEDS = "django"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    from tinhso.core.running.examination import Grade, examine

    findings = examine()
    if args.json:
        print(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{finding.grade.mark} {finding.what}")
            if finding.what_to_do:
                print(f"  → {finding.what_to_do}")
    return 1 if any(finding.grade is Grade.BROKEN for finding in findings) else 0
