"""Tests of the program's own structure: the promises of docs/architecture.md that a reader cannot see by eye."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tinhso.core.privacy import Class

SRC = Path(__file__).parent.parent / "src" / "tinhso"
ROOMS = [
    room for floor in ("foundation", "systems", "faces") for room in sorted((SRC / floor).iterdir()) if room.is_dir()
]
ROOMS = [room for room in ROOMS if (room / "apps.py").exists()]

FOREIGN = {
    "auth.permission": "codename content_type id name",
    "auth.group": "id name permissions",
    "contenttypes.contenttype": "app_label id model",
    "sessions.session": "expire_date session_data session_key",
}
"""Fields of models that are not ours; procrastinate's hold job arguments, which name ids only."""


def own_models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("tinhso.")]


def test_every_field_of_every_model_says_how_private_it_is() -> None:
    faults = []
    for model in own_models():
        declared = set(model.privacy.classes)
        fields = {f.name for f in model._meta.concrete_fields if f.name != "pk" or not hasattr(f, "field_names")}
        fields -= {"pk"}
        if declared != fields:
            faults.append(f"{model._meta.label}: missing {fields - declared}, unknown {declared - fields}")
    assert not faults, "\n".join(faults)


def test_models_that_are_not_ours_have_only_the_fields_that_were_looked_at() -> None:
    for model in apps.get_models():
        if model.__module__.startswith(("tinhso.", "procrastinate.")):
            continue
        assert set(FOREIGN[model._meta.label_lower].split()) == {
            f.name for f in model._meta.get_fields() if not f.auto_created or f.concrete
        }


def test_sensitive_text_is_sealed() -> None:
    from tinhso.core.fields import EncryptedJSONField, EncryptedTextField

    sealed = (EncryptedTextField, EncryptedJSONField)
    hashed = {"identity.Account.password", "identity.Party.number_lookup", "signing.SigningKey.p12"}
    for model in own_models():
        for name in model.privacy.fields(Class.SENSITIVE):
            field = model._meta.get_field(name)
            assert isinstance(field, sealed) or f"{model._meta.label}.{name}" in hashed, f"{model._meta.label}.{name}"


def test_the_database_keeps_every_choice() -> None:
    from tinhso.core.database.choices import check_name

    faults = []
    for model in own_models():
        checks = {constraint.name for constraint in model._meta.constraints}
        chosen = [field for field in model._meta.local_fields if field.choices]
        faults += [check_name(field) for field in chosen if check_name(field) not in checks]
    assert faults == []


def test_labels_are_folder_names_and_unique() -> None:
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("tinhso.")]
    assert len(labels) == len(set(labels))
    for config in apps.get_app_configs():
        if config.name.startswith("tinhso."):
            assert config.label == config.name.rpartition(".")[2]


def test_packages_say_nothing_in_their_init() -> None:
    assert [str(path) for path in SRC.rglob("__init__.py") if path.read_text(encoding="utf-8").strip()] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_has_a_readme_and_tests(room: Path) -> None:
    assert (room / "README.md").exists()
    assert list((room / "tests").glob("test_*.py"))


def test_systems_know_each_other_only_by_public() -> None:
    """A system's tests may set their scene with another's; what runs may not."""
    faults = []
    for path in (SRC / "systems").rglob("*.py"):
        own, *below = path.relative_to(SRC / "systems").parts
        if "tests" in below:
            continue
        source = path.read_text(encoding="utf-8")
        for found in re.finditer(r"tinhso\.systems\.(\w+)\.?(\w*)", source):
            public = found[2] == "public" or source[found.end() :].startswith(" import public")
            if found[1] != own and not public:
                faults.append(f"{path.relative_to(SRC)}: {found[0]}")
    assert not faults, "\n".join(faults)


def test_no_circle_of_systems_knows_each_other() -> None:
    """A system that uses another by its public is not used back by it, not even through a third."""
    uses: dict[str, set[str]] = {}
    for path in (SRC / "systems").rglob("*.py"):
        parts = path.relative_to(SRC / "systems").parts
        if "tests" not in parts:
            found = re.findall(r"tinhso\.systems\.(\w+)", path.read_text(encoding="utf-8"))
            uses.setdefault(parts[0], set()).update(name for name in found if name != parts[0])
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_templates_reach_only_downwards() -> None:
    floors = ["core", "foundation", "systems", "faces", "demo"]
    homes = {}
    for path in SRC.rglob("templates/**/*"):
        if path.is_file():
            relative = path.relative_to(SRC)
            at = relative.parts.index("templates")
            homes["/".join(relative.parts[at + 1 :])] = relative
    faults = []
    pattern = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
    for relative in homes.values():
        source = (SRC / relative).read_text(encoding="utf-8")
        for target in pattern.findall(source):
            if target not in homes:
                faults.append(f"{relative}: {target} does not exist")
            elif floors.index(homes[target].parts[0]) > floors.index(relative.parts[0]):
                faults.append(f"{relative}: {target} lies above")
            elif (
                homes[target].parts[0] == relative.parts[0] == "systems" and homes[target].parts[1] != relative.parts[1]
            ):
                faults.append(f"{relative}: {target} is another system's")
    assert not faults, "\n".join(faults)


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def test_every_route_declares_who_may_come() -> None:
    undeclared = [
        route for route, view in routes() if getattr(view, "permission", None) not in {"public", "citizen", "officer"}
    ]
    assert undeclared == []


def test_no_template_has_inline_script_or_style() -> None:
    faults = []
    for path in SRC.rglob("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=\"|\sstyle=\"|<style", source):
            faults.append(str(path.relative_to(SRC)))
    assert faults == []


def test_the_application_cannot_change_what_is_written_for_ever(fresh_database: str) -> None:
    from django.db import connection

    tables = [model._meta.db_table for model in own_models() if getattr(model, "insert_only", False)]
    assert len(tables) > 10
    with connection.cursor() as cursor:
        for table in tables:
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
                assert cursor.fetchone() == (False,), f"{right} on {table}"
