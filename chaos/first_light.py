"""First light under fire: people file, accept, sign and seal through pages while processes are killed at random."""

import json
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.installation import Installation, NotReady, end_database, free_port, keep_code

from chaos import clients, killing
from chaos.audit import audit_of
from chaos.journal import Journal
from chaos.killing import Victim
from chaos.promises import Answer, Promise
from tinhso.core.running.progress import phase, say

NAME = "first-light"
CLIENTS = 4
BETWEEN_SECONDS = (0.05, 1.5)
"""From ready again to the next kill: work is under way, at a moment nobody chose."""
COME_BACK_SECONDS = 180.0
FINISH_SECONDS = 300.0
SETTLE_SECONDS = 30.0


@dataclass(slots=True)
class State:
    """How far a run with this seed has come; kept beside its installation, so that it can be taken up again."""

    seed: int
    port: int
    supervisor: int = 0
    kills: int = 0
    victims: dict[str, int] = field(default_factory=dict)
    came_back: int = 0
    twice_checked: int = 0
    twice_broken: list[str] = field(default_factory=list)
    stayed_away: list[str] = field(default_factory=list)


def run(kills: int, seed: int) -> Answer:
    """Kill so often under load, then audit. A run that was broken off goes on from where it was."""
    folder = Path(tempfile.gettempdir()) / f"tinhso-chaos-{NAME}-{seed}"
    folder.mkdir(mode=0o711, exist_ok=True)
    state = _state(folder, seed)
    installation = Installation(folder / "home", state.port, keep_code(folder))
    installation.home.mkdir(mode=0o711, exist_ok=True)
    journal, twice = (
        Journal(folder / "journal.jsonl"),
        Promise("requests-twice", state.twice_checked, state.twice_broken),
    )
    try:
        with phase("Dựng một tỉnh mẫu riêng"):
            killing.end_leftover(installation, state.supervisor)
            installation.launch()
            _remember(folder, state, installation)
            installation.wait()
        people = _under_fire(installation, state, folder, kills, journal, twice)
        with phase("Khám lại từ cơ sở dữ liệu"):
            _settle(installation)
            promises = audit_of(installation, journal)
    finally:
        installation.stop()
        end_database(installation)
    back = Promise("comes-back", state.kills, state.stayed_away)
    story = Promise("stories", sum(one.done for one in people), [fault for one in people for fault in one.faults])
    answer = Answer(NAME, seed, state.kills, [*promises, twice, back, story], {"victims": state.victims})
    if answer.kept:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        say(f"  ! Giữ lại {folder} để xem")
    return answer


def _under_fire(
    installation: Installation, state: State, folder: Path, kills: int, journal: Journal, twice: Promise
) -> list[clients.Client]:
    stop, lock = threading.Event(), threading.Lock()
    run_seed = state.seed * 1_000_003 + state.kills
    people = [clients.Client(n, installation.url, journal, twice, lock, run_seed) for n in range(CLIENTS)]
    threads = clients.start(people, stop)
    chance = random.Random(run_seed)  # noqa: S311
    try:
        with phase(f"{kills - state.kills} lần giết tiến trình"):
            while state.kills < kills:
                time.sleep(chance.uniform(*BETWEEN_SECONDS))
                _kill_one(installation, state, chance)
                state.twice_checked, state.twice_broken = twice.checked, twice.broken
                _remember(folder, state, installation)
        with phase("Làm nốt việc đang dở"):
            stop.set()
            last = time.monotonic() + FINISH_SECONDS
            for thread in threads:
                thread.join(max(1.0, last - time.monotonic()))
    finally:
        stop.set()
    return people


def _kill_one(installation: Installation, state: State, chance: random.Random) -> None:
    victim = killing.choose(chance, state.victims.get(Victim.POSTMASTER, 0))
    pid = killing.kill(installation, victim, chance)
    if not pid:
        return
    state.kills += 1
    state.victims = dict(Counter(state.victims) + Counter({victim.value: 1}))
    if victim is Victim.SUPERVISOR and installation.process:
        installation.process.wait()
        installation.launch()
    try:
        time.sleep(0.05)
        _wait_until_back(installation)
        state.came_back += 1
    except NotReady as fault:
        state.stayed_away.append(f"{victim.value}: {fault}")
        raise


def _wait_until_back(installation: Installation) -> None:
    """Ready again, whatever had to be started again; a supervisor that could not take the port is started anew."""
    last = time.monotonic() + COME_BACK_SECONDS
    while not installation.is_ready():
        if installation.process and installation.process.poll() is not None:
            installation.launch()
        if time.monotonic() > last:
            raise NotReady(f"not back after {COME_BACK_SECONDS:.0f} seconds")
        time.sleep(0.1)


def _settle(installation: Installation) -> None:
    """Let the sequencer and the followers catch up."""
    import psycopg

    last = time.monotonic() + SETTLE_SECONDS
    with psycopg.connect(installation.database_url(), autocommit=True) as connection:
        while time.monotonic() < last:
            waiting = connection.execute("SELECT count(*) FROM events_pending").fetchone()
            if waiting and not waiting[0]:
                return
            time.sleep(0.2)


def _state(folder: Path, seed: int) -> State:
    path = folder / "state.json"
    if path.exists():
        return State(**json.loads(path.read_text(encoding="utf-8")))
    return State(seed, free_port())


def _remember(folder: Path, state: State, installation: Installation) -> None:
    state.supervisor = installation.process.pid if installation.process else 0
    draft = folder / "state.json.draft"
    draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
    draft.replace(folder / "state.json")
