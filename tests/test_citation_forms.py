"""What the tables of docs/styles do not show: surnames, addresses, signals, dates, and fields that say nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_citation_tables import made, printed, sources

from shadowgen.citations import Citations
from shadowgen.diagnostics import Origin
from shadowgen.locales import locale
from shadowgen.notestyles import load_style
from shadowgen.records import NoteOptions, Source
from shadowgen.workspace import Workspace


def entry(key: str, type: str, **fields: str) -> dict[str, Source]:
    return {key: Source(key, type, "public", fields, Origin("s.yaml"))}


OTHER = entry("other", "un-document", symbol="A/74/89")
URL, COPY = "https://a.org/x", "https://b.org/y"
REPORT = entry("k", "official-report", author="Mark Braden", surname="Braden", title="Review", date="2002-07-08")
NEWS = entry("k", "news", author="Ann Lee", surname="Lee", title="No news", outlet="Herald", date="2012-12-25", url=URL, archived=COPY)
PAGE = entry("k", "web-page", title="Home", publisher="Court", date="2014", accessed="2016-05-03", url=URL, archived=COPY)


@pytest.mark.parametrize(
    ("style", "report", "news"),
    [
        ("un", "Braden, *Review* (note 1 above), p. 4.", "“No news” (note 1 above), p. 4."),
        ("oscola", "Braden (n 1) 4.", "Lee (n 1) 4."),
        ("bluebook", "Braden, *supra* note 1, at 4.", "Lee, *supra* note 1, at 4."),
        ("chicago", "Braden, *Review*, 4.", "Lee, “No news,” 4."),
        ("gost", "Review (see note 1). P. 4.", "No news (see note 1). P. 4."),
    ],
)
def test_later_notes_call_a_person_by_the_surname(style: str, report: str, news: str) -> None:
    for source, later in ((REPORT, report), (NEWS, news)):
        assert made(style, "en", "[@k]", "[@other]", "[@k, p. 4]", known=source | OTHER)[2] == later


ADDRESSES = {
    ("un", "url"): f"Ann Lee, “No news”, *Herald*, 25 December 2012. Available at {URL}.",
    ("un", "archived"): f"Ann Lee, “No news”, *Herald*, 25 December 2012. Available at {COPY}.",
    ("un", "both"): f"Ann Lee, “No news”, *Herald*, 25 December 2012. Available at {URL} (archived at {COPY}).",
    ("un", "none"): "Ann Lee, “No news”, *Herald*, 25 December 2012.",
    ("oscola", "both"): f"Ann Lee, ‘No news’ *Herald* (25 December 2012) <{URL}> (archived at {COPY}).",
    ("bluebook", "both"): f"Ann Lee, *No news*, Herald (Dec. 25, 2012), {URL} [{COPY}].",
    ("bluebook", "none"): "Ann Lee, *No news*, Herald, Dec. 25, 2012.",
    ("chicago", "both"): f"Ann Lee, “No news,” *Herald*, December 25, 2012, {URL} (archived at {COPY}).",
    ("gost", "both"): f"Ann Lee. No news // Herald. 25 December 2012. URL: {URL} (archived at {COPY}).",
    ("gost", "none"): "Ann Lee. No news // Herald. 25 December 2012.",
}


@pytest.mark.parametrize(("style", "addresses"), ADDRESSES)
def test_addresses_are_printed_as_the_submission_asks(style: str, addresses: str) -> None:
    notes = made(style, "en", "[@k]", known=NEWS, options=NoteOptions(addresses=addresses))
    assert notes == [ADDRESSES[style, addresses]]


@pytest.mark.parametrize(
    ("style", "note"),
    [
        ("un", f"“Home”, Court, 2014. Available at {URL}."),
        ("bluebook", f"*Home*, Court (2014), {URL}."),
        ("chicago", f"“Home,” Court, 2014, {URL}."),
    ],
)
def test_a_page_with_a_date_has_no_day_on_which_it_was_seen(style: str, note: str) -> None:
    assert made(style, "en", "[@k]", known=PAGE) == [note]


@pytest.mark.parametrize("style", ["un", "oscola", "bluebook", "chicago", "gost"])
def test_without_an_address_nobody_saw_it_on_a_day(style: str) -> None:
    known = entry("k", "web-page", title="Home", publisher="Court", accessed="2016-05-03", url=URL)
    [note] = made(style, "en", "[@k]", known=known, options=NoteOptions(addresses="none"))
    assert "2016" not in note


def test_the_bluebook_writes_id_behind_a_signal_and_the_others_no_ibid() -> None:
    notes = {style: made(style, "en", "[@book, p. 440]", "[see @book, p. 445]")[1] for style in ("un", "oscola", "bluebook")}
    assert notes == {
        "un": "See Nowak, *CCPR Commentary* (note 1 above), p. 445.",
        "oscola": "See Nowak (n 1) 445.",
        "bluebook": "*See* *id.* at 445.",
    }


@pytest.mark.parametrize(
    ("date", "law"),
    [("2014-07", "Закон от июля 2014 г. № 5."), ("2014-07-03", "Закон от 3 июля 2014 г. № 5."), ("2014", "Закон от 2014 № 5.")],
)
def test_a_russian_law_of_a_month_has_it_in_the_genitive(date: str, law: str) -> None:
    assert made("gost", "ru", "[@k]", known=entry("k", "legislation", title="Закон", number="5", date=date)) == [law]


@pytest.mark.parametrize(
    ("period", "note"),
    [("2015", "A, B (2015)."), ("2013-2014", "A, B, 2013–2014 (2015)."), ("first half of 2014", "A, B, first half of 2014 (2015).")],
)
def test_a_period_that_is_the_year_stands_once(period: str, note: str) -> None:
    assert made("un", "en", "[@k]", known=entry("k", "statistics", author="A", title="B", period=period, date="2015")) == [note]


def test_the_table_of_sources_of_the_bluebook_has_no_hereinafter() -> None:
    style, language = load_style(Workspace(Path("/nowhere")), "bluebook", locale("en"))[0], locale("en")
    assert style is not None
    listed = Citations(style, language, sources()).listed("treaty")
    assert printed(listed) == "International Covenant on Civil and Political Rights, Dec. 16, 1966, 999 U.N.T.S. 171"


def test_an_oscola_article_without_a_volume_has_its_year_in_square_brackets() -> None:
    known = entry("k", "article", author="A. B", title="C", journal="Law", issue="4", pages="10-20", date="2012")
    assert made("oscola", "en", "[@k, p. 12]", known=known) == ["A. B, ‘C’ [2012] 4 Law 10, 12."]
