"""What a screen reader reads out of the PDF is the document: its structure tree against the resolved tree, for every sample document.

Read with pikepdf. The tags that are wanted, and why, are in src/shadowgen/writers/PDFTAGS.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from expected import BULLET, lines, note_lines, plain, text_of
from finished import Finished
from pdfstructure import Node, Structure, read_structure

from shadowgen.nodes import Cover, Figure, Foreign, Heading, NoteAgain, NoteCall, NoteNumber, Paragraph, Table, plain_text, walk

pytestmark = pytest.mark.slow
BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "Caption", "TD", "TH", "TOCI")


@cache
def structure_of(path: Path) -> Structure:
    return read_structure(path)


@pytest.fixture
def structure(finished: Finished) -> Structure:
    return structure_of(finished.files["pdf"])


def said(text: str) -> str:
    """Return words as they are heard: single blanks, and no hyphen where a line ends."""
    return plain(text.replace("\u00ad", ""))


def passages(node: Node) -> Iterator[str]:
    """Yield the words of each block in reading order, without its notes; a list item begins with its label."""
    label = ""
    for kid in node.kids:
        if isinstance(kid, str) or kid.kind == "Note":
            continue
        if kid.kind == "Lbl":
            label = re.sub("[◦▪]", BULLET, kid.text()) + " "  # one sign for each depth
        elif kid.kind in BLOCKS:
            yield said(label + kid.text(without=("Note",)))
            label = ""
        else:
            first, *rest = list(passages(kid)) or [""]
            yield from (one for one in (said(label + first), *rest) if one)
            label = ""


def test_words_are_read_in_order_each_paragraph_whole(finished: Finished, structure: Structure) -> None:
    """Also where a page ends within it, and no two words run together where a line ends."""
    wanted = [line.whole() for line in lines(finished.submission, finished.locale)]
    entries = {said(item.text()) for item in structure.root.all("TOCI")}
    assert [re.sub(r" \d+$", "", words) if words in entries else words for words in passages(structure.root)] == wanted


def test_a_note_is_read_at_its_call_with_links_both_ways(finished: Finished, structure: Structure) -> None:
    notes = {}
    shown = {str(note.number): note.shown for note in finished.submission.notes}
    for node in structure.root.all():
        home = None
        for kid in node.kids:
            if isinstance(kid, str) or kid.kind != "Note":
                home = kid if isinstance(kid, Node) else None
            else:
                number = kid.id.removeprefix("note-")
                calls = (
                    [link for one in home.all("Reference") for link in one.all("Link") if link.text().strip() == shown[number]]
                    if home
                    else []
                )
                assert [link.links[0][0] for link in calls] == [f"n{number}"], f"note {number} does not follow its call"
                label = kid.kids[0]
                assert isinstance(label, Node) and label.kind == "Lbl" and label.text().strip() == shown[number]
                [mark] = label.all("Link")
                assert [target for target, _ in mark.links] == [f"call{number}"]
                assert calls[0].links[0][1] != mark.links[0][1]
                assert structure.destinations[f"n{number}"] in kid.pages
                assert structure.destinations[f"call{number}"] in calls[0].pages
                notes[number] = said(kid.text(without=("Lbl",)))
    order = [note.id.removeprefix("note-") for note in structure.root.all("Note")]
    assert order == [str(note.number) for note in finished.submission.notes]
    assert [notes[number] for number in order] == note_lines(finished.submission)
    assert sorted(notes) == sorted(id.removeprefix("note-") for id in structure.catalogue["ids"])


def test_the_number_of_another_note_leads_to_it(finished: Finished, structure: Structure) -> None:
    again = [node for note in finished.submission.notes for node in walk(note.content) if isinstance(node, NoteNumber | NoteAgain)]
    wanted = [(node.mark or str(node.note), f"n{node.note}") for node in again]
    inside = [
        link
        for note in structure.root.all("Note")
        for kid in note.kids
        if isinstance(kid, Node) and kid.kind != "Lbl"
        for link in kid.all("Link")
    ]
    found = [(link.text().strip(), link.links[0][0]) for link in inside if link.links[0][0].startswith("n")]
    assert found == wanted


def test_the_contents_are_a_list_of_links(finished: Finished, structure: Structure) -> None:
    """One item for each heading, nested as they are, each a link whose description says the heading and where it is."""
    contents = list(structure.root.all("TOC"))
    headings = [node for node in finished.submission.blocks if isinstance(node, Heading) and node.level <= 3] if contents else []
    links = [link for one in contents[:1] for link in one.all("Link")]
    assert [{target for target, _ in link.links} for link in links] == [{heading.anchor} for heading in headings]
    for link, heading in zip(links, headings, strict=True):
        words = plain(f"{heading.label} {plain_text(heading.content)}")
        assert {said(description) for _, description in link.links} == {f"{words} {structure.destinations[heading.anchor] + 1}"}
    assert [depth for depth, _ in depths(structure.root)] == [heading.level for heading in headings]


def depths(node: Node, depth: int = 0) -> Iterator[tuple[int, Node]]:
    for kid in node.kids:
        if isinstance(kid, Node) and kid.kind == "TOCI":
            yield depth, kid
        elif isinstance(kid, Node):
            yield from depths(kid, depth + (kid.kind == "TOC"))


def test_passages_in_another_language_say_so(finished: Finished, structure: Structure) -> None:
    submission = finished.submission
    main = submission.meta.language
    wanted = [
        (node.language, plain(text_of(node.children))) for node in walk((submission.blocks, submission.notes)) if isinstance(node, Foreign)
    ]
    blocks = [node for node in walk(submission.blocks) if isinstance(node, Heading | Paragraph) and node.language not in ("", main)]
    wanted += [(node.language, plain(text_of(node.content))) for node in blocks]
    speaking = [node for node in structure.root.all() if node.language and node.kind != "Note"]
    found = [(node.language, re.sub(r"^\d+\. ", "", said(node.text(without=("Note",))))) for node in speaking]
    assert structure.catalogue["language"] == main == found.pop(0)[0]
    assert sorted(found) == sorted(wanted)


def test_what_is_no_part_of_the_text_is_an_artifact(finished: Finished, structure: Structure) -> None:
    """Running heads and page numbers; the dots in the contents. Nobody reads an artifact: right-to-left words stand there as they are painted, from their end."""
    title = said(finished.submission.meta.running_title).replace(" ", "")
    painted = title[::-1] if finished.locale.direction == "rtl" else title
    for number, artifacts in enumerate(structure.artifacts, 1):
        is_cover = number == 1 and any(isinstance(block, Cover) and block.style == "page" for block in finished.submission.blocks)
        assert [text for kind, text in artifacts if kind == "Footer"] == ([] if is_cover else [str(number)])
        if not is_cover:
            running = said("".join(text for kind, text in artifacts if kind == "Header"))
            assert painted in running.replace(" ", "")
    assert ". . ." not in structure.root.text()


def test_tables_and_pictures_say_what_they_are(finished: Finished, structure: Structure) -> None:
    """One table however many pages it takes; heads of columns with their scope."""
    tables = [node for node in walk(finished.submission.blocks) if isinstance(node, Table)]
    found = list(structure.root.all("Table"))
    assert [len(list(table.all("TR"))) for table in found] == [1 + len(table.rows) for table in tables]
    assert [[kid.kind for kid in table.kids] for table in found] == [["Caption", "THead", "TBody"]] * len(tables)
    for table, wanted in zip(found, tables, strict=True):
        heads = list(table.all("TH"))
        assert [head.attributes["Scope"] for head in heads] == ["/Column"] * len(wanted.head)
    pictures = [node.alt for node in walk(finished.submission.blocks) if isinstance(node, Figure)]
    assert [node.alt for node in structure.root.all("Figure")] == pictures


def test_headings_skip_no_level(finished: Finished, structure: Structure) -> None:
    levels = [int(node.kind[1]) for node in structure.root.all() if re.fullmatch(r"H\d", node.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    wanted = [line for line in lines(finished.submission, finished.locale) if line.kind.startswith("heading")]
    assert len(levels) >= len(wanted)


def test_the_file_says_what_it_is(finished: Finished, structure: Structure) -> None:
    catalogue = structure.catalogue
    assert catalogue["title"] == finished.submission.meta.title and catalogue["title shown"] and catalogue["marked"]
    assert catalogue["labels"] == ["0", "/D"]  # page labels as printed: 1, 2, 3 ...
    assert set(structure.tabs) == {"/S"}
    assert 'pdfaid:part="2" pdfaid:conformance="A"' in catalogue["xmp"] and 'pdfuaid:part="1"' in catalogue["xmp"]
    assert all(words.strip() for node in structure.root.all() for _, words in node.links)
    calls = sum(isinstance(node, NoteCall) for node in walk(finished.submission.blocks))
    assert len(list(structure.root.all("Note"))) == calls
