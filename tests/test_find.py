"""Finding findings: words in all their forms and languages, names in all their spellings, filters, likeness, audiences, and the order of what is found."""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import example, finding, load, make_workspace
from test_cli import imported, run
from test_coverage import shape

from shadowgen.cli import main
from shadowgen.library import Library
from shadowgen.reuse.filters import FILTERS, fitting, parse_query
from shadowgen.reuse.postings import index
from shadowgen.reuse.search import Found, Hit, like, search
from shadowgen.reuse.stemming import folded, sound_keys, stem_keys

ROOT = Path(__file__).parents[1]
DAY = dt.date(2020, 1, 1)

# ---------------------------------------------------------------- words and names


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "detention", "Detentions"), ("en", "prosecuted", "prosecution"), ("en", "journalist", "JOURNALISTS"),
        ("ru", "журналистов", "журналистам"), ("ru", "задержанных", "задержанные"), ("ru", "осуждённый", "осужденного"),
        ("fr", "libertés", "liberte"), ("fr", "détention", "detentions"), ("fr", "emprisonnés", "emprisonnée"),
        ("es", "periodistas", "periodista"), ("es", "detención", "detencion"), ("es", "niños", "ninos"), ("ar", "بالتعذيب", "التعذيب"),
        ("kk", "Бостандық", "бостандық"), ("en-GB", "prisons", "prison"), ("ru", "чём", "чем"),
        ("ru", "огнём", "огня"), ("es", "detenía", "detenia"), ("fr", "procès", "proces"),
    ],
)  # fmt: skip
def test_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert stem_keys(one, language) & stem_keys(other, language)


@pytest.mark.parametrize("language", ["en", "ru", "fr", "es", "kk"])
def test_what_ends_in_a_digit_has_no_ending(language: str) -> None:
    assert stem_keys("Prisons19", language) == {"prisons19"} and stem_keys("Б7", language) == {"б7"}
    assert stem_keys("بالتعذيب2", "ar") & stem_keys("التعذيب2", "ar")  # what is joined to its start goes all the same


@pytest.mark.parametrize(("language", "one", "other"), [("en", "police", "policy"), ("ru", "суд", "судно"), ("kk", "prison", "prisons")])
def test_other_words_do_not_meet(language: str, one: str, other: str) -> None:
    assert not stem_keys(one, language) & stem_keys(other, language)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Назарбаева", "Nazarbayev"), ("Назарбаевым", "Nazarbaev"), ("Ертысбаеву", "Yertysbayev"), ("Ертысбаев", "Ertysbaev"),
        ("Хайруллин", "Khairullin"), ("Хайруллину", "Hairullin"), ("Жанаозене", "Zhanaozen"), ("Жаңаөзен", "Zhanaozen"), ("Алматы", "Almaty"),
        ("Караганде", "Karaganda"), ("Юлия", "Yulia"), ("Юлия", "Iuliia"), ("Щучинск", "Shchuchinsk"), ("Джакишев", "Dzhakishev"),
        ("Жовтиса", "Zhovtis"), ("Жовтис", "Jovtis"), ("Ержан", "Yerzhan"), ("Утембаев", "Utembayev"), ("Казахстана", "Kazakhstan"),
        ("Қазақстан", "Kazakhstan"), ("Шевченко", "Shevchenko"), ("Евгений", "Evgeny"), ("Евгений", "Yevgeniy"), ("Кузнецов", "Kuznetsov"),
        ("Қожахмет", "Kozhakhmet"), ("Яковенко", "Iakovenko"),
    ],
)  # fmt: skip
def test_spellings_of_a_name_meet(cyrillic: str, latin: str) -> None:
    assert sound_keys(cyrillic) & sound_keys(latin)


@pytest.mark.parametrize(("one", "other"), [("Иванов", "Petrov"), ("Астана", "Almaty"), ("Ермек", "Marat"), ("Ли", "Lee"), ("", "")])
def test_other_names_do_not_meet(one: str, other: str) -> None:
    assert not sound_keys(one) & sound_keys(other)


