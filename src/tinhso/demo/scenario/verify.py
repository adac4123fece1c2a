"""What a stranger does with a paper: sends it to /xac-minh and reads what the page says."""

from dataclasses import dataclass

from tinhso.demo.scenario.browser import Browser, Upload
from tinhso.demo.scenario.citizen import Downloaded


@dataclass(frozen=True, slots=True)
class Verdict:
    """`said`: the page's first words. `code`: the dossier that the register says the paper answers. `signed`: by whom,
    of the signatures that hold. `genuine`: the page calls the file whole and real."""

    said: str
    code: str
    signed: tuple[str, ...]
    genuine: bool


def verify(browser: Browser, paper: Downloaded) -> Verdict:
    browser.open("/xac-minh")
    form = browser.form(field="tep")
    form.attach("tep", Upload(paper.name, paper.data))
    page = browser.submit(form)
    main = page.root.first("main") or page.root
    notice = main.first(where=lambda node: "ts-notice" in node.classes)
    steps = main.all("li", where=lambda node: node.get("data-state") == "done")
    said = notice.text.partition(": ")[2] if notice else page.title
    code = page.fact("Trả lời hồ sơ").partition(",")[0].strip()
    return Verdict(said, code, tuple(step.text for step in steps), "Giấy thật" in said)
