"""`python -m chaos [NAME] [--quick] [--kills N] [--seed S] [--json]`."""

import argparse
import json
import random
import sys
import traceback

from chaos import first_light
from chaos.promises import Answer

KEPT, BROKEN, COULD_NOT_RUN = 0, 1, 2
WHOLE, QUICK = 1000, 20

CHAOSES = {first_light.NAME: first_light.run}
SAME = {"cases": first_light.NAME}
"""Another name for the same chaos: dossiers are what is killed at, and the case engine what must stand it."""


def main(words: list[str] | None = None) -> int:
    """0 = every promise kept, 1 = one broken or the name not known, 2 = could not run."""
    parser = argparse.ArgumentParser(prog="script/chaos", description="Giết tiến trình rồi khám lại những gì đã hứa.")
    parser.add_argument("name", nargs="?", help=f"{', '.join(CHAOSES)}; bỏ trống là tất cả")
    parser.add_argument("--kills", type=int, help=f"số lần giết (mặc định {WHOLE})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} lần giết")
    parser.add_argument("--seed", type=int, help="hạt giống; chạy lại cùng hạt giống thì làm tiếp lần bị bỏ dở")
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")
    args = parser.parse_args(words)
    args.name = SAME.get(args.name, args.name)
    if args.name and args.name not in CHAOSES:
        print(f"✗ Không có {args.name}. Có: {', '.join(CHAOSES)}.", file=sys.stderr)
        return BROKEN
    kills = args.kills or (QUICK if args.quick else WHOLE)
    seed = args.seed if args.seed is not None else random.randrange(10**6)  # noqa: S311
    status = KEPT
    for name in [args.name] if args.name else list(CHAOSES):
        try:
            answer = CHAOSES[name](kills, seed)
        except Exception:
            traceback.print_exc()
            return COULD_NOT_RUN
        tell(answer, args.json)
        status = status if answer.kept else BROKEN
    return status


def tell(answer: Answer, as_json: bool) -> None:
    for promise in answer.promises:
        for breach in promise.broken[:20]:
            print(f"  ✗ {promise.name}: {breach}", file=sys.stderr)
    if as_json:
        print(json.dumps(answer.document(), ensure_ascii=False), flush=True)
        return
    print(f"{answer.chaos}: {answer.kills} lần giết, hạt giống {answer.seed}, {answer.told}")
    for promise in answer.promises:
        mark = "✓" if promise.checked and not promise.broken else "✗"
        print(f"  {mark} {promise.name}: khám {promise.checked}, vỡ {len(promise.broken)}")


if __name__ == "__main__":
    sys.exit(main())