def test_letters_are_folded_but_for_the_short_i() -> None:
    assert [folded(word) for word in ("Détenus", "ЁЛКА", "Ńandu", "Мой", "STRASSE", "straße")] == [
        "detenus",
        "елка",
        "nandu",
        "мой",
        "strasse",
        "strasse",
    ]


# ---------------------------------------------------------------- ranking

BORDER = finding(
    "Nothing here.\n\nThree journalists were turned back at the border.^[A guard named Bekov did it.] They left [@report].",
    title="Entry bans", articles='["ICCPR 12", "ICCPR 19(3)"]', responds_to="[{document: co, paragraphs: [press]}]", themes="[media, Borders]",
    verified="2019-01-01", review_by="2019-12-31",
)  # fmt: skip
FILES = {
    "sections/articles/iccpr/12/border.yaml": BORDER,
    "sections/articles/iccpr/12/border.ru.yaml": "title: Запреты на въезд\nbody: |\n  Трёх журналистов развернули на границе. Это сделал Беков.\n",
    "sections/articles/iccpr/19/press.yaml": finding(
        "The border is far. A journalist waits.", title="Journalists at work", status="draft", themes="[media]"
    ),
    "sections/articles/iccpr/7/prison.yaml": finding(
        "A guard beat them. [The journalist Tulegenova saw it.]{internal}", title="Prisons", articles='["ICCPR 7"]', audience="committee"
    ),
    "sections/articles/iccpr/7/secret.yaml": finding(
        "Torture of a journalist.", title="Kept back", articles='["ICCPR 7"]', audience="internal"
    ),
    "sections/matter/introduction.yaml": finding("This report.", title="Introduction", articles="[]"),
    "sections/commitments/co.yaml": """\
title: Concluding observations
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/1
paragraphs:
  - {id: press, number: "25", title: The press, summary: Protect it.}
  - {id: prisons, title: Prisons, summary: Nobody answers this one.}
""",
    "sections/sources/all.yaml": "report: {type: un-document, symbol: A/HRC/28/10}\n",
    "submissions/letter.yaml": """\
title: A letter
template: open-letter
languages: [en]
country: Kazakhstan
date: 2016
front: [introduction]
sections: [press, "articles/iccpr/7/*"]
leave_out: [secret]
""",
}


def found(root: Path, *words: str, files: dict[str, str] = FILES, audience: str = "internal") -> list[str]:
    return [hit.section.id for hit in hits(load(root, files).for_audience(audience), *words)]


def hits(library: Library, *words: str) -> tuple[Hit, ...]:
    query = parse_query(words)
    return search(index(library), query.words, fitting(library, query, DAY), query.value("language")).hits


def test_what_has_all_the_words_is_found_and_the_title_counts_more(tmp_path: Path) -> None:
    assert found(tmp_path, "journalist", "border") == ["press", "border"]
    assert found(tmp_path, "guards") == ["prison", "border"]  # the shorter text first


def test_where_no_section_has_all_the_words_those_with_most_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, "guard", "border", "xylophone") == ["border"]
    assert found(tmp_path, "xylophone") == found(tmp_path, "...") == []


def test_a_section_is_found_once_in_the_language_that_fits(tmp_path: Path) -> None:
    library = load(tmp_path, FILES)
    told = {
        words: [(hit.section.id, hit.prose.language) for hit in hits(library, *words)] for words in (("граница",), ("bekov",), ("Бекова",))
    }
    assert told == {("граница",): [("border", "ru")], ("bekov",): [("border", "en")], ("Бекова",): [("border", "ru")]}
    assert [(hit.section.id, hit.prose.language) for hit in hits(library, "Bekov", "language:ru")] == [("border", "ru")]


def test_only_a_name_is_found_by_its_sound(tmp_path: Path) -> None:
    files = {
        "sections/articles/iccpr/7/one.yaml": finding("Шум суда. Гость."),
        "sections/articles/iccpr/7/two.yaml": finding("The sud. Sudov came."),
    }
    assert found(tmp_path, "суд", files=files) == []  # English rules for an English file; "суда" begins with a small letter
    assert found(tmp_path, "Судова", files=files) == ["two"]


