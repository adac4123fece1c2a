"""The e-mail carrier: an SMTP server, or a folder of .eml files."""

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tinhso.core.settings import current

TIMEOUT = 20


def send_mail(payload: dict[str, Any]) -> None:
    """Send one letter: `to`, `subject`, `body`, `id`. Raises OSError or smtplib.SMTPException to be tried again."""
    settings = current()
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, payload["to"], payload["subject"]
    letter["Message-ID"] = make_msgid(payload["id"], domain="tinhso")
    letter.set_content(payload["body"])
    target = urlsplit(settings.mail_url)
    if target.scheme == "file":
        folder = Path(unquote(target.path))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{payload['id']}.eml").write_bytes(letter.as_bytes())
        return
    carrier = smtplib.SMTP_SSL if target.scheme == "smtps" else smtplib.SMTP
    with carrier(target.hostname or "localhost", target.port or 25, timeout=TIMEOUT) as server:
        if target.username:
            server.login(unquote(target.username), unquote(target.password or ""))
        server.send_message(letter)
