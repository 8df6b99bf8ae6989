"""Workspaces for tests: a small rich example, and short ways to load, compose and build one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from shadowgen.build import Built, Job, build
from shadowgen.compose import Composition, compose
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.workspace import Workspace

Files = dict[str, str | bytes]


def picture(form: str = "PNG", *, comment: str = "", name: str = "") -> bytes:
    """Return a picture of 12 by 8 pixels; `comment` and the author's `name` stand in its metadata."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    image, out = Image.new("RGB", (12, 8), (30, 90, 150)), io.BytesIO()
    facts = Image.Exif()
    if name:
        facts[0x010E], facts[0x013B] = name, name  # description, artist
    if form == "JPEG":
        image.save(out, "JPEG", comment=comment, exif=facts)
    else:
        info = PngInfo()
        info.add_text("Comment", comment)
        image.save(out, "PNG", pnginfo=info, exif=facts)
    return out.getvalue()


ENTRY_BANS = """\
title: Entry bans against reporters
articles: ["ICCPR 19(3)", "ICCPR 12"]
responds_to: [{document: ccpr-c-kaz-co-1, paragraphs: [press]}]
status: final
audience: public
verified: 2016-04-30
review_by: 2099-01-01
themes: [media]
priority: 2
order: 20
body: |
  In {{period}} three reporters were "turned back" at the border [@adil-soz, p. 14]. The law is silent
  on this [@criminal-code, art. 174; see also @co-1, para. 25].

  Nobody gave a reason.^[The ministry did not answer a letter of 3 March; see [@adil-soz, p. 15].] See [#blocked] and [#torture].{#reasons}

  - one reporter was told to come back;
  - the others were not.

  ## Figures

  Table: Entries refused [@adil-soz, annex 2] {#refusals}

  | Year | Refusals |
  | ---- | -------: |
  | 2014 | 3 [@interview-7] |
  | 2015 | 11 |

  ![A bar chart of refusals](refusals.png "Refusals by year [@co-1]")

  [The name of the officer is known.]{internal} The border service [is led by a former officer and]{committee} answers to nobody.
asks:
  - publish the criteria for accreditation [@gc-34, para. 44];
  - give reasons for every refusal.
"""

ENTRY_BANS_RU = """\
title: Запреты на въезд для журналистов
translated: 2016-05-10
body: |
  За {{period}} трёх журналистов "развернули" на границе [@adil-soz, p. 14].

  Никто не назвал причину.{#reasons}

  Table: Отказы {#refusals}

  | Год | Отказы |
  | --- | -----: |
  | 2015 | 11 |
asks:
  - опубликовать критерии аккредитации.
"""

BLOCKED = """\
title: Blocking of sites
articles: ["ICCPR 19(2)"]
status: final
audience: public
themes: [media]
priority: 4
order: 10
body: |
  Courts blocked 125 sites in closed hearings [@adil-soz, p. 20].

  ::: case A site that nobody may read {#site-case}
  The site *Respublika* was closed [@news-1].
  :::

  > Freedom of expression is indispensable.
  >
  > -- Human Rights Committee [@gc-34, para. 2]
"""

TORTURE = """\
title: Complaints of torture
articles: ["ICCPR 7"]
status: final
audience: public
themes: [torture]
priority: 1
body: |
  Complaints are examined by the police itself [@co-1, para. 14]. See [#refusals] and [#reasons, paras].
asks_lead: The authors ask the State party
asks:
  - to create an independent body.
"""

PRESS = """\
title: Press freedom after the concluding observations
articles: ["ICCPR 19"]
responds_to: [{document: ccpr-c-kaz-co-1, paragraphs: [press]}]
status: final
audience: public
priority: 3
grade: C2
body: |
  The recommendation has not been implemented: see [#entry-bans].
asks:
  - decriminalize defamation.
"""

INTRODUCTION = """\
title: Introduction
status: final
audience: public
priority: 1
body: |
  This report was written by a coalition.
"""

SOURCES = """\
adil-soz:
  type: ngo-report
  author: Adil Soz
  title: Freedom of Expression in Kazakhstan
  short: Adil Soz report
  date: 2015-03
  place: Almaty
criminal-code:
  type: legislation
  title: {en: Criminal Code, ru: Уголовный кодекс}
  date: 2014-07-03
  number: 226-V
co-1:
  type: un-document
  symbol: CCPR/C/KAZ/CO/1
gc-34:
  type: general-comment
  number: "34"
  date: "2011"
news-1:
  type: news
  title: A site is closed
  outlet: The Herald
  date: 2012-12-25
  url: https://example.org/a?b=1&c=2
interview-7:
  type: confidential-interview
  code: K-7
  date: 2016-02
  description: a border guard
  audience: public
"""