def test_words_in_notes_recommendations_tables_and_boxes_are_found(tmp_path: Path) -> None:
    body = (
        "One.^[Inote.]\n\n| Ihead | B |\n| --- | --- |\n| Icell | d |\n\n::: case Ibox\nInner.\n:::\n\n> Iquote.\n>\n> -- Iwho\n\n- Iitem;"
    )
    files = {"sections/articles/iccpr/7/one.yaml": finding(body, asks_lead="Ilead", asks="[Iask]", themes="[Itheme]")}
    for word in ("inote", "ihead", "icell", "ibox", "inner", "iquote", "iwho", "iitem", "ilead", "iask", "itheme"):
        assert found(tmp_path, word, files=files) == ["one"], word


def test_chinese_is_found_character_by_character(tmp_path: Path) -> None:
    files = {
        "sections/articles/iccpr/7/one.yaml": finding("委员会关注酷刑。", language="zh"),
        "sections/articles/iccpr/7/two.yaml": finding("委员会关注监狱。", language="zh"),
    }
    library = load(tmp_path, files)
    assert [hit.section.id for hit in hits(library, "酷刑")] == ["one"]
    assert hits(library, "酷刑")[0].contexts[0].found == ((5, 6), (6, 7))
    assert "no finding has all the words" in run(tmp_path, "find", "监督").stdout  # 监 alone


def test_arabic_is_found_whatever_is_joined_to_the_word(tmp_path: Path) -> None:
    files = {"sections/articles/iccpr/7/one.yaml": finding("منع التعذيب في السجون.", language="ar")}
    assert found(tmp_path, "بالتعذيب", files=files) == ["one"]


def test_the_same_library_gives_the_same_order(tmp_path: Path) -> None:
    same = {f"sections/articles/iccpr/7/{id}.yaml": finding("Same words.") for id in ("c", "a", "b")}
    assert found(tmp_path, "same", files=same) == ["a", "b", "c"]


# ---------------------------------------------------------------- ranking by the formula

_NOUNS = ("prison", "guard", "court", "lawyer", "border", "school", "doctor", "trial", "union", "camp")


def _made(count: int, draw: random.Random) -> dict[str, list[str]]:
    """Return the words of some sections: common ones in two forms, and rare ones of which a pair of sections shares a few."""
    rare = [
        f"{first}{second}o"
        for first in ("bam", "dul", "fep", "gor", "hib")
        for second in ("kat", "lom", "mup", "nef", "pid", "rag", "sot", "tuv")
    ]
    return {
        f"s{number}": [draw.choice(_NOUNS) + draw.choice(("", "s")) for _ in range(draw.randint(5, 60))]
        + draw.choices(rare, k=draw.randint(0, 45))
        for number in range(count)
    }


def _by_formula(texts: dict[str, list[str]], asked: list[str], least: int) -> list[tuple[str, float]]:
    """Return what has at least `least` of the words (stems), by BM25 with k1 = 1.2 and b = 0.5, from its definition."""
    stems = {id: Counter(word.removesuffix("s") for word in words) for id, words in texts.items()}
    mean = sum(len(words) for words in texts.values()) / len(texts)
    scores = {}
    for id, counts in stems.items():
        if sum(word in counts for word in asked) < least:
            continue
        scores[id] = 0.0
        for word in asked:
            having = sum(word in other for other in stems.values())
            rarity = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            scores[id] += rarity * counts[word] * 2.2 / (counts[word] + 1.2 * (0.5 + 0.5 * len(texts[id]) / mean))
    return sorted(scores.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))


def _ordered(told: Found) -> list[tuple[str, float]]:
    return sorted(((hit.section.id, hit.score) for hit in told.hits), key=lambda pair: (-round(pair[1], 9), pair[0]))


def _library_of(root: Path, texts: dict[str, list[str]]) -> Library:
    """Return a library whose sections have these words and a title that is a sign, not a word."""
    return load(root, {f"sections/matter/{id}.yaml": finding(" ".join(words), title='"…"', articles="[]") for id, words in texts.items()})


