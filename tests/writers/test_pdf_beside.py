"""The PDFs that stand beside the others: for the print shop, and as a draft. Read with pikepdf and poppler."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from finished import WORKSPACES
from pdfstructure import read_structure
from readers import poppler_pages
from support import codes, finding, make_workspace, submission

from shadowgen.build import Job, build
from shadowgen.cli import main
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.workspace import Workspace

pytestmark = pytest.mark.slow

MM = 72 / 25.4


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every construct, plain, for print and as a draft, in Russian with English passages."""
    import shutil

    root = tmp_path_factory.mktemp("beside")
    for folder in ("sections", "submissions"):
        shutil.copytree(WORKSPACES["everything"] / folder, root / folder)
    library = load(root)
    done, problems = build(library, library.plans["whole-report"], Job(("pdf",), language="ru", beside=("print", "draft"), fold=True))
    assert [str(one) for one in problems if one.is_error] == []
    names = [Path(name).name for name in done[0].files]
    assert names == ["whole-report.ru.pdf", "whole-report.ru.print.pdf", "whole-report.ru.draft.pdf"]
    return root / "output" / "whole-report"


def load(root: Path) -> Library:
    return load_library(Workspace(root))[0]


@pytest.fixture
def printed(built: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(built / "whole-report.ru.print.pdf") as pdf:
        yield pdf


# ---------------------------------------------------------------- for the print shop


def test_pages_have_bleed_and_room_for_marks(printed: pikepdf.Pdf) -> None:
    for page in printed.pages:
        trim, bleed, media = ([float(edge) for edge in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert sorted([trim[2] - trim[0], trim[3] - trim[1]]) == pytest.approx([210 * MM, 297 * MM], abs=0.01)  # upright or across
        assert [abs(a - b) for a, b in zip(trim, bleed, strict=True)] == pytest.approx([3 * MM] * 4, abs=0.01)
        assert [abs(a - b) for a, b in zip(trim, media, strict=True)] == pytest.approx([10 * MM] * 4, abs=0.01)
        marks = [step[0] for step in pikepdf.parse_content_stream(page)][-34:]
        ends = [tuple(map(float, step)) for step in marks if len(step) == 2]
        assert len(ends) == 16
        for x, y in ends:  # eight lines, none of them inside the bleed, all of them on the sheet
            assert not (bleed[0] <= x <= bleed[2] and bleed[1] <= y <= bleed[3])
            assert media[0] <= x <= media[2] and media[1] <= y <= media[3]


def test_everything_is_painted_in_inks_and_words_in_black_alone(printed: pikepdf.Pdf) -> None:
    inks = set()
    for page in printed.pages:
        colour: tuple[float, ...] = ()
        size = 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "cs" | "CS":
                    assert str(operands[0]) == "/DeviceCMYK"
                case "rg" | "RG" | "g" | "G" | "sh":
                    raise AssertionError(f"a colour that is no ink: {operator}")
                case "scn" | "k":
                    colour = tuple(float(part) for part in operands)
                case "Tf":
                    size = float(operands[1])
                case "TJ":
                    inks.add(colour)
                    assert colour[:3] == (0, 0, 0) or size > 20  # the figure of a highlight is blue, a link is not
    inks.discard((0.4784, 0.2392, 0, 0.4))
    # the text, the headings (1A1A1A), the running head (7F7F7F), and nothing else
    assert inks == {(0, 0, 0, 1), (0, 0, 0, 0.898), (0, 0, 0, 0.502)}
    pictures = [thing for thing in printed.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"]
    assert [str(one.ColorSpace) for one in pictures] == ["/DeviceCMYK"]


def test_it_is_a_pdf_x_1a(printed: pikepdf.Pdf) -> None:
    [intent] = printed.Root.OutputIntents
    assert (intent.S, intent.OutputConditionIdentifier, intent.RegistryName) == ("/GTS_PDFX", "FOGRA39", "http://www.color.org")
    assert printed.docinfo.GTS_PDFXVersion == "PDF/X-1a:2003" and printed.docinfo.Trapped == "/False" and printed.pdf_version == "1.4"
    things = [thing for thing in printed.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
    assert all(
        float(thing.get(key, 1)) == 1 for page in printed.pages for thing in page.Resources.ExtGState.values() for key in ("/ca", "/CA")
    )
    assert not any("/SMask" in thing or "/Group" in thing or "/N" in thing for thing in things)  # transparency, an ICC profile
    assert not any("/Annots" in page for page in printed.pages)
    fonts = [thing for thing in things if thing.get("/Type") == "/FontDescriptor"]
    assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_it_has_the_same_pages_and_outline_filled_up_to_four(built: Path, printed: pikepdf.Pdf) -> None:
    plain = poppler_pages(built / "whole-report.ru.pdf")
    pages = poppler_pages(built / "whole-report.ru.print.pdf")
    assert pages[: len(plain)] == [page.replace("\u00ad", "\u2010") for page in plain]
    assert len(pages) % 4 == 0 and len(pages) - len(plain) < 4 and "".join(pages[len(plain) :]).strip() == ""
    with pikepdf.open(built / "whole-report.ru.pdf") as other, printed.open_outline() as mine, other.open_outline() as theirs:
        assert [item.title for item in mine.root] == [item.title for item in theirs.root] != []


def workspace(root: Path, profile: bytes | None = None) -> Library:
    files: dict[str, str | bytes] = {"sections/articles/iccpr/19/one.yaml": finding("Words."), "submissions/report.yaml": submission()}
    if profile is not None:
        files["templates/looks/un/print.icc"] = profile
    make_workspace(root, files)
    return load(root)


PROFILE = b"\0\0\0\x84test\x02\x10\0\0prtrCMYKLab " + bytes(12) + b"acsp" + bytes(92)
"""The head of an ICC profile of a printing process in CMYK; of what is in it only the head is looked at."""


def test_the_printers_profile_makes_it_a_pdf_x_4(tmp_path: Path) -> None:
    library = workspace(tmp_path, PROFILE)
    job = Job(("pdf",), beside=("print",))
    assert codes(build(library, library.plans["report"], job)[1]) == []
    path = tmp_path / "output/report/report.print.pdf"
    first = path.read_bytes()
    with pikepdf.open(path) as pdf:
        [intent] = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == PROFILE
        assert b'pdfxid:GTS_PDFXVersion="PDF/X-4"' in pdf.Root.Metadata.read_bytes()
        assert "/GTS_PDFXVersion" not in pdf.docinfo
    path.unlink()
    build(library, library.plans["report"], job)
    assert path.read_bytes() == first  # no clock and no random number in it


def test_what_is_no_printers_profile_is_told(tmp_path: Path) -> None:
    library = workspace(tmp_path, PROFILE.replace(b"prtrCMYK", b"mntrRGB "))
    done, problems = build(library, library.plans["report"], Job(("pdf",), beside=("print",)))
    assert codes(problems) == ["wrong-value"] and str(problems[0].origin).startswith("templates/looks/un/print.icc")
    assert done == []


def test_fold_is_for_print(tmp_path: Path) -> None:
    from click.testing import CliRunner

    workspace(tmp_path)
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--fold"])
    assert done.exit_code == 2 and "--fold is for --print" in done.output


# ---------------------------------------------------------------- the draft


def test_a_draft_says_so_and_where_each_paragraph_comes_from(built: Path) -> None:
    draft, plain = (read_structure(built / f"whole-report.ru.{name}") for name in ("draft.pdf", "pdf"))
    margins = [{text for _, text in page} for page in draft.artifacts]
    assert all("ПРОЕКТ" in page for page in margins)
    assert not any("ПРОЕКТ" in text or ".yaml" in text for page in plain.artifacts for _, text in page)
    told = "".join(text for page in draft.artifacts for _, text in page).replace(" ", "")
    # a section, the translation of another, the lead and the second letter of asks
    for words in ("opening.yaml, body 1", "translated.ru.yaml, body 1", "every-mark.yaml, asks lead 1", "every-mark.yaml, asks 2"):
        assert words.replace(" ", "") in told


def test_a_draft_numbers_lines_and_moves_no_word(built: Path) -> None:
    draft, plain = (read_structure(built / f"whole-report.ru.{name}") for name in ("draft.pdf", "pdf"))
    assert draft.root.dump() == plain.root.dump()
    numbers = [text for kind, text in draft.artifacts[3] if kind == ""]
    numbers = numbers[: next(place for place, text in enumerate(numbers[1:], 1) if not text.isdigit())]
    # page 4: part, heading, label, quotation, two paragraphs, one ask, and where to read more
    assert numbers[1:] == [str(number) for number in range(1, 9)]
