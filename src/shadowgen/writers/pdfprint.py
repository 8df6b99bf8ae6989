"""Submission -> the PDF that a print shop takes: inks instead of screen colours, 3 mm of bleed, crop marks, no links.

PDF/X-4 (ISO 15930-7) with the profile of the printer's process, where the workspace has one. Without one, PDF/X-1a:2003 (ISO 15930-4), which may
name a printing condition of the ICC's registry in place of a profile: no CMYK profile that may be passed on freely is small enough to ship.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Submission
from shadowgen.pictures import in_inks
from shadowgen.writers.html import write_html
from shadowgen.writers.pdf import lay_out
from shadowgen.writers.pdftags import add_stream, array, dictionary, string
from shadowgen.writers.xmp import print_xmp

BLEED = 3 / 25.4 * 72
"""In points: how far a picture at the edge reaches over the trimmed page."""

# room around the page for the marks; WeasyPrint's own are transparent groups, which PDF/X-1a does not know
CSS = "@page { bleed: 10mm } a, a.external { color: inherit; text-decoration: none }"

CONDITION = ("FOGRA39", "Offset printing on coated paper, ISO 12647-2:2004/Amd 1, OFCOM, paper type 1 or 2")
"""A characterized printing condition of the ICC's registry, the usual one for offset in Europe."""

NO_DATE = "1980-01-01T00:00:00Z"
"""PDF/X asks for dates, and a file that is the same whenever it is built has none to give: this one says nothing."""

_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class Printing:
    """What the print shop asks for: its ICC profile (empty: none), and pages in sheets of four."""

    profile: bytes = b""
    fold: bool = False


def write_print_pdf(submission: Submission, locale: Locale, look: Look, printing: Printing) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the PDF for the print shop, or None and the reasons: those of `write_pdf`."""
    page = write_html(submission, locale, look, notes="page", css=CSS)
    page = _PICTURE.sub(lambda found: _for_print(found[1]), page)
    return lay_out(page, submission, "print.pdf", lambda document: _paint(document, submission, look, printing))


def _for_print(coded: str) -> str:
    kind, data = in_inks(base64.b64decode(coded))
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _paint(document: Any, submission: Submission, look: Look, printing: Printing) -> bytes:
    document.metadata.title = submission.meta.title
    blank = -len(document.pages) % 4 if printing.fold else 0
    if blank:
        document = document.copy([*document.pages, *_blank_pages(look, blank)])
    for page in document.pages:
        page.links = []  # annotations may not stand inside the bleed
    version = "1.6" if printing.profile else "1.4"
    with _inks():
        return document.write_pdf(
            pdf_identifier=True, pdf_version=version, finisher=lambda made, pdf: _finish(made, pdf, printing, submission.meta.language)
        )


def _blank_pages(look: Look, count: int) -> list[Any]:
    from weasyprint import HTML

    css = f"{look.custom_properties()} @page {{ size: var(--paper) }} div + div {{ break-before: page }} {CSS}"
    return list(HTML(string=f"<style>{css}</style>{'<div></div>' * count}").render().pages)


@contextmanager
def _inks() -> Iterator[None]:
    """Let WeasyPrint paint in inks: every colour becomes CMYK, greys and black the black ink alone."""
    from weasyprint.pdf.stream import Stream

    stock = Stream.set_alpha
    strength = {False: 1.0, True: 1.0}

    def set_alpha(stream: Any, alpha: float, stroke: bool = False, fill: bool | None = None) -> None:
        strength[stroke] = alpha or 1.0
        stock(stream, 1 if alpha else 0, stroke, fill)

    def set_color_rgb(stream: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:
        stream.set_color_space("DeviceCMYK", stroke)
        # half transparent on white paper is half the ink: PDF/X-1a knows no transparency
        stream.set_color_special(None, stroke, *(round(ink * strength[stroke], 4) for ink in inks(red, green, blue)))

    Stream.set_color_rgb, Stream.set_alpha = set_color_rgb, set_alpha
    try:
        yield
    finally:
        Stream.set_alpha = stock
        del Stream.set_color_rgb  # pydyf's own is behind it


def inks(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    """Return cyan, magenta, yellow and black (0 to 1) for a colour of the screen; what the three share is black ink."""
    black = 1 - max(red, green, blue)
    return (*(round(1 - part - black, 4) for part in (red, green, blue)), round(black, 4))


def _finish(document: Any, pdf: Any, printing: Printing, language: str) -> None:
    """Say what PDF/X asks for: boxes, the condition that is printed for, dates, no trapping."""
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("Type") == "/Page":
            left, bottom, right, top = thing["TrimBox"]
            thing["BleedBox"] = array([left - BLEED, bottom - BLEED, right + BLEED, top + BLEED])
            pdf.objects[int(thing["Contents"].split()[0])].stream.append(_crop_marks(left, bottom, right, top))
        elif isinstance(thing, dict) and "lab-d50" in thing:
            thing.clear()  # colour spaces that nothing here uses
    claim = "PDF/X-4" if printing.profile else "PDF/X-1a:2003"
    pdf.catalog["OutputIntents"] = array([_intent(pdf, printing.profile)])
    pdf.catalog["PageLabels"] = dictionary(Nums=array([0, dictionary(S="/D")]))
    pdf.info["Trapped"] = "/False"
    for key in ("CreationDate", "ModDate"):
        pdf.info[key] = string("D:" + re.sub(r"\D", "", NO_DATE) + "Z")
    if not printing.profile:
        pdf.info["GTS_PDFXVersion"] = string(claim)
    painted = b"".join(thing.data for thing in pdf.objects[1:])
    id = md5(painted, usedforsecurity=False).hexdigest()
    xmp = print_xmp(document.metadata.title, language, pdf.info["Producer"].string, claim, NO_DATE, id)
    pdf.catalog["Metadata"] = add_stream(pdf, xmp, Type="/Metadata", Subtype="/XML")


def _crop_marks(left: float, bottom: float, right: float, top: float) -> bytes:
    """Return the drawing of two lines at each corner of the trimmed page, in black ink, outside the bleed."""
    near, far = BLEED + 3, BLEED + 17
    lines = []
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            lines.append(f"{x + outwards * near:.2f} {y:.2f} m {x + outwards * far:.2f} {y:.2f} l S")
            lines.append(f"{x:.2f} {y + upwards * near:.2f} m {x:.2f} {y + upwards * far:.2f} l S")
    return f"q 0 0 0 1 K 0.25 w {' '.join(lines)} Q".encode()


def _intent(pdf: Any, profile: bytes) -> Any:
    """Return the output intent: the printer's profile, or a condition of the registry by its name."""
    if profile:
        name = string("Custom")
        made = add_stream(pdf, profile, N=4)
        return dictionary(
            Type="/OutputIntent",
            S="/GTS_PDFX",
            OutputConditionIdentifier=name,
            Info=string("The profile of the workspace"),
            DestOutputProfile=made,
        )
    name, words = CONDITION
    return dictionary(
        Type="/OutputIntent", S="/GTS_PDFX", OutputConditionIdentifier=string(name), OutputCondition=string(words),
        RegistryName=string("http://www.color.org"), Info=string(words),
    )  # fmt: skip
