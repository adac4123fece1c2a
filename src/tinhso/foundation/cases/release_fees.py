"""What a release's fees mean to the fee rules of payments: tariffs, benefits, pages and copies from the answers."""

from typing import Literal

from tinhso.foundation.cases.release import Exemption, FeeLine, FeeRule, Per, Release, Variant
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.filling import shown_pages
from tinhso.foundation.payments.rules import fees as payments
from tinhso.foundation.payments.rules.law import Basis


def fees_of(release: Release, case: Variant, answers: Answers) -> tuple[payments.Fee, ...]:
    """The fees of a dossier as `payments.rules.fees.assess` takes them."""
    return tuple(_fee(release, line) for line in release.fees_for(case, answers))


def items_of(release: Release, case: Variant, answers: Answers) -> tuple[payments.Item, ...]:
    """Pages and copies of each original, from the answers; one page once when nothing is counted."""
    counted = [pair for line in release.fees_for(case, answers) for pair in line.counted]
    items = (payments.Item(answers.get(c.pages, 1), answers[c.copies]) for c in counted if answers.get(c.copies))
    return tuple(items) or (payments.Item(),)


def still_to_count(release: Release, case: Variant, answers: Answers) -> tuple[str, ...]:
    """The questions shown, and not answered yet, by which a fee is counted: until then nobody knows what is to pay."""
    asked = {question.key for page in shown_pages(release.form, answers) for question in page.questions}
    counted = [pair for line in release.fees_for(case, answers) for pair in line.counted]
    keys = [key for pair in counted for key in (pair.pages, pair.copies)]
    return tuple(key for key in keys if key in asked and answers.get(key) is None)


def traits_of(release: Release, case: Variant, answers: Answers) -> frozenset[str]:
    """The exemption classes that the answers claim; the counter checks the proof."""
    lines = release.fees_for(case, answers)
    return frozenset(e.key for line in lines for e in line.exemptions if e.when.holds(answers))


def _fee(release: Release, line: FeeLine) -> payments.Fee:
    basis = Basis(release.legal_text(line.basis, line.article), line.mark, line.valid_from, line.valid_to)
    benefits = [_exemption(release, exemption) for exemption in line.exemptions]
    if line.online_amount is not None or line.online_discount:
        benefits.append(_online(line, basis))
    return payments.Fee(line.key, line.name, line.kind, _tariff(line), basis, tuple(benefits))


def _tariff(line: FeeLine) -> payments.Tariff:
    match line.rule:
        case FeeRule.TIERS:
            return payments.Tiered(tuple(payments.Tier(t.from_page, t.amount) for t in line.tiers), line.cap)
        case FeeRule.COUNCIL:
            return payments.CouncilSet(line.table, _per(line))
        case FeeRule.FIXED | FeeRule.FREE:
            return payments.Fixed(line.amount, _per(line))


def _per(line: FeeLine) -> Literal["case", "copy"]:
    return "copy" if line.per is Per.COPY else "case"


def _online(line: FeeLine, basis: Basis) -> payments.Benefit:
    instead = None if line.online_amount is None else payments.Fixed(line.online_amount, _per(line))
    return payments.Benefit(
        key=f"{line.key}.online",
        name="Nộp trực tuyến",
        kind=payments.BenefitKind.ONLINE,
        basis=basis,
        percent_off=line.online_discount or 100,
        instead=instead,
        channels=frozenset({payments.Channel.ONLINE}),
    )


def _exemption(release: Release, exemption: Exemption) -> payments.Benefit:
    return payments.Benefit(
        key=exemption.key,
        name=exemption.name,
        kind=payments.BenefitKind.EXEMPTION,
        basis=Basis(release.legal_text(exemption.basis, exemption.article), exemption.mark),
        percent_off=exemption.percent,
        needs=frozenset({exemption.key}),
    )
