"""What the tags share: rendering a part, writing attributes."""

from typing import Any

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def part(template: str, /, **context: Any) -> SafeString:
    """`web/parts/<template>.html` with only what is given."""
    return render_to_string(f"web/parts/{template}.html", context)


def attributes(given: dict[str, Any]) -> SafeString:
    """HTML attributes from keyword arguments: `hx_get="/x"` as `hx-get="/x"`.

    True stands alone; None, False and empty text fall away.
    """
    return flatatt({key.replace("_", "-"): value for key, value in given.items() if value is not None and value != ""})
