"""What the sample dossiers of the shipped releases know of the demo's people."""

from typing import Any

from tinhso.demo.province import load_province


def citizen_fact(key: str, field: str) -> Any:
    """A fact of the demo citizen `key`, as a form's answer. Raises KeyError."""
    person = next(person for person in load_province().citizens if person.key == key)
    return {
        "full_name": person.name,
        "birth_date": person.born.isoformat(),
        "sex": {"male": "nam", "female": "nu"}[person.sex],
        "personal_number": person.personal_number,
        "phone": person.phone,
        "email": person.email,
        "commune": person.commune_key,
        "residence": {"commune": person.commune_key, "detail": person.detail},
    }[field]
