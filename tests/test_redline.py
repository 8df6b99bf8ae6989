"""The redline of two versions: accepting all changes gives the words of the second, rejecting all those of the first, to the letter."""

from __future__ import annotations

import json
import random
import subprocess
import zipfile
from pathlib import Path

import pytest
from readers import W, part
from support import EXAMPLE, Files, example, finding, load, make_workspace, submission
from test_alive_in_word import bridge
from test_cli import run
from tracked import said

from shadowgen.compose import compose
from shadowgen.loading import load_library
from shadowgen.redline.aligning import align
from shadowgen.redline.differing import Span, changes, words_of
from shadowgen.redline.marking import Signature
from shadowgen.redline.packing import redline
from shadowgen.workspace import Workspace
from shadowgen.writers.docx import write_docx

ROOT = Path(__file__).parents[1]


def word(root: Path, files: Files, name: str = "report", audience: str = "public") -> Path:
    """Compose a submission and write its Word file beside the workspace."""
    library = load(root, files)
    composition, problems = compose(library, library.plans[name], library.plans[name].languages[0], audience)
    assert composition is not None, problems
    path = root / f"{name}.docx"
    path.write_bytes(write_docx(composition.submission, composition.locale, composition.look))
    return path


def compared(folder: Path, old: Path, new: Path) -> Path:
    """Write the redline of two files; prove both its readings."""
    target = folder / "redline.docx"
    target.write_bytes(redline(old.read_bytes(), new.read_bytes(), Signature())[0])
    assert said(target) == said(new)
    assert said(target, accepted=False) == said(old)
    assert said(target, words_only=False) == said(new, words_only=False), "an empty paragraph is left"
    assert said(target, accepted=False, words_only=False) == said(old, words_only=False), "an empty paragraph is left"
    return target


def marked(path: Path) -> list[tuple[str, str]]:
    """Return what is tracked in the text: ("del" or "ins", words)."""
    body = part(path, "word/document.xml")
    found = [
        (one.tag.removeprefix(W), "".join(text.text or "" for text in one.iter(f"{W}t", f"{W}delText")))
        for one in body.iter(f"{W}ins", f"{W}del")
    ]
    return [pair for pair in found if pair[1]]


# ---------------------------------------------------------------- words and blocks


def told(old: str, new: str) -> str:
    """Return a change as a line: what is gone in [-...], what is new in {+...}."""
    was, now = words_of(old), words_of(new)
    out = ""
    for same, a, b, c, d in changes(was, now):
        gone, added = "".join(was[a:b]), "".join(now[c:d])
        out += gone if same else (f"[-{gone}]" if gone else "") + (f"{{+{added}}}" if added else "")
    return out


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("In 2014 there were 15 cases.", "In 2014 there were 16 cases.", "In 2014 there were [-15]{+16} cases."),
        ("The law is silent.", "The law is silent.", "The law is silent."),
        ("The law is silent.", "The new law is silent.", "The{+ new} law is silent."),
        ("under art. 19(3)", "under art. 19(2)", "under art. 19([-3]{+2})"),
        # one short word between two longer changes is no unchanged word worth showing
        ("Courts refused every request.", "Prosecutors granted every application.", "[-Courts refused every request]{+Prosecutors granted every application}."),
        ("the State's duty", "the State party's duty", "the [-State's]{+State party's} duty"),
        ("a b c d e", "a x c y e", "a [-b c d]{+x c y} e"),
        ("", "All of it is new.", "{+All of it is new.}"),
        ("三名记者在边境被拒绝入境。", "四名记者在边境被拒绝入境。", "[-三]{+四}名记者在边境被拒绝入境。"),
        ("رُفض دخول ثلاثة صحفيين.", "رُفض دخول أربعة صحفيين.", "رُفض دخول [-ثلاثة]{+أربعة} صحفيين."),
    ],
)  # fmt: skip
def test_changes_are_told_in_whole_words(old: str, new: str, line: str) -> None:
    assert told(old, new) == line


def test_a_long_unchanged_stretch_between_two_changes_stays_unchanged() -> None:
    assert changes(list("abcdefg"), list("xbcdefy")) == [
        Span(False, 0, 1, 0, 1), Span(True, 1, 6, 1, 6), Span(False, 6, 7, 6, 7),
    ]  # fmt: skip


