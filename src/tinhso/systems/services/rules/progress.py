"""How far a draft is: which pages are done, which papers are there, what is next. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tinhso.foundation.cases.release import Custody, Paper, Release
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.filling import shown_pages, visible_answers
from tinhso.foundation.forms.rules.form import Page

MOST_FILES = 10
"""Files for one paper: more is a wrong drawer."""


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper of this dossier and how many files are there; `needed`: it cannot be filed without one.

    A paper that is only shown (xuất trình) is not asked for online: the counter sees it at reception.
    """

    paper: Paper
    files: int

    @property
    def needed(self) -> bool:
        return self.paper.required and self.paper.custody is Custody.KEEP

    @property
    def done(self) -> bool:
        return self.files > 0 or not self.needed


@dataclass(frozen=True, slots=True)
class Progress:
    """`todo` are the pages still to answer, in order."""

    pages: tuple[Page, ...]
    todo: tuple[Page, ...]
    papers: tuple[PaperNeed, ...]
    return_chosen: bool

    @property
    def papers_done(self) -> bool:
        return all(need.done for need in self.papers)

    @property
    def ready(self) -> bool:
        return not self.todo and self.papers_done and self.return_chosen


def progress(
    release: Release, answers: Answers, seen: Collection[str], files: Mapping[str, int], return_chosen: bool
) -> Progress:
    """Where a draft stands. A page is done when it was sent once and no required answer is missing."""
    pages = shown_pages(release.form, answers)
    todo = tuple(page for page in pages if page.key not in seen or _lacks(page, answers))
    return Progress(pages, todo, papers_needed(release, answers, files), return_chosen)


def papers_needed(release: Release, answers: Answers, files: Mapping[str, int]) -> tuple[PaperNeed, ...]:
    """The papers that these answers ask for, without those the form itself makes."""
    said = visible_answers(release.form, answers)
    wanted = release.papers_for(release.case_for(said), said)
    return tuple(PaperNeed(paper, files.get(paper.key, 0)) for paper in wanted if not paper.declaration)


def _lacks(page: Page, answers: Answers) -> bool:
    return any(question.required and answers.get(question.key) is None for question in page.questions)
