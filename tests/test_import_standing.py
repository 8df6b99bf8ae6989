"""What a report answers: articles of a constitution, what stands in the library already, what a finding urges."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import Imported, import_file
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.nodes import plain_text
from shadowgen.workspace import Workspace

LETTER = """Appeal to the President of Freedonia

19 June 2014

Dear Mr. President,

The code that Parliament adopted narrows the rights of citizens, as we have said.

Provisions that run contrary to article 23 of the Constitution, which guarantees the right to freedom of association:

- The code invents the leader of an association.
- Its words are not clear.

Provisions that are incompatible with article 22 of the Constitution, which guarantees freedom of belief, as well as article 39 of the Constitution, which forbids any limit:

- Belief needs a register.

These are only some of its faults.

We call on you to:

1. veto the code;
2. ask for an expert review.
"""

CONSTITUTION = """title: Constitution of Freedonia
kind: constitution
paragraphs:
  - {id: union, number: "23", title: Association, summary: People may form unions.}
  - {id: limits, number: "39", title: Limits, summary: What may never be limited.}
"""


def imported(root: Path, text: str, wanted: Wanted | None = None, **files: str) -> tuple[Library, Imported]:
    for folder in ("sections/commitments", "submissions"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, words in files.items():
        (root / "sections/commitments" / f"{name}.yaml").write_text(words, encoding="utf-8")
    (root / "old.txt").write_text(text, encoding="utf-8")
    done, problems = import_file(load_library(Workspace(root))[0], root / "old.txt", wanted or Wanted("old", "old.txt"))
    library, loading = load_library(Workspace(root))
    assert problems == loading == []
    assert done.shares[-1] == ("no draft", 0, 0.0)
    return library, done


def answered(library: Library) -> dict[str, list[str]]:
    """Return which paragraphs each section answers."""
    return {
        id: [f"{one.document}/{one.paragraph}" for one in section.responds_to]
        for id, section in library.sections.items()
        if section.responds_to
    }


def test_what_runs_contrary_to_a_constitution_answers_its_articles(tmp_path: Path) -> None:
    library, _ = imported(tmp_path, LETTER)
    document = library.commitments["old-constitution"]
    assert document.kind == "constitution"
    assert [(one.id, one.number, one.title, one.summary) for one in document.paragraphs] == [
        ("article-23", "23", "Freedom of association", "Guarantees the right to freedom of association."),
        ("article-22", "22", "Article 22 of the Constitution", "Guarantees freedom of belief."),
        ("article-39", "39", "Article 39 of the Constitution", "Forbids any limit."),
    ]
    assert answered(library) == {
        "old-article-23-of-the-constitution": ["old-constitution/article-23"],
        "old-article-22-of-the-constitution": ["old-constitution/article-22", "old-constitution/article-39"],
    }
    plan = library.plans["old"]
    assert (plan.commitments, len(plan.front), len(plan.sections), len(plan.closing)) == (("old-constitution",), 1, 2, 1)
    assert [plain_text(ask) for ask in library.sections[plan.closing[0]].prose["en"].asks] == [
        "veto the code;",
        "ask for an expert review.",
    ]


def test_an_article_that_the_library_has_is_linked_and_not_copied(tmp_path: Path) -> None:
    library, done = imported(tmp_path, LETTER, constitution=CONSTITUTION)
    assert [one.id for one in library.commitments["old-constitution"].paragraphs] == ["article-22"]
    assert answered(library) == {
        "old-article-23-of-the-constitution": ["constitution/union"],
        "old-article-22-of-the-constitution": ["old-constitution/article-22", "constitution/limits"],
    }
    assert "`union` of `constitution`" in (tmp_path / done.report).read_text(encoding="utf-8")


REPORT = """Recommendation: The State party should abolish the death penalty and sign the second protocol without delay.

1. It has not been abolished.

Recommendation: The State party should open its prisons to independent visitors and build no crowded cells.

1. Nobody has been let in.

Recommendation: The State party should let journalists write about officials without fear of libel suits.