def test_words_rank_by_the_formula(tmp_path: Path) -> None:
    texts = _made(60, random.Random(1))
    library = _library_of(tmp_path, texts)
    asked = index(library)
    for words in (["prison"], ["guard", "court"], ["bamkato", "union"], ["dullomo", "fepmupo", "camp"]):
        expected = _by_formula(texts, words, len(words))
        told = search(asked, tuple(words), frozenset(texts), shown=60)
        assert _ordered(told) == [(id, pytest.approx(score)) for id, score in expected] and told.total == len(expected) > 0
        first = search(asked, tuple(words), frozenset(texts), shown=3)
        assert (first.hits, first.total) == (told.hits[:3], told.total)


def test_like_asks_for_the_thirty_words_that_tell_most(tmp_path: Path) -> None:
    texts = _made(60, random.Random(2))
    asked = index(_library_of(tmp_path, texts))
    cut = 0
    for id, words in texts.items():
        here = Counter(word.removesuffix("s") for word in words)
        having = {stem: sum(stem in {word.removesuffix("s") for word in other} for other in texts.values()) for stem in here}
        weights = {stem: count * math.log(60 / having[stem]) for stem, count in here.items() if 1 < having[stem] < 60}
        form = {
            stem: max(word for word in words if word.removesuffix("s") == stem) for stem in weights
        }  # of equal words the first by its form
        best = sorted(weights, key=lambda stem: (-weights[stem], form[stem]))[:30]
        cut += len(weights) > 30
        others = [(other, score) for other, score in _by_formula(texts, best, 3) if other != id]
        assert _ordered(like(asked, id, frozenset(texts), shown=60)) == [(other, pytest.approx(score)) for other, score in others]
    assert cut > 10  # sections that have more than thirty


# ---------------------------------------------------------------- context


def test_context_has_the_words_their_place_and_the_line(tmp_path: Path) -> None:
    (hit,) = hits(load(tmp_path, FILES), "border", "guard")
    text = "Three journalists were turned back at the border. A guard named Bekov did it. They left."
    (context,) = hit.contexts
    assert (context.text, [context.text[start:end] for start, end in context.found]) == (text, ["border", "guard"])
    assert BORDER.split("\n")[context.line - 1].strip().startswith("Three journalists")


def test_context_of_a_long_passage_is_cut_between_words(tmp_path: Path) -> None:
    files = {"sections/articles/iccpr/7/one.yaml": finding(f"{'word ' * 50}needle in hay {'tail ' * 50}".strip())}
    (context,) = hits(load(tmp_path, files), "needle")[0].contexts
    assert re.fullmatch(r"… (word )+needle in hay (tail ?)+ …", context.text) and len(context.text) <= 92
    assert [context.text[start:end] for start, end in context.found] == ["needle"]


def test_context_is_the_title_only_where_nothing_else_has_the_words(tmp_path: Path) -> None:
    library = load(tmp_path, FILES)
    assert [context.text for context in hits(library, "bans")[0].contexts] == ["Entry bans"]
    assert [context.text for context in hits(library, "work", "journalist")[0].contexts] == ["The border is far. A journalist waits."]


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("article:19", ["border", "press"]), ("article:19(3)", ["border"]), ("article:19(2)", []), ("article:ICCPR 12", ["border"]),
        ("recommendation:co", ["border"]), ("recommendation:co#press", ["border"]), ("recommendation:co#prisons", []),
        ("recommendation:CCPR/C/KAZ/CO/1#25", ["border"]), ("recommendation:co#25", ["border"]), ("recommendation:CCPR/C/KAZ/CO/1", ["border"]),
        ("theme:media", ["border", "press"]), ("theme:BORDERS", ["border"]), ("status:draft", ["press"]), ("source:report", ["border"]),
        ("stale:yes", ["border"]), ("stale:no", ["introduction", "press", "prison", "secret"]),
        ("used-in:letter", ["introduction", "press", "prison"]), ("language:ru", ["border"]),
        ("theme:media status:final", ["border"]), ("article:19 article:12", ["border"]), ("article:19 article:7", []),
    ],
)  # fmt: skip
def test_filters(tmp_path: Path, filters: str, ids: list[str]) -> None:
    words = re.split(r" (?=[a-z-]+:)", filters)
    assert sorted(found(tmp_path, *words)) == ids


def test_an_address_is_no_filter(tmp_path: Path) -> None:
    files = {"sections/articles/iccpr/7/one.yaml": finding("See example.org and no more.")}
    assert found(tmp_path, "https://example.org", files=files) == ["one"]


