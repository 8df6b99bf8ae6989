"""What no validator of Word files looks at: bookmarks, fields and their stored results, notes, styles, numbering, traces of the makers."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml
from expected import Line, lines, plain, text_of
from finished import WORKSPACES, Finished
from lxml import etree
from readers import W, part, parts, word_paragraphs

from shadowgen.nodes import Figure, Heading, NoteAgain, NoteCall, NoteNumber, Paragraph, Reference, Table, plain_text, walk

pytestmark = pytest.mark.slow

DOCUMENT, FOOTNOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"


def roots(finished: Finished) -> dict[str, etree._Element]:
    """Return every XML part by its name."""
    return {name: etree.fromstring(data) for name, data in parts(finished.files["docx"]).items() if name.endswith((".xml", ".rels"))}


def inside_bookmarks(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Return what stands inside each bookmark, in order, by its name."""
    found: dict[str, list[etree._Element]] = {}
    opened: dict[str, str] = {}
    for node in root.iter():
        if node.tag == f"{W}bookmarkStart":
            opened[node.get(f"{W}id")] = node.get(f"{W}name")
            found[node.get(f"{W}name")] = []
        elif node.tag == f"{W}bookmarkEnd":
            del opened[node.get(f"{W}id")]
        else:
            for name in opened.values():
                found[name].append(node)
    assert opened == {}
    return found


# ---------------------------------------------------------------- bookmarks


def test_bookmarks_are_whole_and_unique(finished: Finished) -> None:
    """Each start has one end after it in the same part; no name and no id comes twice."""
    starts, names = [], []
    for root in roots(finished).values():
        for node in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            id = node.get(f"{W}id")
            if node.tag == f"{W}bookmarkStart":
                assert id not in starts
                starts.append(id)
                names.append(node.get(f"{W}name"))
            else:
                assert id in starts
        ends = [node.get(f"{W}id") for node in root.iter(f"{W}bookmarkEnd")]
        assert Counter(ends) == Counter(node.get(f"{W}id") for node in root.iter(f"{W}bookmarkStart"))
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert all(re.fullmatch(r"_(Ref_[a-z]\d+|sg\d{4,})", name) for name in names)


def test_each_note_reference_stands_in_its_bookmark(finished: Finished) -> None:
    """The bookmark that NOTEREF asks holds the reference of that note and nothing else that is a note."""
    root = part(finished.files["docx"], DOCUMENT)
    for call in root.iter(f"{W}footnoteReference"):
        before = call.getparent().getprevious()
        assert before.tag == f"{W}bookmarkStart"
        assert before.get(f"{W}name") == f"_Ref_n{call.get(f'{W}id')}"
        assert call.getparent().getnext().get(f"{W}id") == before.get(f"{W}id")


# ---------------------------------------------------------------- fields


