"""Text of old reports becomes drafts: hand-written imitations of what text extraction leaves, and what must come of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowgen import rules
from shadowgen.cli import main
from shadowgen.importing.accounts import Accounts, words_of_text
from shadowgen.importing.dates import first_date, without_dates
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.naming import guessed_title
from shadowgen.importing.notesources import gather
from shadowgen.importing.outline import recognise
from shadowgen.importing.run import Imported, import_file
from shadowgen.importing.tongue import language_of
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.nodes import Annotation, Box, Cite, CrossRef, List, Paragraph, Text, plain_text, walk
from shadowgen.readers.markdowntext import read_markdown
from shadowgen.readers.notecalls import find_calls
from shadowgen.readers.original import NoteBody, Original, Piece, Place, words_in
from shadowgen.readers.plain import read_plain
from shadowgen.readers.textlines import Line, Unreadable, lines_of
from shadowgen.workspace import Workspace
from shadowgen.writers.yamltext import Block, Remarked, write_yaml
from shadowgen.yamlfile import parse_yaml

REPORT = Path(__file__).parent / "imports" / "report.txt"


def empty(root: Path) -> Library:
    for folder in ("sections", "submissions"):
        (root / folder).mkdir(exist_ok=True)
    return load_library(Workspace(root))[0]


def imported(root: Path, text: str | bytes, name: str = "old", ending: str = ".txt") -> tuple[Library, Imported]:
    """Import a text into the workspace of a folder; the drafts must load without a problem."""
    file = root / f"original{ending}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    done, problems = import_file(empty(root), file, Wanted(name, file.name))
    assert problems == []
    library, problems = load_library(Workspace(root))
    assert problems == []
    return library, done


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Imported]:
    return imported(tmp_path_factory.mktemp("report"), REPORT.read_bytes())


def body(library: Library, id: str) -> str:
    return plain_text(library.sections[id].prose["en"].body)


# ---------------------------------------------------------------- the whole report


def test_every_unit_becomes_a_section_in_its_folder(report: tuple[Library, Imported]) -> None:
    library, _ = report
    assert {id: section.path.rsplit("/", 1)[0] for id, section in library.sections.items()} == {
        "old-opening-words": "imported/old/matter",
        "old-recommendation-1": "imported/old/recommendations/old-commitments",
        "old-recommendation-2": "imported/old/recommendations/old-commitments",
        "old-article-8-3": "imported/old/articles/iccpr/8",
        "old-articles-9-and-10": "imported/old/articles/iccpr/9",
    }
    assert [str(ref) for ref in library.sections["old-article-8-3"].articles] == ["ICCPR 8(3)"]
    assert {(section.status, section.audience) for section in library.sections.values()} == {("draft", "internal")}


def test_recommendations_are_told_from_their_answers(report: tuple[Library, Imported]) -> None:
    library, _ = report
    first, second = library.commitments["old-commitments"].paragraphs
    assert str(first.text) == (
        "The State party should end trafficking in persons and should punish those who live by it, wherever they are found. "
        "The State party should also help the victims."
    )
    assert second.text == "The State party should open the prisons to visitors."
    assert body(library, "old-recommendation-2").startswith("Nobody has been let in since 2015.")


def test_calls_and_bodies_of_notes_meet_and_ibid_means_the_source_before(report: tuple[Library, Imported]) -> None:
    library, _ = report
    cites = [node for id in ("old-recommendation-1", "old-recommendation-2") for node in walk(library.sections[id].prose["en"].body)
             if isinstance(node, Cite)]  # fmt: skip
    keys = [(item.key, item.locators) for cite in cites for item in cite.items]
    assert keys == [("old-persons-held-against-their-will-2014", ()), ("old-persons-held-against-their-will-2014", (("paragraph", "14"),))]
    source = library.sources["old-persons-held-against-their-will-2014"]
    assert source.type == "legislation"
    assert dict(source.fields) == {
        "title": "Law of the Republic of Freedonia “On Persons Held against Their Will”",
        "date": "2014-07-03",
        "number": "12-V",
        "amended": "2015-05-04",
        "publisher": "Register of Laws of the Republic of Freedonia",
        "url": "http://laws.example.org/docs/Z1400000012",
    }


def test_a_note_whose_words_are_lost_is_kept_and_told(report: tuple[Library, Imported]) -> None:
    library, done = report
    notes = [node for node in walk(library.sections["old-articles-9-and-10"].prose["en"].body) if isinstance(node, Annotation)]
    assert [plain_text(note.children) for note in notes] == ["The words of note 3 did not survive in the imported file."]
    assert done.findings is not None
    assert [number for number, _ in done.findings.drafts.lost_notes] == [3]


def test_the_last_lead_in_with_its_list_becomes_asks(report: tuple[Library, Imported]) -> None:
    library, _ = report
    prose = library.sections["old-article-8-3"].prose["en"]
    assert plain_text(prose.asks_lead) == "Based on the above, we recommend"
    assert [plain_text(ask) for ask in prose.asks] == [
        "to write the word trafficking into the constitution;",
        "to let the victims of trafficking stay.",
    ]


def test_lists_nest_after_a_colon(report: tuple[Library, Imported]) -> None:
    library, _ = report
    outer = next(node for node in library.sections["old-article-8-3"].prose["en"].body if isinstance(node, List))
    inner = [node for node in walk(outer.items[1].blocks) if isinstance(node, List)]
    assert (outer.style, len(outer.items), [(one.style, len(one.items)) for one in inner]) == ("alpha", 2, [("bullet", 2)])


def test_a_boxed_example_has_its_title_and_only_its_own_words(report: tuple[Library, Imported]) -> None:
    library, _ = report
    blocks = library.sections["old-articles-9-and-10"].prose["en"].body
    box = next(node for node in blocks if isinstance(node, Box))
    assert plain_text(box.title) == "EXAMPLE No.4. Told by a lawyer."
    assert len(box.blocks) == 1
    assert plain_text(blocks[-1:]) == "Prisons are full."


def test_a_paragraph_goes_on_over_the_end_of_a_page(report: tuple[Library, Imported]) -> None:
    library, _ = report
    first = next(node for node in library.sections["old-articles-9-and-10"].prose["en"].body if isinstance(node, Paragraph))
    assert plain_text(first.content).endswith("are often not counted from the hour of the arrest. An order that the ministry gave in 2010 adds a day to them, and nobody "
                                               "has ever been told why that is so.")  # fmt: skip


def test_pointers_are_live_and_the_wrong_one_is_doubted(report: tuple[Library, Imported]) -> None:
    library, done = report
    targets = {id: [node.target for node in walk(library.sections[id].prose["en"].body) if isinstance(node, CrossRef)]
               for id in ("old-recommendation-1", "old-recommendation-2")}  # fmt: skip
    assert targets == {"old-recommendation-1": ["old-articles-9-and-10"], "old-recommendation-2": ["old-articles-9-and-10"]}
    assert done.findings is not None
    first, second = done.findings.drafts.pointers
    assert "“trafficking”" in first.doubt and "Article 8, paragraph 3 names it" in first.doubt
    assert second.doubt == ""


def test_a_gap_on_one_page_is_a_skipped_number(report: tuple[Library, Imported]) -> None:
    library, done = report
    assert done.findings is not None
    gaps = {id: [(before, after, page) for before, after, _, page in numbers.gaps] for id, numbers in done.findings.drafts.numbers.items()}
    assert {id: found for id, found in gaps.items() if found} == {"old-article-8-3": [(2, 4, False)]}
    assert "(The imported file has no paragraph 3.)" in body(library, "old-article-8-3")


def test_paragraphs_lost_at_the_end_of_a_page_leave_a_line_each(tmp_path: Path) -> None:
    text = REPORT.read_text(encoding="utf-8").replace(" the arrest. An order", " 4. An order")
    library, _ = imported(tmp_path, text.replace("2. EXAMPLES", "5. EXAMPLES").replace("3. Prisons", "6. Prisons"))
    lost = [line[:11] for line in body(library, "old-articles-9-and-10").split("(")[1:]]
    assert lost == ["Paragraph 2", "Paragraph 3"]


def test_no_word_is_lost(report: tuple[Library, Imported]) -> None:
    _, done = report
    assert done.shares[-1] == ("no draft", 0, 0.0)
    assert done.findings is not None
    assert [one.words for one in done.findings.original.asides] == ["7"]


def test_the_submission_puts_the_drafts_back_in_order(report: tuple[Library, Imported]) -> None:
    library, _ = report
    plan = library.plans["old"]
    assert plan.front == ("old-opening-words",)
    assert plan.sections == ("old-recommendation-1", "old-recommendation-2", "old-article-8-3", "old-articles-9-and-10")
    assert [[str(ref) for ref in group] for group in plan.groups] == [["ICCPR 8(3)"], ["ICCPR 9", "ICCPR 10"]]


def test_what_a_person_must_look_at_is_warned_with_its_line(report: tuple[Library, Imported]) -> None:
    _, done = report
    lines = REPORT.read_text(encoding="utf-8").split("\n")
    found = [(one.rule.name, lines[one.origin.line - 1][:24]) for one in done.warnings]
    assert found == [
        ("doubtful-pointer", "For more information, pl"),
        ("number-gap", "4. Based on the above, w"),
        ("wordless-notes", "1. Arrests are long. The"),
    ]  # fmt: skip


# ---------------------------------------------------------------- again


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, REPORT.read_bytes())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    _, again = imported(tmp_path, REPORT.read_bytes())
    assert again.written == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before
    assert again.report.endswith("import-report-2.md")


def test_a_note_in_an_ask_is_no_change(tmp_path: Path) -> None:
    text = "# Report\n\n## Article 9\n\nWords.\n\nWe recommend:\n\n- to count[^1] the hours of each arrest.\n\n[^1]: Some words that no form knows.\n"
    imported(tmp_path, text, ending=".md")
    _, again = imported(tmp_path, text, ending=".md")
    assert again.findings is not None
    assert (again.written, again.findings.resembling, again.warnings) == ([], [], [])


def test_a_changed_file_proposes_a_new_version_and_touches_nothing(tmp_path: Path) -> None:
    imported(tmp_path, REPORT.read_bytes())
    changed = REPORT.read_text(encoding="utf-8").replace("Arrests are long.", "Arrests are longer than they were.")
    library, again = imported(tmp_path, changed)
    assert "longer" not in body(library, "old-articles-9-and-10")
    told = (tmp_path / again.report).read_text(encoding="utf-8")
    assert "like `old-articles-9-and-10`" in told and "Arrests are longer than they were." in told
    assert [one.rule.code for one in again.warnings if one.rule is rules.NEW_VERSION] == ["SG638"]


def test_a_finding_that_resembles_one_of_the_library_is_not_copied(tmp_path: Path) -> None:
    imported(tmp_path, REPORT.read_bytes(), "first")
    changed = REPORT.read_text(encoding="utf-8").replace("Prisons are full.", "Prisons are overfull.")
    library, _ = imported(tmp_path, changed, "second")
    assert not [id for id in library.sections if id.startswith("second-article")]
    assert "first-articles-9-and-10" in library.plans["second"].sections


# ---------------------------------------------------------------- letters and pledges

LETTER = """Search

