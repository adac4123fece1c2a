"""The counter's filled form laid aside while the officer corrects the applicant's record, then taken up again."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.core.crypto import WrongKey, open_bytes, seal_bytes

_ASIDE, _PURPOSE = "counter_form", "counter form laid aside"


@dataclass(frozen=True, slots=True)
class Aside:
    """What was typed, by field, and what the applicant's record said at that time."""

    typed: dict[str, list[str]]
    known: dict[str, Any]


def lay_aside(request: Any, typed: Mapping[str, list[str]], known: Mapping[str, Any]) -> None:
    """Keep the form of this page, sealed, in the officer's session."""
    text = json.dumps({"typed": typed, "known": known}, ensure_ascii=False)
    sealed = base64.b64encode(seal_bytes(text.encode(), _PURPOSE)).decode()
    request.session[_ASIDE] = {"path": request.path, "form": sealed}


def take_up(request: Any) -> Aside | None:
    """What was laid aside on this very page, given once."""
    kept = request.session.get(_ASIDE)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_ASIDE]
    try:
        return Aside(**json.loads(open_bytes(base64.b64decode(kept["form"]), _PURPOSE)))
    except (WrongKey, ValueError):
        return None