def test_filters_and_words_must_both_hold(tmp_path: Path) -> None:
    assert found(tmp_path, "journalist", "status:draft") == ["press"]
    assert found(tmp_path, "torture", "status:draft") == []


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("artcle:19", "there is no filter 'artcle:'; did you mean 'article'?"), ("article:99", "article: there is no article '99'"),
        ("article:x", "article: there is no article 'x'"), ("theme:medai", "theme: there is no 'medai'; did you mean 'media'?"),
        ("status:finished", "there are: draft, final, review"), ("source:reprot", "did you mean 'report'?"), ("stale:perhaps", "there are: no, yes"),
        ("used-in:lettre", "did you mean 'letter'?"), ("audience:all", "there are: committee, internal, public"), ("language:fr", "there are: en, ru"),
        ("recommendation:xo", "recommendation: there is no 'xo'"), ("recommendation:co#pres", "did you mean 'press'?"),
        ("recommendation:CCPR/C/KAZ/CO/2", "did you mean 'CCPR/C/KAZ/CO/1'?"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_a_wrong_call_that_says_what_would_be_right(tmp_path: Path, word: str, says: str) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "find", word)
    assert done.exit_code == 2 and says in done.output


# ---------------------------------------------------------------- likeness


def test_like_finds_what_shares_telling_words(tmp_path: Path) -> None:
    files = {
        "sections/articles/iccpr/7/one.yaml": finding("Electric shocks were used against prisoners in Kostanay colony.", title="Shocks"),
        "sections/articles/iccpr/7/near.yaml": finding("In a colony near Kostanay, prisoners told of electric devices.", title="Devices"),
        "sections/articles/iccpr/7/far.yaml": finding("Prisoners may write letters to their families every week.", title="Letters"),
        "sections/articles/iccpr/7/other.yaml": finding(
            "Elections were held; ballots were counted twice by the commission.", title="Votes"
        ),
        "sections/articles/iccpr/7/one.ru.yaml": "title: Слова\nbody: |\n  Слова.\n",
    }
    library = load(tmp_path, files)
    told = like(index(library), "one", frozenset(library.sections))
    assert [(hit.section.id, sorted(hit.words)) for hit in told.hits] == [("near", ["Electric", "Kostanay", "colony", "prisoners"])]
    assert like(index(library), "one", frozenset({"far"})) == Found((), 0)
    make_workspace(tmp_path, FILES)
    assert (
        run(tmp_path, "find", "--like", "bordr").exit_code == 2
        and "did you mean 'border'?" in run(tmp_path, "find", "--like", "bordr").output
    )
    assert "--like goes with filters" in run(tmp_path, "find", "--like", "border", "word").output


# ---------------------------------------------------------------- audiences


@pytest.mark.parametrize(
    ("audience", "ids"),
    [("internal", ["border", "press", "prison", "secret"]), ("committee", ["border", "press"]), ("public", ["border", "press"])],
)
def test_an_audience_finds_only_what_it_may_read(tmp_path: Path, audience: str, ids: list[str]) -> None:
    assert sorted(found(tmp_path, "journalist", audience=audience)) == ids
    make_workspace(tmp_path, FILES)
    for call in (["--audience", audience], [f"audience:{audience}"], ["--audience", "internal", f"audience:{audience}"]):
        results = json.loads(run(tmp_path, "find", "journalist", "--json", *call).stdout)["results"]
        assert sorted(one["id"] for one in results) == ids
        assert ("Tulegenova" in str(results)) == (audience == "internal")


