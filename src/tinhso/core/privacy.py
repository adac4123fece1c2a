"""How private each field is, declared once beside the field; masking, export and erasure derive from it."""

from enum import StrEnum


class Class(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Privacy:
    """The declaration of one model: space-separated field names per class.

    Classes follow Law 91/2025/QH15 and Decree 356/2025 (basic and sensitive personal data).
    Raises ValueError when a field is named twice.
    """

    def __init__(self, *, public: str = "", internal: str = "", personal: str = "", sensitive: str = "") -> None:
        self.classes: dict[str, Class] = {}
        for kind, names in zip(Class, (public, internal, personal, sensitive), strict=True):
            for name in names.split():
                if name in self.classes:
                    raise ValueError(f"{name} is declared twice")
                self.classes[name] = kind

    def fields(self, *kinds: Class) -> tuple[str, ...]:
        return tuple(name for name, kind in self.classes.items() if kind in kinds)