def fields(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield instruction and stored result of each field, inner fields before the field around them."""
    stack: list[list[str]] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append(["", "", "code"])
        elif kind == "separate":
            stack[-1][2] = "result"
        elif kind == "end":
            code, result, _ = stack.pop()
            yield code.strip(), result
        elif stack and node.tag == f"{W}instrText":
            stack[-1][0] += node.text or ""
        elif stack:
            stack[-1][1] += node.text or ""
    assert stack == [], "a field is not closed"


def test_fields_name_bookmarks_that_exist_and_store_what_word_would_compute(finished: Finished) -> None:
    """NOTEREF stores the number of the note in its bookmark, REF \\r the paragraph's number, REF the bookmark's own words."""
    root = part(finished.files["docx"], DOCUMENT)
    order = [call.get(f"{W}id") for call in root.iter(f"{W}footnoteReference")]
    marks = {
        f"_Ref_{line.anchor}": line.mark for line in lines(finished.submission, finished.locale) if line.anchor and line.kind != "entry"
    }
    held, seen = inside_bookmarks(root), Counter[str]()
    for one in (root, part(finished.files["docx"], FOOTNOTES)):
        for code, result in fields(one):
            kind, target, *switches = code.split()
            seen[kind] += 1
            if kind in ("NOTEREF", "REF", "PAGEREF"):
                inside = held[target]
                assert "\\h" in switches
            if kind == "NOTEREF":
                note = next(node.get(f"{W}id") for node in inside if node.tag == f"{W}footnoteReference")
                assert result == finished.submission.notes[order.index(note)].shown
            elif kind == "REF" and "\\r" in switches:
                assert result == marks[target].removesuffix(".")
            elif kind == "REF":
                words = "".join(node.text or "" for node in inside if node.tag == f"{W}t")
                assert result == (words.lower() if "Lower" in switches else words)
                assert not any(node.tag == f"{W}footnoteReference" for node in inside), "Word would repeat the note where it refers"
            elif kind == "PAGEREF":
                assert int(result) >= 1
    references = [node for node in walk((finished.submission.blocks, finished.submission.notes)) if isinstance(node, Reference)]
    assert seen["REF"] == sum(node.shows != "link" for node in references)


def test_note_numbers_in_the_text_are_fields(finished: Finished) -> None:
    """Every "note 12 above" of the document is a NOTEREF, and so is every further call of a note."""
    wanted = sum(isinstance(node, NoteNumber | NoteAgain) for node in walk((finished.submission.blocks, finished.submission.notes)))
    found = [code for name in (DOCUMENT, FOOTNOTES) for code, _ in fields(part(finished.files["docx"], name)) if code.startswith("NOTEREF")]
    assert len(found) == wanted


def test_links_lead_somewhere(finished: Finished) -> None:
    """Each link inside the file names a bookmark; each link to the outside has its relationship, of its own part."""
    every = roots(finished)
    names = {node.get(f"{W}name") for node in every[DOCUMENT].iter(f"{W}bookmarkStart")}
    for name in (DOCUMENT, FOOTNOTES):
        related = every.get(name.replace("word/", "word/_rels/") + ".rels")
        ids = {one.get("Id") for one in related} if related is not None else set()
        for link in every[name].iter(f"{W}hyperlink"):
            id = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            assert (link.get(f"{W}anchor") in names) if id is None else (id in ids)


def test_contents_are_a_field_with_entries_in_it(finished: Finished) -> None:
    """The TOC field encloses one entry for each heading that it lists; the title stands before it."""
    root = part(finished.files["docx"], DOCUMENT)
    wanted = [line for line in lines(finished.submission, finished.locale) if line.kind == "entry"]
    codes = [(code, result) for code, result in fields(root) if code.startswith("TOC")]
    assert len(codes) == (1 if wanted else 0)
    if wanted:
        deepest = max(
            block.level
            for block in finished.submission.blocks
            if isinstance(block, Heading) and f"{block.anchor}" in {one.anchor for one in wanted}
        )
        assert codes[0][0].split()[:3] == ["TOC", "\\o", f'"1-{max(deepest, 3)}"']
        entries = [
            one
            for one in root.iter(f"{W}p")
            if (style := one.find(f"{W}pPr/{W}pStyle")) is not None and re.fullmatch(r"TOC\d", style.get(f"{W}val"))
        ]
        assert len(entries) == len(wanted)
        begin = next(node for node in root.iter(f"{W}fldChar") if node.getparent().getparent() is entries[0])
        assert begin.get(f"{W}fldCharType") == "begin"


# ---------------------------------------------------------------- notes, styles, numbering


def test_separators_and_paragraphs_of_notes(finished: Finished) -> None:
    """The two separators that Word needs stand first; every note has a paragraph that begins with its number; settings name both separators."""
    every = roots(finished)
    notes = list(every[FOOTNOTES].iter(f"{W}footnote"))
    assert [(one.get(f"{W}id"), one.get(f"{W}type")) for one in notes[:2]] == [("-1", "separator"), ("0", "continuationSeparator")]
    assert [next(one.iter(f"{W}separator", f"{W}continuationSeparator")).tag for one in notes[:2]] == [
        f"{W}separator",
        f"{W}continuationSeparator",
    ]
    for note in notes[2:]:
        assert note.get(f"{W}type") is None
        paragraphs = note.findall(f"{W}p")
        assert paragraphs
        assert next(paragraphs[0].iter(f"{W}footnoteRef", f"{W}t")).tag == f"{W}footnoteRef"
    named = [one.get(f"{W}id") for one in every["word/settings.xml"].iter(f"{W}footnote")]
    assert named == ["-1", "0"]


def test_every_style_exists_with_its_kind(finished: Finished) -> None:
    """No paragraph, run, table or style names a style that styles.xml does not define, and each is of the kind that its place wants."""
    every = roots(finished)
    kinds = {style.get(f"{W}styleId"): style.get(f"{W}type") for style in every[STYLES].iter(f"{W}style")}
    wanted = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}
    for root in every.values():
        for node in root.iter(*wanted):
            assert kinds.get(node.get(f"{W}val")) == wanted[node.tag], node.get(f"{W}val")
    for style in every[STYLES].iter(f"{W}style"):
        for node in style.iter(f"{W}basedOn", f"{W}next", f"{W}link"):
            assert node.get(f"{W}val") in kinds


def test_numbering_refers_to_what_is_defined(finished: Finished) -> None:
    """Each series of the text exists, and no two series are one."""
    every = roots(finished)
    nums = [one.get(f"{W}numId") for one in every["word/numbering.xml"].iter(f"{W}num")]
    kinds = [one.get(f"{W}abstractNumId") for one in every["word/numbering.xml"].iter(f"{W}abstractNum")]
    assert len(nums) == len(set(nums)) and len(kinds) == len(set(kinds))
    assert {node.get(f"{W}val") for node in every[DOCUMENT].iter(f"{W}numId")} <= set(nums)


@pytest.mark.parametrize("scope", ["part", "section"])
def test_numbers_start_again(scope: str, documents: dict[str, Finished]) -> None:
    """With numbering by part or by section, Word's own counting starts again at each part or each heading of the second level."""
    one = documents[f"everything/by-{scope}.en"]
    found: list[list[str]] = [[]]
    for paragraph in word_paragraphs(one.files["docx"]):
        if paragraph.style == "Heading1" or (paragraph.style == "Heading2" and scope == "section"):
            found.append([])
        elif paragraph.style in ("NumberedParagraph", "Lead"):
            found[-1].append(paragraph.mark)
    series = [numbers for numbers in found if numbers]
    assert len(series) > 2
    assert series == [[f"{number}." for number in range(1, len(numbers) + 1)] for numbers in series]


# ---------------------------------------------------------------- tables and pictures


def test_head_rows_and_alternative_texts(finished: Finished) -> None:
    """The first row of each table, and no other, is a head that repeats; each picture and table says in words what it is."""
    root = part(finished.files["docx"], DOCUMENT)
    tables = [node for node in walk(finished.submission.blocks) if isinstance(node, Table)]
    drawn = list(root.iter(f"{W}tbl"))
    assert len(drawn) == len(tables)
    for table, wanted in zip(drawn, tables, strict=True):
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads == [True] + [False] * len(wanted.rows)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == plain_text(wanted.caption)
        widths = [len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")]
        assert set(widths) == {len(table.findall(f"{W}tblGrid/{W}gridCol"))}
    alternatives = [
        node.get("descr") for node in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    ]
    assert alternatives == [node.alt for node in walk(finished.submission.blocks) if isinstance(node, Figure)]


# ---------------------------------------------------------------- traces


def test_nothing_tells_who_made_the_file_or_when(finished: Finished) -> None:
    """No thumbnail, application or custom properties, revision ids; title and language are the only properties; dates in the archive are 1980."""
    every = parts(finished.files["docx"])
    assert [
        name for name in every if "thumbnail" in name or name in ("docProps/app.xml", "docProps/custom.xml") or name.startswith("customXml")
    ] == []
    core = etree.fromstring(every["docProps/core.xml"])
    assert {etree.QName(one).localname: one.text for one in core} == {
        "title": finished.submission.meta.title,
        "language": finished.language,
    }
    for name, data in every.items():
        assert b"rsid" not in data and b"python-docx" not in data and b"shadowgen" not in data, name
    with zipfile.ZipFile(io.BytesIO(finished.files["docx"].read_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.comment for entry in archive.infolist()} == {b""} and archive.comment == b""
        assert {entry.extra for entry in archive.infolist()} == {b""}


def test_source_paragraphs_are_marked_and_recorded(finished: Finished) -> None:
    """Ordinals run 1, 2, 3 ... in the text; the record beside it says for each where its words come from, and they are its words."""
    root = part(finished.files["docx"], DOCUMENT)
    names = [node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart") if node.get(f"{W}name").startswith("_sg")]
    traced = [node for node in walk(finished.submission.blocks) if isinstance(node, Paragraph) and node.ordinal]
    record = finished.record["paragraphs"]
    assert names == [f"_sg{number:04d}" for number in range(1, len(record) + 1)]
    assert [entry["ordinal"] for entry in record] == list(range(1, len(traced) + 1)) == [node.ordinal for node in traced]
    files = {file.name.split(".")[0] for file in (finished.root / "sections").rglob("*.yaml")}
    assert {entry["section"] for entry in record} <= files
    assert all(re.fullmatch(r"[0-9a-f]{16}", entry["digest"]) for entry in record)
    held = inside_bookmarks(root)
    for name, paragraph in zip(names, traced, strict=True):
        calls = [int(node.get(f"{W}id")) for node in held[name] if node.tag == f"{W}footnoteReference"]
        assert calls == [node.note for node in walk(paragraph.content) if isinstance(node, NoteCall)]
        words = "".join(node.text or "" for node in held[name] if node.tag == f"{W}t")
        wanted = Line("paragraph", "", text_of(paragraph.content)).words(calls=False)
        assert plain(words).replace(",", "").replace(" ", "") == wanted.replace(",", "").replace(" ", "")


def identifiers(finished: Finished) -> set[str]:
    """Return the names that the library has for its things and that are no words of the document: ids, keys, file names."""
    root = WORKSPACES[finished.name.split("/")[0]]
    found = {file.name.split(".")[0] for folder in ("sections", "submissions") for file in (root / folder).rglob("*.*")}
    for folder in ("sources", "contributors"):
        for file in (root / "sections" / folder).glob("*.yaml"):
            found |= set(yaml.safe_load(file.read_text(encoding="utf-8")))
    shown = plain(
        " ".join(line.text for line in lines(finished.submission, finished.locale)) + plain_text(finished.submission.notes)
    ).lower()
    return {name for name in found if "-" in name and name not in shown} | {"sections/", "submissions/", ".yaml", str(finished.root)}


def pdf_streams(data: bytes) -> bytes:
    """Return the bytes of a PDF and of each of its streams, decompressed."""
    import pikepdf

    out = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    out.append(one.read_bytes())
                except pikepdf.PdfError:
                    out.append(one.read_raw_bytes())
            else:
                out.append(one.unparse(resolved=False) if hasattr(one, "unparse") else b"")
    return b"\n".join(out)


def test_no_name_of_the_library_stands_in_any_file(finished: Finished) -> None:
    """No section id, source key or path in any byte of the Word file's parts, the PDF's streams or the HTML page."""
    outputs = {
        "docx": b"\n".join([name.encode() + b"\n" + data for name, data in parts(finished.files["docx"]).items()]),
        "pdf": pdf_streams(finished.files["pdf"].read_bytes()),
        "html": finished.files["html"].read_bytes(),
    }
    names = sorted(identifiers(finished))
    for form, data in outputs.items():
        low = data.lower()
        assert [name for name in names if name.encode() in low] == [], form
        assert form != "pdf" or [name for name in names if name.encode("utf-16-be") in data] == []