def test_blocks_are_paired_by_their_words_and_in_order() -> None:
    old = [("line", "Reporters were turned back at the border in March."), ("line", "Nobody gave a reason for it."), ("line", "The end.")]
    new = [("line", "The end."), ("line", "Reporters were turned back at the border in May."), ("line", "Sites were blocked.")]
    assert align(old, new) == [(None, 0), (0, 1), (1, None), (2, None), (None, 2)]


def test_blocks_of_two_kinds_are_never_paired() -> None:
    assert align([("Heading1", "Torture")], [("line", "Torture")]) == [(0, None), (None, 0)]


# ---------------------------------------------------------------- whole documents


def test_a_changed_word_is_all_that_is_tracked(tmp_path: Path) -> None:
    old = word(tmp_path / "a", example())
    new = word(tmp_path / "b", example(blocked=str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("125 sites", "130 sites")))
    assert marked(compared(tmp_path, old, new)) == [("del", "125"), ("ins", "130")]


def test_two_versions_that_say_the_same_have_no_change(tmp_path: Path) -> None:
    old, new = word(tmp_path / "a", example()), word(tmp_path / "b", example())
    _, count = redline(old.read_bytes(), new.read_bytes(), Signature())
    assert count == 0


BANS = str(EXAMPLE["sections/articles/iccpr/19/entry-bans.yaml"])
CHANGES = {
    "a note's words": example(entry_bans=BANS.replace("a letter of 3 March", "two letters of 3 and 9 March")),
    "a note put in": example(entry_bans=BANS.replace("Nobody gave a reason.", "Nobody^[At all.] gave a reason.")),
    "a note taken out": example(entry_bans=BANS.replace("^[The ministry did not answer a letter of 3 March; see [@adil-soz, p. 15].]", "")),
    "a cell": example(entry_bans=BANS.replace("| 2015 | 11 |", "| 2015 | 12 |")),
    "a row": example(entry_bans=BANS.replace("  | 2015 | 11 |\n", "  | 2015 | 11 |\n  | 2016 | 40 [@co-1] |\n")),
    "a row less": example(entry_bans=BANS.replace("  | 2014 | 3 [@interview-7] |\n", "")),
    "a column": example(
        entry_bans=BANS.replace("| Year | Refusals |\n  | ---- | -------: |\n  | 2014 | 3 [@interview-7] |\n  | 2015 | 11 |", "| Year | A | B |\n  | - | - | - |\n  | 2014 | 3 | x |\n  | 2015 | 11 | y |")
    ),
    "no table": example(entry_bans=BANS[: BANS.index("  Table:")] + BANS[BANS.index("  ![A bar") :]).copy(),
    "an item": example(entry_bans=BANS.replace("  - the others were not.", "  - the others were not;\n  - one was deported.")),
    "no section": example(blocked=None),
    "a section moved": example(entry_bans=BANS.replace("order: 20", "order: 1")),
    "no finding on torture": example(torture=None, entry_bans=BANS.replace(" and [#torture]", "")),
    "another title": example(entry_bans=BANS.replace("title: Entry bans against reporters", "title: Reporters turned back")),
    "another picture": example() | {"sections/articles/iccpr/19/refusals.png": __import__("support").picture("JPEG")},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_accepting_gives_the_new_words_and_rejecting_the_old_ones_in_both_directions(tmp_path: Path, change: str) -> None:
    files = {name: text for name, text in CHANGES[change].items() if change != "no table" or "ru.yaml" not in name}
    if change == "no table":
        files = {
            name: str(text).replace(" See [#refusals] and", " See") if name.endswith("torture.yaml") else text
            for name, text in files.items()
        }
    old, new = word(tmp_path / "a", example()), word(tmp_path / "b", files)
    assert change == "another picture" or said(old) != said(new), "the case changes nothing"
    assert list(part(compared(tmp_path, old, new), "word/document.xml").iter(f"{W}ins", f"{W}del", f"{W}footnoteReference"))
    compared(tmp_path, new, old)


def test_a_note_whose_words_changed_keeps_its_call(tmp_path: Path) -> None:
    made = compared(tmp_path, word(tmp_path / "a", example()), word(tmp_path / "b", CHANGES["a note's words"]))
    assert [pair for pair in marked(made) if "note" in pair[1].lower()] == []
    notes = part(made, "word/footnotes.xml")
    assert ["".join(text.text or "" for text in one.iter(f"{W}t", f"{W}delText")) for one in notes.iter(f"{W}ins", f"{W}del")] == [
        "a letter of 3", "two letters of 3 and 9",  # "of 3" is shorter than either change beside it
    ]  # fmt: skip


def test_a_row_is_tracked_as_a_row(tmp_path: Path) -> None:
    made = compared(tmp_path, word(tmp_path / "a", example()), word(tmp_path / "b", CHANGES["a row"]))
    [row] = [one for one in part(made, "word/document.xml").iter(f"{W}tr") if one.find(f"{W}trPr/{W}ins") is not None]
    assert "".join(text.text or "" for text in row.iter(f"{W}t")) == "201640"


def test_paragraphs_that_are_gone_count_in_the_series_of_those_that_stay(tmp_path: Path) -> None:
    made = compared(tmp_path, word(tmp_path / "a", example()), word(tmp_path / "b", example(blocked=None)))
    series = {
        one.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
        for one in part(made, "word/document.xml").iter(f"{W}p")
        if one.find(f"{W}pPr/{W}pStyle") is not None and one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "NumberedParagraph"
    }
    assert len(series) == 1


def test_numbers_that_were_taken_out_still_refer_to_something_if_all_is_rejected(tmp_path: Path) -> None:
    made = compared(
        tmp_path,
        word(tmp_path / "a", example()),
        word(tmp_path / "b", example(torture=None, entry_bans=BANS.replace(" and [#torture]", ""))),
    )
    parts = [part(made, f"word/{name}.xml") for name in ("document", "footnotes")]
    named = {one.get(f"{W}name") for root in parts for one in root.iter(f"{W}bookmarkStart")}
    wanted = [
        code
        for root in parts
        for one in root.iter(f"{W}instrText", f"{W}delInstrText")
        for code in (one.text or "").split()
        if code.startswith("_")
    ]
    assert any(one.startswith("_Was") for one in wanted)
    assert set(wanted) <= named
    for end in ("Start", "End"):
        ids = [one.get(f"{W}id") for root in parts for one in root.iter(f"{W}bookmark{end}")]
        assert len(ids) == len(set(ids)) and all(id.isdigit() for id in ids)


def test_a_number_that_now_means_another_paragraph_is_a_change(tmp_path: Path) -> None:
    """The finding on torture was paragraphs 4 and 5 and is now 3 and 4: the 4 that both versions show is not the same paragraph."""
    text = str(EXAMPLE["sections/recommendations/ccpr-c-kaz-co-1/press-freedom.yaml"]).replace("asks:\n  - decriminalize defamation.\n", "")
    made = compared(tmp_path, word(tmp_path / "a", example()), word(tmp_path / "b", example(press_freedom=text)))
    told = marked(made)
    assert ("del", "4–5") in told and ("ins", "3–4") in told


def test_random_edits_keep_both_readings(tmp_path: Path) -> None:
    chance = random.Random(7)
    lines = [
        f"Sentence {place} says that {chance.choice(['courts', 'police', 'the ministry'])} did {place} things [@co-1, para. {place}]."
        for place in range(40)
    ]
    before = lines
    for turn in range(6):
        after = [one for one in before if chance.random() > 0.15]
        after = [" ".join(word for word in one.split(" ") if chance.random() > 0.05 or not word.isalpha()) for one in after]
        chance.shuffle(after) if turn % 3 == 2 else None
        after += [f"A new sentence of turn {turn}^[With a note {turn}.]." for _ in range(2)]
        old, new = (
            word(tmp_path / f"{turn}{name}", example(blocked=finding("\n\n".join(some), articles='["ICCPR 19"]')))
            for name, some in (("a", before), ("b", after))
        )
        compared(tmp_path, old, new)
        before = after


@pytest.mark.slow
def test_the_report_of_the_samples_and_its_short_form(tmp_path: Path) -> None:
    library, _ = load_library(Workspace(ROOT))
    paths = []
    for name in ("kazakhstan-2016-full", "kazakhstan-2016"):
        composition, _ = compose(library, library.plans[name], "en", "public")
        assert composition is not None
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(write_docx(composition.submission, composition.locale, composition.look))
    compared(tmp_path, *paths)
    compared(tmp_path, *paths[::-1])


def test_the_same_two_files_give_the_same_bytes_and_nothing_is_told_of_a_person(tmp_path: Path) -> None:
    old, new = word(tmp_path / "a", example()), word(tmp_path / "b", CHANGES["a row"])
    data = [redline(old.read_bytes(), new.read_bytes(), Signature())[0] for _ in range(2)]
    assert data[0] == data[1]
    (tmp_path / "r.docx").write_bytes(data[0])
    tracked = list(part(tmp_path / "r.docx", "word/document.xml").iter(f"{W}ins", f"{W}del"))
    assert {one.get(f"{W}author") for one in tracked} == {"shadowgen"}
    assert {one.get(f"{W}date") for one in tracked} == {None}
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    ids = [one.get(f"{W}id") for one in tracked]
    assert len(ids) == len(set(ids))


# ---------------------------------------------------------------- other programs


@pytest.mark.slow
def test_libreoffice_accepts_and_rejects_to_the_same_words(tmp_path: Path) -> None:
    """LibreOffice 7.4 misplaces changes that stand after a field inside a note, so the changes of notes here stand before any."""
    edited = BANS.replace("a letter of 3 March", "two letters").replace("| 2015 | 11 |", "| 2015 | 12 |\n  | 2016 | 40 [@co-1] |")
    edited = edited.replace("- the others were not.", "- the others were not;\n  - one was deported^[By bus.].").replace(
        '"turned back"', "sent home"
    )
    files = example(
        entry_bans=edited,
        press_freedom=str(EXAMPLE["sections/recommendations/ccpr-c-kaz-co-1/press-freedom.yaml"]).replace(
            "asks:\n  - decriminalize defamation.\n", ""
        ),
    )
    old, new = word(tmp_path / "a", example()), word(tmp_path / "b", files)
    made = compared(tmp_path, old, new)
    script = Path(__file__).with_name("office_changes.py")
    done = subprocess.run([bridge(), str(script), str(old), str(new), str(made)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["old"] != told["new"]
    assert told["accepted"] == told["new"]
    assert told["rejected"] == told["old"]


# ---------------------------------------------------------------- the command

PLAN = submission(title="A report", sections="[articles/*]")


def at(root: Path, *args: str, command: str = "redline") -> tuple[int, str, str]:
    """Run a command in a workspace; return its code and what it said."""
    done = run(root, command, *args)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_compares_what_was_built_with_what_is_there_now(tmp_path: Path) -> None:
    root = tmp_path / "w"
    make_workspace(root, example())
    assert at(root, "report", "--format", "docx", command="build")[0] == 0
    built = root / "output/report/report.docx"
    make_workspace(root, CHANGES["a row"])
    code, _, err = at(root, str(built), "report", "-o", str(tmp_path / "r.docx"))
    assert (code, err) == (0, ""), err
    assert said(tmp_path / "r.docx", accepted=False) == said(built)
    assert any("2016 40" in line or line.startswith("40") for line in said(tmp_path / "r.docx"))
    code, _, err = at(root, str(built), "report", "-o", str(tmp_path / "r.docx"))
    assert (code, err) == (0, ""), err  # its own kind is replaced
    with zipfile.ZipFile(tmp_path / "r.docx", "a") as package:  # as if another program had saved it
        package.writestr("docProps/app.xml", "<Properties/>")
    for mine in ((tmp_path / "r.docx").read_bytes(), built.read_bytes(), b"PK something of mine"):
        (tmp_path / "r.docx").write_bytes(mine)
        code, _, err = at(root, str(built), "report", "-o", str(tmp_path / "r.docx"))
        assert (code, (tmp_path / "r.docx").read_bytes()) == (1, mine)
        assert "the file exists and is no redline as it was written" in err


def test_versions_for_two_audiences_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "w"
    make_workspace(
        root,
        example()
        | {"submissions/annex.yaml": str(example()["submissions/report.yaml"]).replace("audience: public", "audience: committee")},
    )
    code, _, err = at(root, "report", "annex", "-o", str(tmp_path / "r.docx"))
    assert code == 1 and "cannot-compare" in err and "audience public" in err and "committee" in err
    assert not (tmp_path / "r.docx").exists()


def test_a_file_that_no_build_knows_needs_an_audience_and_may_hold_no_secret(tmp_path: Path) -> None:
    root = tmp_path / "w"
    make_workspace(root, example())
    for audience in ("committee", "public"):
        assert at(root, "report", "--format", "docx", "--audience", audience, command="build")[0] == 0
    copy = tmp_path / "copy.docx"
    data = redline(
        (root / "output/report/report.committee.docx").read_bytes(),
        (root / "output/report/report.committee.docx").read_bytes(),
        Signature(),
    )[0]
    copy.write_bytes(data)  # the same words in other bytes
    code, _, err = at(root, str(copy), "report", "-o", str(tmp_path / "r.docx"))
    assert code == 1 and "say with --audience" in err
    code, _, err = at(root, str(copy), "report", "-o", str(tmp_path / "r.docx"), "--audience", "public")
    assert code == 1 and "words that its readers may not see" in err
    code, out, err = at(root, str(copy), "report", "-o", str(tmp_path / "r.docx"), "--audience", "committee")
    assert code == 0 and "no word has changed" in out
    assert not [path for path in root.rglob("*") if path.suffix == ".docx" and "output" not in path.parts]


def test_words_that_the_readers_may_not_see_stop_a_redline(tmp_path: Path) -> None:
    root = tmp_path / "w"
    hidden = {"sections/contributors/hidden.yaml": "guard: {type: person, name: Yerbolat Zhumabekov, audience: internal}\n"}
    text = str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("Courts blocked", "Yerbolat Zhumabekov says that courts blocked")
    make_workspace(root, example(blocked=text) | hidden)
    code, _, err = at(root, "report", "report", "-o", str(tmp_path / "r.docx"))
    assert code == 1 and "leak" in err and "Zhumabekov" not in err
    assert not (tmp_path / "r.docx").exists()


def test_a_file_with_tracked_changes_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "w"
    make_workspace(root, example())
    data, _ = redline(word(tmp_path / "a", example()).read_bytes(), word(tmp_path / "b", CHANGES["a row"]).read_bytes(), Signature())
    (tmp_path / "tracked.docx").write_bytes(data)
    code, _, err = at(root, str(tmp_path / "tracked.docx"), "report", "--audience", "public", "-o", str(tmp_path / "r.docx"))
    assert code == 1 and "tracked changes" in err


def test_markdown_of_ours_is_compared_by_its_words(tmp_path: Path) -> None:
    root = tmp_path / "w"
    make_workspace(root, example())
    assert at(root, "report", "--format", "md", command="build")[0] == 0
    make_workspace(root, example(blocked=str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("125 sites", "130 sites")))
    code, _, err = at(root, str(root / "output/report/report.md"), "report", "-o", str(tmp_path / "r.docx"))
    assert (code, err) == (0, "")
    assert marked(tmp_path / "r.docx") == [("del", "125"), ("ins", "130")]  # nothing that Markdown does not say stands as a change
    assert at(root, "report", "--format", "docx", command="build")[0] == 0
    code, _, err = at(root, str(root / "output/report/report.docx"), str(root / "output/report/report.md"), "-o", str(tmp_path / "s.docx"))
    assert code == 1 and "'report.docx' is a Word file, the other version Markdown" in err


def test_the_author_and_the_time_are_what_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "w"
    make_workspace(root, example())
    assert at(root, "report", "--format", "docx", command="build")[0] == 0
    make_workspace(root, CHANGES["a row"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1466380800")
    assert at(root, str(root / "output/report/report.docx"), "report", "-o", str(tmp_path / "r.docx"), "--author", "The coalition")[0] == 0
    one = next(part(tmp_path / "r.docx", "word/document.xml").iter(f"{W}ins"))
    assert (one.get(f"{W}author"), one.get(f"{W}date")) == ("The coalition", "2016-06-20T00:00:00Z")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert at(root, str(root / "output/report/report.docx"), "report", "-o", str(tmp_path / "s.docx"))[0] == 0
    assert (
        next(part(tmp_path / "s.docx", "word/document.xml").iter(f"{W}ins")).get(f"{W}date") is None
    )  # the clock tells when somebody worked