1. Three were fined.
"""
WORDED = """title: Observations
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/9
paragraphs:
  - id: prisons
    title: Prisons
    summary: To be summed up.
    text: "The State party should open its prisons to independent visitors, and build no crowded cells."
"""
SUMMED_UP = """title: Observations
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/9
paragraphs:
  - {id: press, title: Press, summary: Journalists must be able to write on officials and fear no libel action.}
  - {id: death, title: Death penalty, summary: Abolition of capital punishment and accession to the second protocol; the death penalty is to be abolished.}
  - {id: roads, title: Roads, summary: Roads are to be mended before winter comes.}
"""


def test_the_same_words_are_the_same_recommendation(tmp_path: Path) -> None:
    library, _ = imported(tmp_path, REPORT, observations=WORDED)
    assert answered(library)["old-recommendation-2"] == ["observations/prisons"]
    assert len(library.commitments["old-commitments"].paragraphs) == 2
    assert library.plans["old"].commitments == ("old-commitments", "observations")


def test_summaries_in_other_words_are_a_guess_that_is_told(tmp_path: Path) -> None:
    library, done = imported(tmp_path, REPORT, observations=SUMMED_UP)
    assert answered(library) == {
        "old-recommendation-1": ["observations/death"],
        "old-recommendation-2": ["old-commitments/recommendation-2"],
        "old-recommendation-3": ["observations/press"],
    }
    told = (tmp_path / done.report).read_text(encoding="utf-8")
    assert "Recommendation is taken for `death` of `observations`" in told


def test_one_likeness_alone_makes_no_guess(tmp_path: Path) -> None:
    lonely = "\n".join(SUMMED_UP.splitlines()[:5]) + "\n"
    library, _ = imported(tmp_path, REPORT, observations=lonely)
    assert {one.split("/")[0] for homes in answered(library).values() for one in homes} == {"old-commitments"}


@pytest.mark.parametrize(
    ("words", "lead", "ask"),
    [
        (
            "The Freedom Network urges you to raise the case. It is urgent.",
            "The Freedom Network urges you to",
            "raise the case. It is urgent.",
        ),
        ("We call on you to raise the case.", "We call on you to", "raise the case."),
        ("Freedom Now hopes you will raise it.", "Freedom Now hopes you will", "raise it."),
        ("Freedom Now urges to you raise it.", "Freedom Now urges to you", "raise it."),
    ],
)
def test_the_last_words_of_a_finding_that_urge_are_its_ask(tmp_path: Path, words: str, lead: str, ask: str) -> None:
    library, _ = imported(
        tmp_path, f"Memorandum\n\nI. Pledges\n\nPromise 1: We will hold elections.\n\nThey were held in secret.\n\n{words}\n"
    )
    prose = library.sections["old-pledge-1"].prose["en"]
    assert plain_text(prose.body) == "They were held in secret."
    assert (plain_text(prose.asks_lead), [plain_text(one) for one in prose.asks]) == (lead, [ask])


@pytest.mark.parametrize("words", ["The law urges nobody to act.", "They urge you.", "It said that we urge you to act."])
def test_words_that_only_speak_of_urging_are_no_ask(tmp_path: Path, words: str) -> None:
    library, _ = imported(tmp_path, f"Memorandum\n\nI. Pledges\n\nPromise 1: We will hold elections.\n\n{words}\n")
    assert library.sections["old-pledge-1"].prose["en"].asks == ()


def test_asks_in_groups_carry_the_heading_of_their_group(tmp_path: Path) -> None:
    text = (
        "I. PART\n\nArticle 8\n\n1. Work is forced.\n\n2. Based on the above, we recommend:\n\n(a) in respect of migrant workers:\n- to pay them;\n"
        "- to house them;\n(b) in respect of refugees:\n- to let them work.\n"
    )
    library, _ = imported(tmp_path, text)
    assert [plain_text(ask) for ask in library.sections["old-article-8"].prose["en"].asks] == [
        "(a) in respect of migrant workers: to pay them;",
        "to house them;",
        "(b) in respect of refugees: to let them work.",
    ]
