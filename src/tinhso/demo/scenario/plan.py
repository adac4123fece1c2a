"""Which dossiers the story files: every sample as it is written, and the first one again by each further channel."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tinhso.demo.samples import citizen_fact
from tinhso.systems.services.releases.loading import Sample, load_release, load_samples, release_codes

GATEWAYS = ("card", "transfer")


def planned(today: date, only: str = "") -> Iterator[Sample]:
    """The samples to file, procedure by procedure, so that each channel of each procedure is used."""
    for code in release_codes():
        if only in ("", code):
            yield from channels_of(code, list(load_samples(code, today, citizen_fact)))


def channels_of(code: str, samples: list[Sample]) -> Iterator[Sample]:
    yield from samples
    used = {sample.channel for sample in samples}
    for channel in load_release(code).channels:
        if channel.value not in used:
            yield replace(samples[0], channel=channel.value, key=f"{samples[0].key}-{channel.value}")