CONTRIBUTORS = """\
adil-soz:
  type: organisation
  name: {en: Adil Soz, ru: Адил соз}
  city: Almaty
  about: It defends freedom of speech.
  audience: public
bureau:
  type: organisation
  name: Bureau for Human Rights
  audience: public
aliya:
  type: person
  name: Aliya Example
  role: lawyer
  consent: name
  audience: public
coalition:
  type: coalition
  name: Coalition of Three
  members: [adil-soz, bureau, aliya]
  audience: public
"""

COMMITMENTS = """\
title: Concluding observations on the initial report of Kazakhstan
short: concluding observations of 2011
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/1
source: co-1
date: 2011-07-26
paragraphs:
  - id: press
    number: "25"
    title: Freedom of the press
    articles: ["ICCPR 19"]
    summary: The State party should protect the press.
    committee_grade: B2
  - id: prisons
    number: "17"
    title: Prisons
    summary: Nobody answers this one.
"""

REPORT = """\
title: {en: Implementation of the Covenant, ru: Выполнение Пакта}
short_title: Alternative report
template: shadow-report
profile: open
languages: [en, ru]
audience: public
country: {en: Kazakhstan, ru: Казахстан}
session: 117th session
date: 2016-06
place: Almaty
submitted_by: [coalition]
commitments: [ccpr-c-kaz-co-1]
front: [introduction]
sections:
  - recommendations/ccpr-c-kaz-co-1/*
  - articles/iccpr/*
themes:
  - {theme: media, title: Media}
  - {theme: torture, title: Torture}
variables: {period: {en: the period under review, ru: отчётный период}}
addressee: [To the President]
salutation: Dear Mr. President,
signatories: [coalition]
"""

EXAMPLE: Mapping[str, str | bytes] = {
    "sections/articles/iccpr/19/entry-bans.yaml": ENTRY_BANS,
    "sections/articles/iccpr/19/entry-bans.ru.yaml": ENTRY_BANS_RU,
    "sections/articles/iccpr/19/refusals.png": picture(),
    "sections/articles/iccpr/19/blocked.yaml": BLOCKED,
    "sections/articles/iccpr/7/torture.yaml": TORTURE,
    "sections/recommendations/ccpr-c-kaz-co-1/press-freedom.yaml": PRESS,
    "sections/matter/introduction.yaml": INTRODUCTION,
    "sections/sources/all.yaml": SOURCES,
    "sections/contributors/all.yaml": CONTRIBUTORS,
    "sections/commitments/ccpr-c-kaz-co-1.yaml": COMMITMENTS,
    "submissions/report.yaml": REPORT,
}


def example(**changes: str | bytes | None) -> Files:
    """Return the files of the example; a change is named by its file, such as `entry_bans` or `report`, and None drops the file."""
    files = dict(EXAMPLE)
    for name, text in changes.items():
        path = next(path for path in EXAMPLE if Path(path).name == f"{name.replace('_', '-')}.yaml")
        files[path] = text or ""
        if text is None:
            del files[path]
    return files


def finding(body: str, **fields: str) -> str:
    """Return a section file; `fields` stand as they are written in YAML."""
    values = {"title": "A finding", "articles": '["ICCPR 19"]', "status": "final", "audience": "public"} | fields
    rows = [f"{name}: {value}" for name, value in values.items()]
    return "\n".join([*rows, "body: |", *(f"  {line}".rstrip() for line in body.split("\n"))]) + "\n"


def submission(**fields: str) -> str:
    """Return a submission file with the least that it needs; `fields` stand as they are written in YAML."""
    values = {
        "title": "A report", "template": "shadow-report", "languages": "[en]", "country": "Kazakhstan", "date": "2016", "sections": "[articles/*]",
    } | fields  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in values.items())


def make_workspace(root: Path, files: Mapping[str, str | bytes]) -> Workspace:
    """Write files under `root`, with the two folders that make it a workspace."""
    for folder in ("sections", "submissions"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Workspace(root)


def load(root: Path, files: Mapping[str, str | bytes]) -> Library:
    """Return the library of a workspace whose files must be without errors."""
    library, problems = load_library(make_workspace(root, files))
    assert [str(problem) for problem in problems if problem.is_error] == []
    return library


def put_together(
    root: Path, files: Mapping[str, str | bytes], *, name: str = "report", language: str = "en", audience: str = "public"
) -> tuple[Composition, list[Diagnostic]]:
    """Compose one submission of a workspace; every part that it names must exist."""
    library = load(root, files)
    composition, problems = compose(library, library.plans[name], language, audience)
    assert composition is not None, problems
    return composition, problems


def build_all(
    root: Path, files: Mapping[str, str | bytes], *, formats: tuple[str, ...] = ("docx", "html"), **job: object
) -> tuple[list[Built], list[Diagnostic]]:
    """Write the files and build the submission `report`; returns what `build` returns."""
    library = load(root, files)
    return build(library, library.plans["report"], Job(formats=formats, **job))  # type: ignore[arg-type]


def codes(problems: list[Diagnostic]) -> list[str]:
    """Return the names of the rules that problems break, in their order."""
    return [problem.rule.name for problem in problems]
