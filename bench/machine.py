"""On what a figure was measured."""

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("django", "granian", "psycopg", "pyhanko", "cryptography", "typst")


def machine() -> dict[str, Any]:
    """Cores this process may use, the processor's name, memory in GB."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _first(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo")) or platform.processor(),
        "memory_gb": round(int(_first(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo")) or 0) / 1024**2, 1),
        "system": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    from tinhso.core.database.engine import get_engine

    engine = get_engine(os.environ)
    return {
        "tinhso": version_of_code(),
        "python": platform.python_version(),
        "postgres": engine.run("postgres", "--version").stdout.strip(),
        "openssl": _output("openssl", "version"),
        **{name: version(name) for name in PACKAGES},
    }


def version_of_code() -> str:
    """The commit measured, where the clone knows it."""
    root = Path(__file__).resolve().parents[1]
    return _output("git", "-C", str(root), "rev-parse", "--short", "HEAD") or "chưa có bản ghi"


def _first(pattern: str, path: Path) -> str:
    try:
        found = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return found[1].strip() if found else ""


def _output(*command: str) -> str:
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""