def test_a_public_search_does_not_tell_that_anything_else_exists(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    for words in (["Tulegenova"], ["torture"], ["--like", "secret"], ["--like", "secrets"], ["language:kk"]):
        done = run(tmp_path, "find", "--audience", "public", *words)
        assert done.exit_code in (1, 2) and not re.search(r"'secret'\?|Kept back|saw it", done.output)
    assert run(tmp_path, "find", "Тулегенову").exit_code == 0


def test_nothing_of_a_search_is_written_to_the_disk(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    before = sorted(tmp_path.rglob("*"))
    run(tmp_path, "find", "journalist")
    assert sorted(tmp_path.rglob("*")) == before


# ---------------------------------------------------------------- the command

DOCUMENTED = (ROOT / "docs/reuse.md").read_text("utf-8")


def test_text_is_as_documented() -> None:
    wanted = re.search(r"\$ shadowgen find (.*?)\n(.*?)```", DOCUMENTED, re.S)
    assert wanted
    done = run(ROOT, "find", *wanted[1].split())
    shown = re.sub(r"; (fresh|stale); ", "; fresh; ", done.stdout)  # the sample library grows old
    assert (done.exit_code, shown) == (0, wanted[2])


def test_json_has_the_shape_that_is_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "find", "border", "guard", "--json")
    (documented,) = [text for text in re.findall(r"```json\n(.*?)```", DOCUMENTED, re.S) if '"results"' in text]
    assert done.exit_code == 0 and shape(json.loads(done.stdout)) == shape(json.loads(documented))
    (told,) = json.loads(done.stdout)["results"]
    assert told | {"score": 0, "contexts": []} == {
        "id": "border", "title": "Entry bans", "language": "en", "languages": ["en", "ru"], "file": "sections/articles/iccpr/12/border.yaml",
        "articles": ["ICCPR 12", "ICCPR 19(3)"], "responds_to": ["co#press"], "themes": ["media", "Borders"], "status": "final",
        "audience": "public", "verified": "2019-01-01", "review_by": "2019-12-31", "freshness": "stale", "score": 0, "words": ["border", "guard"],
        "contexts": [],
    }  # fmt: skip


def test_exit_codes_and_limit(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    assert (run(tmp_path, "find", "xylophone").exit_code, run(tmp_path, "find", "xylophone").stdout) == (1, "nothing is found\n")
    assert run(tmp_path, "find").exit_code == 2
    assert json.loads(run(tmp_path, "find", "xylophone", "--json").stdout) == {"shape": 1, "found": 0, "results": []}
    limited = run(tmp_path, "find", "journalist", "--limit", "1")
    assert limited.exit_code == 0 and limited.stdout.endswith("4 found, the first 1 are shown; --limit 4 shows all\n")
    data = json.loads(run(tmp_path, "find", "journalist", "--limit", "1", "--json").stdout)
    assert (data["found"], len(data["results"])) == (4, 1)
    assert "no finding has all the words" in run(tmp_path, "find", "journalist", "xylophone").stdout
    assert "no finding has all the words" not in run(tmp_path, "find", "Journalist", "border's").stdout


def test_stale_is_asked_of_a_day(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)  # one is to be reviewed by 2019-12-31
    days = {day: run(tmp_path, "find", "stale:yes", "--date", day).stdout.split()[0] for day in ("2019-12-31", "2020-01-01")}
    assert days == {"2019-12-31": "nothing", "2020-01-01": "border"}


def test_every_filter_is_documented() -> None:
    assert [name for name in FILTERS if f"`{name}:" not in DOCUMENTED] == []


def test_find_stays_and_answers_one_line_after_another(tmp_path: Path) -> None:
    """The library is read once; every line is answered as a command with these words would be, and a wrong one ends nothing."""
    make_workspace(tmp_path, FILES)
    lines = [
        "border journalists",
        "nothing-like-it",
        "foo:bar",
        "--like border",
        "--like nowhere",
        'article:19 "broken',
        "status:draft",
        "",
        "border",
    ]
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "find", "--stay"], input="\n".join(lines))
    apart = [
        run(tmp_path, "find", *words).output
        for words in (("border", "journalists"), ("nothing-like-it",), ("--like", "border"), ("status:draft",))
    ]
    assert done.exit_code == 0
    assert done.stdout == "".join(apart)
    assert [word for word in ("foo", "nowhere", "cannot read the line") if word in done.stderr] == [
        "foo",
        "nowhere",
        "cannot read the line",
    ]
    assert run(tmp_path, "find", "--stay", "border").exit_code == 2


def test_find_imports_no_writer(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    assert imported(tmp_path, "find", "journalist") & {"weasyprint", "docx", "pypdfium2", "jinja2", "babel"} == set()
