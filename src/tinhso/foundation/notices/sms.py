"""The SMS carrier. An operator's gateway is reached through `TINHSO_SMS_URL`; today only a folder (`file://`) is known.

The protocol of a provincial SMS gateway was not to be had; a carrier for it takes the place of `send_sms`.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tinhso.core.settings import current


def send_sms(payload: dict[str, Any]) -> None:
    """Send one short message: `to`, `body`, `id`. Raises OSError to be tried again."""
    folder = Path(unquote(urlsplit(current().sms_url).path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{payload['id']}.json").write_text(json.dumps(payload, ensure_ascii=False), encoding="utf-8")
