"""A paper that was signed and sealed here may be handed in as a paper of another dossier."""

from tinhso.foundation.files.rules import Accepted, inspect
from tinhso.foundation.signing.tests.conftest import Chain


def test_our_own_papers_are_taken_at_every_step(chain: Chain) -> None:
    for pdf in (chain.draft.pdf, chain.prepared, chain.signed, chain.sealed):
        found = inspect(pdf)
        assert isinstance(found, Accepted)
        assert found.data == pdf