Appeal to the President of Freedonia

19 June 2014

Dear Mr. President,

The code that Parliament adopted narrows freedom of speech, of assembly and of association, as the organizations that
sign this letter have said from the first day.

We call on you to:

1. veto the code;
2. ask for an expert review.

The appeal has been signed by:

1. The Fund “Open Word”
2. Anna Example, editor of the newspaper “Day”
3.Peter Sample

More news
"""


def test_a_letter_gives_demands_and_signatories(tmp_path: Path) -> None:
    library, done = imported(tmp_path, LETTER)
    plan = library.plans["old"]
    assert (plan.template, plan.date, plan.salutation) == ("open-letter", "2014-06-19", "Dear Mr. President,")
    assert plan.addressee == ("To the President of Freedonia",)
    asks = [plain_text(ask) for section in library.sections.values() for ask in section.prose["en"].asks]
    assert asks == ["veto the code;", "ask for an expert review."]
    people = [(one.type, one.name, one.role, one.audience) for one in library.contributors.values() if one.type != "coalition"]
    assert people == [
        ("organisation", "The Fund “Open Word”", None, "internal"),
        ("person", "Anna Example", "editor of the newspaper “Day”", "internal"),
        ("person", "Peter Sample", None, "internal"),
    ]
    assert done.findings is not None
    assert [words_in(piece.inlines) for _, piece in done.findings.outline.remainder] == ["Search", "More news"]


def test_pledges_and_their_assessments(tmp_path: Path) -> None:
    text = "Memorandum\n\nI. The Pledges\n\nPromise 1: “We will free the press.”\n\nNothing has been done about this.\n\n" + (
        "Promise 2: We will hold elections.\n\nThey were held in secret.\n\nII. Other matters\n\nPrisons are full of those who wrote.\n"
    )
    library, _ = imported(tmp_path, text)
    assert [paragraph.text for paragraph in library.commitments["old-commitments"].paragraphs] == [
        "We will free the press.",
        "We will hold elections.",
    ]
    assert library.commitments["old-commitments"].kind == "pledges"
    assert body(library, "old-pledge-2") == "They were held in secret."
    assert library.plans["old"].closing == ("old-ii-other-matters",)


# ---------------------------------------------------------------- the pieces


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the Treaty of 1969,1 and the Code2 of 2014", [1, 2]),
        ("since 20141 and until 20152", [1, 2]),
        ("Article 1 and paragraph 2 of it", []),
        ("said so.1 In Article 2 it is so.2", [1, 2]),
        ("one.1 two.2 and 1.5 of 3 per cent.3", [1, 2, 3]),
    ],
)
def test_calls_of_notes_count_upwards(text: str, numbers: list[int]) -> None:
    assert [call.number for call in find_calls([Line(1, text)])] == numbers


def test_a_text_with_an_unknown_code_page_is_read() -> None:
    assert [line.text for line in lines_of("Свобода слова".encode("cp1251"))] == ["Свобода слова"]
    with pytest.raises(Unreadable):
        lines_of(b"\xff\x00\x00\x01" * 9)


def test_a_table_whose_cells_came_out_one_by_one() -> None:
    rows = ["2011", "2012", "5", "6", "7", "8"]
    text = "1. The figures are these: Crimes recorded by the police (of the State)\nKinds of crime\nArticle 12. Theft of letters\n" + (
        "Article 13. Opening of letters\n\n" + "\n\n".join(rows) + "\n\n2. They grow.\n"
    )
    table = next(piece for piece in read_plain(text.encode()).pieces if piece.kind == "table")
    assert [[words_in(cell) for cell in row] for row in table.rows] == [
        ["Kinds of crime", "2011", "2012"],
        ["Article 12. Theft of letters", "5", "6"],
        ["Article 13. Opening of letters", "7", "8"],
    ]


def test_a_text_too_long_for_one_file_is_cut_between_paragraphs() -> None:
    pieces = [Piece("text", (Text(f"{number} " + "a" * 199_998),), Place(line=number)) for number in range(1, 7)]
    units = recognise(Original(pieces=pieces)).units
    assert [[piece.place.line for piece in unit.pieces] for unit in units] == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The State party should release all of them and report to the Committee.", "en"),
        ("Государству-участнику следует освободить всех и доложить Комитету.", "ru"),
        ("Қатысушы мемлекет барлығын босатып, Комитетке хабарлауы қажет.", "kk"),
        ("L’État partie devrait libérer les personnes détenues et veiller à la protection des droits dans le pays.", "fr"),
        ("El Estado parte debe poner en libertad a las personas y velar por los derechos en el país.", "es"),
        ("ينبغي للدولة الطرف أن تفرج عنهم", "ar"),
        ("缔约国应当释放他们", "zh"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(words: str, language: str) -> None:
    assert language_of(words) == language


def test_a_russian_report_becomes_russian_drafts(tmp_path: Path) -> None:
    library, _ = imported(tmp_path, "# Доклад\n\n## О тюрьмах\n\nВ тюрьмы никого не пускают с 2015 года.\n", ending=".md")
    assert library.plans["old"].languages == ("ru",)
    assert [section.language for section in library.sections.values()] == ["ru"]


def test_sources_of_one_title_with_symbols_of_their_own_are_two() -> None:
    found = gather(
        {1: note(1, "Report of the Working Group, A/HRC/14/10"), 2: note(2, "Report of the Working Group, A/HRC/28/10")}, "old", {}
    )
    assert sorted(entry.fields["symbol"] for entry in found.entries.values()) == ["A/HRC/14/10", "A/HRC/28/10"]


def test_sources_whose_titles_are_not_latin_are_told_apart() -> None:
    found = gather(
        {1: note(1, "Национальный доклад, A/HRC/WG.6/7/KAZ/1"), 2: note(2, "Заключительные замечания, CCPR/C/KAZ/CO/1")}, "old", {}
    )
    assert len(found.entries) == 2


def test_a_note_with_two_locators_points_above() -> None:
    found = gather(
        {1: note(1, "Law of Freedonia No. 1 of 3 July 2014"), 2: note(2, "Law of Freedonia (note 1 above), art. 19, para. 5")}, "old", {}
    )
    (cite,) = found.calls[2]
    assert isinstance(cite, Cite)
    assert [item.locators for item in cite.items] == [(("article", "19"), ("paragraph", "5"))]


def note(number: int, words: str) -> NoteBody:
    return NoteBody(number, (Text(words),), Place(line=number))


def test_repeats_of_a_source_are_one_and_a_known_one_is_the_librarys() -> None:
    notes = {
        1: note(1, "See: Criminal Code of Freedonia dated 3 July 2014. URL: http://laws.example.org/docs/K14"),
        2: note(2, "See also: Criminal Code of Freedonia dated 3 July 2014. URL: http://laws.example.org/docs/K14"),
        3: note(3, "CCPR/C/KAZ/CO/1"),
        4: note(4, "This list may not be exhaustive."),
        5: note(5, "Ibid. Paragraph 3."),
    }
    found = gather(notes, "old", {"mine": {"type": "un-document", "symbol": "CCPR/C/KAZ/CO/1"}})
    assert list(found.entries) == ["old-criminal-code-of-freedonia-2014", "mine"]
    assert [number for number, _ in found.entries["old-criminal-code-of-freedonia-2014"].bodies] == [1, 2]
    assert found.entries["mine"].in_library
    assert (found.verbatim, found.unresolved) == ([4], [5])


def test_a_named_earlier_note_is_followed() -> None:
    notes = {
        1: note(1, "Criminal Code of Freedonia, No. 226-V, 3 July 2014, art. 174. Available at http://laws.example.org/docs/K14"),
        2: note(2, "Press Act, 1999"),
        3: note(3, "Criminal Code (note 1 above), arts. 146 and 147"),
    }
    found = gather(notes, "old", {})
    (cite,) = found.calls[3]
    assert isinstance(cite, Cite)
    assert (cite.items[0].key, cite.items[0].locators) == ("old-criminal-code-of-freedonia-2014", (("article", "146 and 147"),))


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("of 3 July 2014", "2014-07-03"),
        ("July 3, 2014", "2014-07-03"),
        ("04.07.2014", "2014-07-04"),
        ("31 June 2014", ""),
        ("1 Smarch 2014", ""),
    ],
)
def test_dates(words: str, date: str) -> None:
    assert first_date(words) == date


def test_a_date_leaves_its_sentence_whole() -> None:
    assert without_dates("Law No. 5 dated 3 July 2014 “On Trees”") == "Law No. 5 “On Trees”"


def test_titles_are_the_first_words_that_say_something() -> None:
    assert guessed_title("The State party should take all necessary measures to free the press.") == "Free the press"


def test_missing_words_are_named() -> None:
    accounts = Accounts(words_of_text("one two two three"))
    accounts.book("sections", "two one")
    assert dict(accounts.missing()) == {"two": 1, "three": 1}


def test_yaml_that_is_written_is_read_back_the_same() -> None:
    long = "word - 1. # not a list, " * 12
    data = {
        "plain": "Text",
        "odd": 'a: "b" # c',
        "yes": "no",
        "number": 3,
        "list": ["a", "b: c"],
        "long": long.strip(),
        "deep": {"x": [{"k": "v"}]},
    }
    text = write_yaml({**data, "body": Block("One line.\n\n- item\n"), "seen": Remarked({"type": "law"}, "note 1: words")}, "head")
    document, problems = parse_yaml(text, "x")
    assert problems == []
    expected = {**data, "number": "3", "body": "One line.\n\n- item\n", "seen": {"type": "law"}}
    assert document.data == expected


def test_markdown_with_notes_lists_tables_and_quotes() -> None:
    text = "# Report\n\n## Article 19\n\n1. Words *in* italics.[^a]\n2. More.\n\n- item\n  goes on\n\n> quoted\n> on\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    made: Original = read_markdown((text + "[^a]: The note.\n").encode())
    assert [(piece.kind, piece.mark, words_in(piece.inlines)) for piece in made.pieces] == [
        ("heading", "", "Report"),
        ("heading", "", "Article 19"),
        ("text", "1.", "Words in italics."),
        ("text", "2.", "More."),
        ("item", "-", "item goes on"),
        ("quote", "", "quoted on"),
        ("table", "", ""),
    ]
    assert [words_in(cell) for cell in made.pieces[-1].rows[1]] == ["1", "2"]
    assert words_in(made.notes[1].inlines) == "The note."


def test_words_that_look_like_marks_stay_words(tmp_path: Path) -> None:
    text = "1. A brace {{name}}, a mark [word]{internal} and [a](b).\n2. Stars *x*, [@key], [#id], ^[no note], <b>.\n# no heading\n"
    library, done = imported(tmp_path, f"Article 19\n{text}")
    words = body(library, "old-article-19")
    assert "A brace {{name}}, a mark [word]{internal} and [a](b)." in words
    assert "Stars *x*, [@key], [#id], ^[no note], <b>." in words
    assert done.shares[-1][1] == 0


def test_a_note_of_a_quoted_recommendation_is_listed(tmp_path: Path) -> None:
    text = "## Article 19\n\nRecommendation: The State party should stop.[^1]\n\n1. It has not.\n\n[^1]: Said in 2011.\n"
    _, done = imported(tmp_path, text, ending=".md")
    told = (tmp_path / done.report).read_text(encoding="utf-8")
    assert "where none can stand: Said in 2011." in told
    assert done.shares[-1][1] == 0


PIECES = [
    "[@x]", "[@", "{{a}}", "{{", "^[n]", "^[", "::: case T", ":::", "|", "| a | b |", "\\", "<b>", "[a](javascript:x)", "[a](http://x.y)", "`c`",
    "*e*", "**", "_", "#", "# H", "## H", "> q", "- i", "a) x", "(b) y", "i) z", "1. n", "2. n", "1) p", "Article 19", "Articles 2 and 3",
    "Recommendation: do", "Promise 1: go", "For more information, please see the section on Article 19 of the ICCPR below.", "Dear Sir,",
    "signed by:", "EXAMPLE No.9", "I. PART", "ABC DEF", "{#anchor}", "[w]{internal}", "[#id]", "![p](f.png)", "Table: c", "---", "===", "```",
    "http://a.b/c?d=e&f", "“q”", "word.1", "word2", "\n", "\n\n", "\n \n", "Ibid. p. 3", "\u200b", "\u202e", "\x00", "\x0c", "\ue000",
    "See: Law of X No. 1 dated 3 July 2014 // S. URL: http://a.b/c", "x" * 130, "CCPR/C/KAZ/CO/1", "The State party should x.",
]  # fmt: skip


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", " ", "\n\n", ""])), max_size=40))
def test_any_text_gives_drafts_that_load(tmp_path_factory: pytest.TempPathFactory, ending: str, parts: list[tuple[str, str]]) -> None:
    root = tmp_path_factory.mktemp("any")
    file = root / f"any{ending}"
    file.write_bytes("".join(piece + end for piece, end in parts).encode("utf-8", "replace"))
    import_file(empty(root), file, Wanted("any", file.name))
    _, problems = load_library(Workspace(root))
    assert problems == []


def test_the_command_tells_counts_and_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    empty(tmp_path)
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(REPORT), "--name", "old"])
    assert run.exit_code == 0, run.output
    assert "2 sections by article" in run.output and "0 words (0.0 %) in no draft" in run.output
    (tmp_path / "scan.tiff").write_bytes(b"II*\0")
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(tmp_path / "scan.tiff")])
    assert run.exit_code == 1 and "save it as one of" in run.output
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(REPORT), "--name", "../x"])
    assert run.exit_code == 2


def test_lost_notes_are_told_once_each_and_in_ranges(tmp_path: Path) -> None:
    text = "# Article 9\n\n" + " ".join(f"Words{number}[^{number}]." for number in (1, 2, 3, 5, 7, 8, 8)) + "\n\n[^1]: Here.\n"
    _, done = imported(tmp_path, text, ending=".md")
    (warning,) = [one for one in done.warnings if one.rule is rules.WORDLESS_NOTES]
    assert warning.message.endswith("the words of 5 notes did not survive: 2 to 6")  # counted by their first calls
    report = (tmp_path / done.report).read_text(encoding="utf-8")
    assert report.count("note 6 is called") == 1


def test_signals_in_russian_and_a_quoted_page_with_its_publisher() -> None:
    notes = {
        1: note(1, "См. также: CCPR/C/KAZ/CO/1, para. 4; см. также CCPR/C/KAZ/CO/2"),
        2: note(2, "“The police have no data”, Law Suite. Available at http://law.example.org/doc?id=3"),
    }
    found = gather(notes, "old", {})
    (cite,) = found.calls[1]
    assert isinstance(cite, Cite)
    assert [(item.prefix, item.locators) for item in cite.items] == [("see also", (("paragraph", "4"),)), ("see also", ())]
    assert list(found.entries.values())[-1].fields == {
        "type": "web-page", "title": "The police have no data", "publisher": "Law Suite", "url": "http://law.example.org/doc?id=3",
    }  # fmt: skip


def test_sections_of_the_same_words_are_told_in_one_line_and_not_printed_again(tmp_path: Path) -> None:
    text = "Article 9\n\n1. " + "Prisoners wait for a judge. " * 9 + "\n\nArticle 7\n\n1. " + "Guards beat prisoners in cells. " * 9 + "\n"
    imported(tmp_path, text)
    _, again = imported(tmp_path, text, name="new")
    (warning,) = [one for one in again.warnings if one.rule is rules.NEW_VERSION]
    assert warning.message == "2 sections have the same words as sections of the library and were not written: old-article-9, old-article-7"
    assert "```yaml" not in (tmp_path / again.report).read_text(encoding="utf-8")
