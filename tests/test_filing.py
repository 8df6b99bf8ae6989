"""What was sent is sealed and never forgotten: the seal, what it refuses, where findings were filed and what changed since."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import EXAMPLE, Files, example, finding, make_workspace, picture, submission
from test_cli import run

from shadowgen.diagnostics import Diagnostic
from shadowgen.filing import sealing
from shadowgen.filing.seals import load_seals, read_prose
from shadowgen.redline.marking import Signature
from shadowgen.redline.packing import redline
from shadowgen.workspace import Workspace

BANS = str(EXAMPLE["sections/articles/iccpr/19/entry-bans.yaml"])
FILED = "submissions/filed"
DOCUMENTED = (Path(__file__).parents[1] / "docs/reuse.md").read_text("utf-8")
SECRET = "The name of the officer is known"


def said(root: Path, *words: str) -> tuple[int, str]:
    """Run a command; return its exit code and all that it said."""
    done = run(root, *words)
    return done.exit_code, done.output


def built(root: Path, files: Files, *words: str) -> Path:
    """Write the files and build the submission `report`."""
    make_workspace(root, files)
    assert said(root, "build", "report", "--format", "docx,md", *words)[0] == 0
    return root


def sealed(root: Path, *words: str, id: str = "report-2016-06-20") -> dict[str, Any]:
    """File the report and return what the seal says."""
    code, out = said(root, "file", "report", "--date", "2016-06-20", *words)
    assert (code, out) == (0, f"sealed {FILED}/{id}.yaml\n"), out
    return yaml.safe_load((root / FILED / f"{id}.yaml").read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---------------------------------------------------------------- the seal


def test_a_seal_tells_what_was_sent(tmp_path: Path) -> None:
    seal = sealed(built(tmp_path, example()), "--to", "Human Rights Committee")
    head = {name: str(seal[name]) for name in ("submission", "filed", "to", "audience", "profile", "template", "tool")}
    assert head == {
        "submission": "report", "filed": "2016-06-20", "to": "Human Rights Committee", "audience": "public", "profile": "open",
        "template": "shadow-report", "tool": "shadowgen 0.1.0",
    }  # fmt: skip
    [document] = seal["documents"]
    outputs = tmp_path / "output/report"
    assert document["outputs"] == [
        {"format": ending, "file": f"output/report/report.{ending}", "sha256": digest(outputs / f"report.{ending}"), "finished": "built"}
        for ending in ("docx", "md")
    ]
    assert list(document["sections"]) == ["blocked", "entry-bans", "introduction", "press-freedom", "torture"]
    assert list(seal["sources"]) == ["adil-soz", "co-1", "criminal-code", "gc-34", "interview-7", "news-1"]
    assert list(seal["commitments"]) == ["ccpr-c-kaz-co-1#press"]
    kept = tmp_path / FILED / document["text"]["file"]
    assert kept.read_bytes() == (outputs / "report.docx").read_bytes()
    assert document["text"]["sha256"] == digest(kept)
    prose = (tmp_path / FILED / document["prose"]["file"]).read_text(encoding="utf-8")
    assert read_prose(prose)["torture"] == (
        "Complaints of torture",
        "Complaints are examined by the police itself [@co-1, para. 14]. See [#refusals] and [#reasons, paras].",
        "The authors ask the State party",
        "to create an independent body.",
    )


def test_each_language_that_is_built_is_sealed(tmp_path: Path) -> None:
    built(tmp_path, example())
    built(tmp_path, example(), "--language", "ru")
    seal = sealed(tmp_path)
    assert [one["language"] for one in seal["documents"]] == ["en", "ru"]
    digests = [one["sections"]["entry-bans"] for one in seal["documents"]]
    assert digests[0] != digests[1]


def test_a_seal_is_a_file_that_check_knows_and_no_submission(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    before = said(tmp_path, "check")
    sealed(built(tmp_path, example()))
    assert said(tmp_path, "check") == before
    path = tmp_path / FILED / "report-2016-06-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("filed: 2016-06-20", "filed: soon"), encoding="utf-8")
    assert "'filed': no such date" in said(tmp_path, "check")[1]


def test_a_seal_is_never_overwritten(tmp_path: Path) -> None:
    built(tmp_path, example())
    sealed(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / FILED).iterdir()}
    code, out = said(tmp_path, "file", "report", "--date", "2016-06-20")
    assert code == 1 and "SG523" in out
    sealed(tmp_path, "--to", "Another body", id="report-2016-06-20-2")
    code, out = said(tmp_path, "file", "report", "--date", "2016-06-20", "--to", "Another body")
    assert code == 1 and "SG523" in out
    assert {name: (tmp_path / FILED / name).read_bytes() for name in before} == before


def refused(root: Path, rule: str, *words: str) -> str:
    """Prove that nothing is sealed; return what is said."""
    before = sorted(root.rglob("*"))
    code, out = said(root, "file", "report", "--date", "2016-06-20", *words)
    assert code == 1 and rule in out, out
    assert sorted(root.rglob("*")) == before
    return out


def test_what_is_not_built_is_not_sealed(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    assert "shadowgen build report" in refused(tmp_path, "SG520")
    built(tmp_path, example())
    (tmp_path / "output/report/report.md").unlink()
    assert "the output is missing" in refused(tmp_path, "SG520")


@pytest.mark.parametrize(
    "change",
    [
        {"torture": str(EXAMPLE["sections/articles/iccpr/7/torture.yaml"]).replace("the police itself", "the police")},
        {"report": str(EXAMPLE["submissions/report.yaml"]).replace("date: 2016-06", "date: 2016-07")},
        {"all": str(EXAMPLE["sections/sources/all.yaml"]).replace("title: Freedom of Expression", "title: Liberty of Expression")},
        {"report": str(EXAMPLE["submissions/report.yaml"]) + "look: coalition\n"},
    ],
    ids=["a section", "the submission", "a source", "the look"],
)
def test_what_was_built_from_other_files_is_not_sealed(tmp_path: Path, change: dict[str, str]) -> None:
    built(tmp_path, example())
    files = example(**{name: text for name, text in change.items() if name != "all"})
    make_workspace(tmp_path, files | ({"sections/sources/all.yaml": change["all"]} if "all" in change else {}))
    out = refused(tmp_path, "SG522")
    assert out.count("SG522") == 2
    assert said(tmp_path, "build", "report", "--format", "docx,md")[0] == 0
    sealed(tmp_path)


def test_one_format_built_later_does_not_hide_that_another_is_old(tmp_path: Path) -> None:
    built(tmp_path, example())
    make_workspace(
        tmp_path, example(torture=str(EXAMPLE["sections/articles/iccpr/7/torture.yaml"]).replace("the police itself", "the police"))
    )
    assert said(tmp_path, "build", "report", "--format", "docx")[0] == 0
    out = refused(tmp_path, "SG522")
    assert "report.md" in out and "report.docx" not in out


def finished(path: Path) -> bytes:
    """Change a Word file as a person would: the same words, other bytes."""
    data = path.read_bytes()
    return redline(data, data, Signature())[0]


def test_what_was_finished_in_word_is_sealed_knowingly_only(tmp_path: Path) -> None:
    built(tmp_path, example())
    file = tmp_path / "output/report/report.docx"
    file.write_bytes(finished(file))
    assert "--sent" in refused(tmp_path, "SG521")
    seal = sealed(tmp_path, "--sent", str(file), "--language", "en")
    [output] = seal["documents"][0]["outputs"]
    assert output == {"format": "docx", "file": "output/report/report.docx", "sha256": digest(file), "finished": "by hand"}


def test_a_file_with_tracked_changes_or_with_a_secret_is_not_sealed(tmp_path: Path) -> None:
    built(tmp_path, example())
    assert said(tmp_path, "build", "report", "--format", "docx", "--audience", "internal")[0] == 0
    secret = tmp_path / "secret.docx"
    secret.write_bytes(finished(tmp_path / "output/report/report.internal.docx"))
    assert "may not see" in refused(tmp_path, "SG524", "--sent", str(secret), "--language", "en")
    tracked = tmp_path / "tracked.docx"
    tracked.write_bytes(redline(secret.read_bytes(), (tmp_path / "output/report/report.docx").read_bytes(), Signature())[0])
    assert "SG524" in refused(tmp_path, "SG524", "--sent", str(tracked), "--language", "en")


def test_nothing_above_the_audience_is_kept_or_digested(tmp_path: Path) -> None:
    """Words, sections and sources that the readers may not see stand in no byte, and changing them changes no digest."""
    hidden = {
        "sections/articles/iccpr/19/hidden-finding.yaml": finding("Nobody may read this [@hidden-source].", audience="internal"),
        "sections/sources/hidden.yaml": "hidden-source: {type: case-file, title: A hidden file, holder: We, audience: internal}\n",
    }
    first = sealed(built(tmp_path / "a", example() | hidden))
    for path in (tmp_path / "a" / FILED).iterdir():
        data = path.read_bytes()
        for words in (SECRET, "hidden-finding", "hidden-source", "Nobody may read", "is led by a former officer"):
            assert words.encode() not in data, (path.name, words)
    changed = example(entry_bans=BANS.replace("The name of the officer is known.", "The officer is called X.")) | {
        name: text.replace("Nobody", "No person") for name, text in hidden.items()
    }
    assert sealed(built(tmp_path / "b", changed)) == first
    wider = sealed(
        built(tmp_path / "a", example() | hidden, "--audience", "committee"), "--audience", "committee", id="report-2016-06-20-2"
    )
    assert wider["audience"] == "committee"
    assert wider["documents"][0]["sections"]["entry-bans"] != first["documents"][0]["sections"]["entry-bans"]


def test_what_is_kept_beside_a_seal_passes_the_gate(tmp_path: Path) -> None:
    """The file that was sent is clean; the words that would be kept beside it name somebody since then."""
    built(tmp_path, example())
    sent = tmp_path / "sent.docx"
    sent.write_bytes((tmp_path / "output/report/report.docx").read_bytes())
    blocked = str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace(
        "Courts blocked", "Yerbolat Zhumabekov says that courts blocked"
    )
    hidden = {"sections/contributors/hidden.yaml": "guard: {type: person, name: Yerbolat Zhumabekov, audience: internal}\n"}
    make_workspace(tmp_path, example(blocked=blocked) | hidden)
    assert "Zhumabekov" not in refused(tmp_path, "SG540", "--sent", str(sent), "--language", "en")


def test_a_seal_that_appears_at_the_last_moment_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, example())
    honest, theirs = sealing.leaks, tmp_path / FILED / "report-2016-06-20.yaml"

    def leaks(*words: Any) -> Any:
        theirs.parent.mkdir(parents=True)
        theirs.write_text("theirs")
        return honest(*words)

    monkeypatch.setattr(sealing, "leaks", leaks)
    assert said(tmp_path, "file", "report", "--date", "2016-06-20")[0] == 1
    assert theirs.read_text() == "theirs"


def test_a_kept_file_that_was_changed_is_told(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    kept = tmp_path / FILED / "report-2016-06-20.en.md"
    kept.write_text("other words", encoding="utf-8")
    (tmp_path / FILED / "report-2016-06-20.en.docx").unlink()
    problems: list[Diagnostic] = load_seals(Workspace(tmp_path))[1]
    assert [(problem.rule.code, problem.message) for problem in problems] == [
        ("SG525", "'report-2016-06-20.en.docx' is missing"), ("SG525", "'report-2016-06-20.en.md' has been changed since it was filed"),
    ]  # fmt: skip
    assert "SG525" in said(tmp_path, "check")[1]


def test_a_seal_that_names_a_file_elsewhere_reads_nothing(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    path = tmp_path / FILED / "report-2016-06-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("file: report-2016-06-20.en.md", "file: ../report.yaml"), encoding="utf-8")
    assert "'../report.yaml' is missing" in said(tmp_path, "check")[1]


# ---------------------------------------------------------------- history


def told(root: Path, *words: str) -> dict[str, Any]:
    code, out = said(root, "history", *words, "--json")
    assert code == 0, out
    return json.loads(out)


def test_a_finding_tells_where_it_was_used_and_filed_and_what_changed(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()), "--to", "The Committee")
    [story] = told(tmp_path, "blocked")["findings"]
    [filed] = story.pop("filed")
    assert story == {"kind": "section", "id": "blocked", "title": "Blocking of sites", "used_in": ["report"], "cited_by": []}
    assert filed == {
        "seal": "report-2016-06-20", "submission": "report", "date": "2016-06-20", "to": "The Committee", "language": "en", "state": "same",
        "changes": [],
    }  # fmt: skip
    text = str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("125 sites", "130 sites").replace("order: 10", "order: 11")
    make_workspace(tmp_path, example(blocked=text))
    [filed] = told(tmp_path, "blocked")["findings"][0]["filed"]
    assert filed["state"] == "changed"
    assert filed["changes"] == [
        {"was": "Courts blocked 125 sites in closed hearings [@adil-soz, p. 20].", "now": "Courts blocked 130 sites in closed hearings [@adil-soz, p. 20]."}
    ]  # fmt: skip
    shown = said(tmp_path, "history", "blocked")[1]
    assert shown == (
        "blocked  Blocking of sites\n  used in: report\n  filed 2016-06-20 in report (en) to The Committee: changed since\n"
        "    Courts blocked [-125-]{+130+} sites in closed hearings [@adil-soz, p. 20].\n"
    )
    assert f"$ shadowgen history blocked\n{shown}```" in DOCUMENTED
    assert told(tmp_path, "blocked") in [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENTED, re.DOTALL)]


def test_wrapping_lines_anew_or_another_status_is_no_change_of_what_was_filed(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    text = str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("Courts blocked 125 sites in", "Courts blocked\n  125 sites in")
    make_workspace(tmp_path, example(blocked=text.replace("status: final", "status: review")))
    assert told(tmp_path, "blocked")["findings"][0]["filed"][0]["state"] == "same"


def test_a_finding_that_is_gone_still_has_its_history(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    (tmp_path / "sections/articles/iccpr/19/blocked.yaml").unlink()
    [story] = told(tmp_path, "blocked")["findings"]
    assert (story["used_in"], story["filed"][0]["state"]) == ([], "gone")
    assert [change["now"] for change in story["filed"][0]["changes"]] == [""] * 4  # title, sentence, case, quotation


def test_a_finding_that_was_closed_to_its_readers_is_gone_for_them(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    text = str(EXAMPLE["sections/articles/iccpr/19/blocked.yaml"]).replace("audience: public", "audience: internal").replace("125", "999")
    make_workspace(tmp_path, example(blocked=text))
    code, out = said(tmp_path, "history", "blocked")
    assert code == 0 and "no longer there for these readers" in out and "999" not in out


def test_a_source_tells_who_cites_it_and_whether_its_entry_changed(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    [story] = told(tmp_path, "gc-34")["findings"]
    assert (story["kind"], story["used_in"], story["cited_by"]) == ("source", ["report"], ["blocked", "entry-bans"])
    assert [one["state"] for one in story["filed"]] == ["same"]
    sources = str(EXAMPLE["sections/sources/all.yaml"]).replace('date: "2011"', 'date: "2012"')
    make_workspace(tmp_path, {"sections/sources/all.yaml": sources})
    assert [one["state"] for one in told(tmp_path, "gc-34")["findings"][0]["filed"]] == ["changed"]


def test_a_submission_tells_what_became_of_what_was_filed(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    [since] = told(tmp_path, "report")["filed"]
    assert (since["sections"], since["changed"], since["gone"], since["not_filed"]) == (5, [], [], [])
    assert "nothing has changed since" in said(tmp_path, "history")[1]
    new = {"sections/articles/iccpr/6/life.yaml": finding("A new finding.", articles='["ICCPR 6"]')}
    commitments = str(EXAMPLE["sections/commitments/ccpr-c-kaz-co-1.yaml"]).replace("should protect the press", "must protect the press")
    files = example(entry_bans=BANS.replace("three reporters", "four reporters"), blocked=None)
    make_workspace(tmp_path, files | new | {"sections/commitments/ccpr-c-kaz-co-1.yaml": commitments})
    (tmp_path / "sections/articles/iccpr/19/blocked.yaml").unlink()
    [since] = told(tmp_path, "report")["filed"]
    assert [since[name] for name in ("changed", "gone", "not_filed", "changed_sources", "changed_commitments")] == [
        ["entry-bans"], ["blocked"], ["life"], [], ["ccpr-c-kaz-co-1#press"],
    ]  # fmt: skip


def test_what_the_word_limit_left_out_is_not_told_as_new(tmp_path: Path) -> None:
    long = finding("Words of a finding. " * 200, articles='["ICCPR 6"]', priority="5")
    plan = str(EXAMPLE["submissions/report.yaml"]) + "word_limit: 500\n"
    sealed(built(tmp_path, example() | {"sections/articles/iccpr/6/life.yaml": long, "submissions/report.yaml": plan}))
    [since] = told(tmp_path, "report")["filed"]
    assert (since["sections"], since["not_filed"]) == (5, [])
    make_workspace(tmp_path, {"sections/articles/iccpr/6/life.yaml": finding("A short one.", articles='["ICCPR 6"]')})
    assert told(tmp_path, "report")["filed"][0]["not_filed"] == ["life"]  # now it fits


def test_a_name_that_nothing_has_is_a_wrong_call(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    code, out = said(tmp_path, "history", "blokced")
    assert code == 2 and "did you mean 'blocked'?" in out
    assert said(tmp_path, "history") == (0, "nothing has been filed\n")


def test_a_seal_and_what_is_there_now_can_be_compared(tmp_path: Path) -> None:
    sealed(built(tmp_path, example()))
    make_workspace(tmp_path, example(entry_bans=BANS.replace("three reporters", "four reporters")) | {"x.png": picture()})
    target = tmp_path / "r.docx"
    code, out = said(tmp_path, "redline", "report-2016-06-20", "report", "-o", str(target))
    assert code == 0 and out.endswith(": 2 changes\n"), out
    assert "no word has changed" in said(tmp_path, "redline", "report-2016-06-20", "report-2016-06-20", "-o", str(tmp_path / "s.docx"))[1]
    kept = tmp_path / FILED / "report-2016-06-20.en.docx"
    kept.write_bytes(b"PK")
    assert "SG525" in said(tmp_path, "redline", "report-2016-06-20", "report", "-o", str(tmp_path / "t.docx"))[1]


# ---------------------------------------------------------------- the next cycle

DAY = "2020-01-01"
OLD = "title: First\nkind: concluding-observations\nsymbol: CCPR/C/KAZ/CO/1\nparagraphs:\n" + "".join(
    f'  - {{id: {id}, number: "{number}", title: {title}, summary: {words}}}\n'
    for id, number, title, words in (
        ("press", 25, "Freedom of the press", "Protect journalists from attacks."),
        ("prisons", 17, "Prisons", "Reduce overcrowding."),
        ("juries", 9, "Trial by jury", "Widen it."),
    )
)
NEW = "title: Second\nkind: concluding-observations\nparagraphs:\n" + "".join(
    f'  - {{id: {id}, number: "{number}", title: {title}, summary: {words}}}\n'
    for id, number, title, words in (
        ("media", 50, "Freedom of the press", "Protect journalists from violence."),
        ("jails", 12, "Overcrowded cells", "Build no more of them."),
        ("jurors", 30, "Trial by jury", "Widen it further."),
        ("corruption", 10, "Corruption in purchases", "Fight it."),
    )
)
LIBRARY: Files = {
    "sections/commitments/co-1.yaml": OLD,
    "sections/commitments/co-2.yaml": NEW,
    "sections/matter/introduction.yaml": finding("Words.", articles="[]", verified="2019-01-01"),
    "sections/recommendations/co-1/press.yaml": finding(
        "Words.", responds_to="[{document: co-1, paragraphs: [press]}]", verified="2019-06-01", review_by="2020-01-01"
    ),
    "sections/articles/iccpr/10/cells.yaml": finding(
        "Words.", articles='["ICCPR 10"]', responds_to="[{document: co-2, paragraphs: [jails]}]", verified="2018-01-01", review_by="2019-12-31"
    ),
    "sections/articles/iccpr/6/life.yaml": finding("Words.", articles='["ICCPR 6"]', status="draft", verified="2019-01-01"),
    "sections/articles/iccpr/7/torture.yaml": finding("Words.", articles='["ICCPR 7"]'),
    "submissions/old.yaml": submission(
        title='"First: a report"', front="[introduction]", sections="[recommendations/co-1/*, articles/*]", commitments="[co-1]", session="The first",
        subtitle="On the first report", notes="{ibid: no}", variables="{period: the years}",
    ),
}  # fmt: skip


def carried(root: Path, *words: str, **files: str) -> dict[str, Any]:
    """Return the proposal made of the library, in which commitments files have other texts."""
    make_workspace(root, LIBRARY | {f"sections/commitments/{name.replace('_', '-')}.yaml": text for name, text in files.items()})
    code, out = said(root, "new", "submission", "--from", "old", "--cycle", "2", "--commitments", "co-2", "--date", DAY, "--json", *words)
    assert code == 0, out
    return json.loads(out)


def test_the_next_cycle_takes_over_what_can_stand(tmp_path: Path) -> None:
    proposal = carried(tmp_path)
    assert (proposal["submission"], proposal["source"], proposal["cycle"]) == ("old-cycle-2", "old", 2)
    assert {one["id"]: (one["stands"], one["freshness"]) for one in proposal["sections"]} == {
        "introduction": (True, "fresh"), "press": (True, "fresh"), "cells": (False, "stale"), "life": (False, "fresh"), "torture": (False, "never"),
    }  # fmt: skip


def test_each_section_says_which_new_recommendation_it_answers(tmp_path: Path) -> None:
    sections = {one["id"]: one["answers"] for one in carried(tmp_path)["sections"] if one["answers"]}
    assert {id: [(answer["key"], answer["how"], answer["earlier"]) for answer in answers] for id, answers in sections.items()} == {
        "press": [("co-2#media", "looks like", "co-1#press")],  # the titles are the same
        "cells": [("co-2#jails", "says so", "")],
    }


@pytest.mark.parametrize(
    ("decision", "answers", "known"),
    [
        ("repeats: [co-1#press]", [("co-2#media", "repeats", 0)], True),
        ("not_repeats: [co-1#press]", [], False),
        ("repeats: [co-0#papers]", [("co-2#media", "looks like", 63)], True),  # a pair of its own, which decides nothing of this one
    ],
)
def test_a_decision_on_a_pair_goes_before_its_likeness(
    tmp_path: Path, decision: str, answers: list[tuple[str, str, int]], known: bool
) -> None:
    proposal = carried(tmp_path, co_2=NEW.replace("id: media,", f"id: media, {decision},"))
    press = next(one for one in proposal["sections"] if one["id"] == "press")
    assert [(one["key"], one["how"], one["likeness"]) for one in press["answers"]] == answers
    assert [one["known"] for one in proposal["unanswered"] if one["key"] == "co-2#media"] == ([] if answers else [known])


def test_what_was_repeated_twice_is_followed_through_both_cycles(tmp_path: Path) -> None:
    between = "title: Between\nkind: concluding-observations\nparagraphs:\n  - {id: papers, title: Papers, summary: Free them., repeats: [co-1#prisons, co-1#press]}\n"
    proposal = carried(tmp_path, co_b=between, co_2=NEW.replace("id: corruption,", "id: corruption, repeats: [co-b#papers],"))
    press = next(one for one in proposal["sections"] if one["id"] == "press")
    assert [(one["key"], one["how"], one["earlier"]) for one in press["answers"]] == [
        ("co-2#corruption", "repeats", "co-1#press"), ("co-2#media", "looks like", "co-1#press"),
    ]  # fmt: skip


def test_what_was_overtaken_is_commented_out_with_what_overtook_it(tmp_path: Path) -> None:
    term = "council:\n  preferred: Constitutional Council\n  replaced: {by: Constitutional Court, on: 2019-12}\n"
    make_workspace(tmp_path, LIBRARY | {"sections/terms/en.yaml": term, "sections/recommendations/co-1/press.yaml": finding(
        "The Constitutional Council.", responds_to="[{document: co-1, paragraphs: [press]}]", verified="2019-06-01", review_by="2030-01-01",
    )})  # fmt: skip
    told = "stale: 'Constitutional Council' was replaced by 'Constitutional Court' (2019-12); the facts were last checked 2019-06-01"
    code, out = said(tmp_path, "new", "submission", "--from", "old", "--cycle", "2", "--date", DAY)
    assert code == 0 and f"({told})" in out and "2030" not in out
    assert f"  # {told}\n  # - press\n" in (tmp_path / "submissions/old-cycle-2.yaml").read_text("utf-8")


def test_what_is_new_is_told_from_what_was_asked_before(tmp_path: Path) -> None:
    assert [(one["key"], one["known"]) for one in carried(tmp_path)["unanswered"]] == [("co-2#jurors", True), ("co-2#corruption", False)]


def test_the_new_file_holds_the_outline_and_what_to_look_at(tmp_path: Path) -> None:
    carried(tmp_path)
    text = (tmp_path / "submissions/old-cycle-2.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["sections"] == ["press"]
    assert text.split("sections:\n")[1] == (
        "  # answers co-2#media (50): looks like co-1#press (63 of 100): to be decided\n"
        "  - press\n"
        "  # draft\n"
        "  # - life\n"
        "  # never checked\n"
        "  # - torture\n"
        "  # answers co-2#jails (12): the section says so\n"
        "  # stale: to be reviewed by 2019-12-31\n"
        "  # - cells\n"
        "  # nothing answers co-2#jurors (30)\n"
        "  # nothing answers co-2#corruption (10)\n"
    )
    assert f"```yaml\nsections:\n{text.split('sections:' + chr(10))[1]}```" in DOCUMENTED
    data = yaml.safe_load(text)
    assert (data["commitments"], data["front"], data["notes"]) == (["co-2"], ["introduction"], {"ibid": False})
    assert "session" not in data and "subtitle" not in data
    assert ": error " not in said(tmp_path, "check", "old-cycle-2")[1]


def test_the_new_recommendations_may_be_named_by_their_symbol(tmp_path: Path) -> None:
    make_workspace(tmp_path, LIBRARY)
    hint = "no newer recommendations are named: say with --commitments what was asked since"
    code, out = said(tmp_path, "new", "submission", "--from", "old", "--cycle", "2", "--commitments", "CCPR/C/KAZ/CO/1")
    assert code == 0 and hint in out
    assert yaml.safe_load((tmp_path / "submissions/old-cycle-2.yaml").read_text("utf-8"))["commitments"] == ["co-1"]
    assert hint not in said(tmp_path, "new", "submission", "x", "--from", "old", "--cycle", "2", "--commitments", "co-2")[1]


def test_an_outline_in_which_nothing_stands_says_how_to_fill_it(tmp_path: Path) -> None:
    make_workspace(tmp_path, LIBRARY | {"submissions/old.yaml": submission(sections="[life]")})
    assert said(tmp_path, "new", "submission", "--from", "old", "--cycle", "2", "--date", DAY)[0] == 0
    file = tmp_path / "submissions/old-cycle-2.yaml"
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)["sections"] == [] and "sections: []  # take the brackets out when you uncomment a line\n" in text
    file.write_text(text.replace("sections: []", "sections:").replace("# - life", "- life"), "utf-8")
    assert yaml.safe_load(file.read_text("utf-8"))["sections"] == ["life"]


def test_no_file_is_ever_overwritten_by_a_proposal(tmp_path: Path) -> None:
    carried(tmp_path)
    before = (tmp_path / "submissions/old-cycle-2.yaml").read_bytes()
    code, out = said(tmp_path, "new", "submission", "--from", "old", "--cycle", "2")
    assert code == 1 and "the file exists already" in out
    assert (tmp_path / "submissions/old-cycle-2.yaml").read_bytes() == before
    assert said(tmp_path, "new", "submission", "other", "--from", "old", "--cycle", "2")[0] == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--from", "old"), "--cycle"),
        (("--from", "odl", "--cycle", "2"), "did you mean 'old'?"),
        (("--from", "old", "--cycle", "2", "--commitments", "co-3"), "no commitments file or symbol 'co-3'; did you mean 'co-"),
        (("x", "--cycle", "2"), "--from SUBMISSION"),
        ((), "give an ID"),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, words: tuple[str, ...], reason: str) -> None:
    make_workspace(tmp_path, LIBRARY)
    code, out = said(tmp_path, "new", "submission", *words)
    assert code == 2 and reason in out


@pytest.mark.slow
def test_every_sample_submission_can_be_carried_over(tmp_path: Path) -> None:
    import shutil

    root = Path(__file__).parents[1]
    for folder in ("sections", "submissions"):
        shutil.copytree(root / folder, tmp_path / folder)
    names = sorted(path.stem for path in (root / "submissions").glob("*.yaml"))
    for name in names:
        code, out = said(tmp_path, "new", "submission", "--from", name, "--cycle", "3", "--date", "2026-01-01")
        assert code == 0, out
    code, out = said(tmp_path, "check", *(f"{name}-cycle-3" for name in names))
    assert ": error " not in out
