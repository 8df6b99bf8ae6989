"""The list of addresses: every one, with where it is used; nothing that the audience may not read, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from pathlib import Path

import pytest
from support import finding, load, make_workspace
from test_cli import run
from test_coverage import shape

from shadowgen.reuse.links import COLUMNS, Link, links, links_view

SOURCES = """\
site:
  type: web-page
  title: A site
  publisher: "=HYPERLINK(1)"
  url: https://example.org/a?b=1&c=2
  archived: https://web.archive.org/web/2015/https://example.org/a
  accessed: 2015-03-02
  checked: 2020-01-31
talk: {type: interview, person: X, date: 2015, audience: internal, url: https://secret.example.org/talk}
report: {type: ngo-report, author: A, title: "A title (see https://example.org/b).", date: 2014, url: https://example.org/a?b=1&c=2}
"""
PEOPLE = "aa: {type: organisation, name: A, audience: public, url: https://aa.example.org}\n"
BODY = (
    "Words [@site] and [here](https://example.org/c).\n\nIt stands at https://example.org/d, for all to see;"
    "^[Or at https://example.org/e.] [and at https://hidden.example.org/f]{internal} [@talk]."
)
FILES = {
    "sections/articles/iccpr/19/one.yaml": finding(BODY),
    "sections/articles/iccpr/19/two.yaml": finding("Words [@site]."),
    "sections/articles/iccpr/19/three.yaml": finding("See [this](https://inner.example.org/g).", audience="internal"),
    "sections/sources/all.yaml": SOURCES,
    "sections/contributors/all.yaml": PEOPLE,
}
ONE, ALL, CONTRIBUTORS = "sections/articles/iccpr/19/one.yaml", "sections/sources/all.yaml", "sections/contributors/all.yaml"
PUBLIC = [
    ("https://aa.example.org", "contributor", "aa", (), CONTRIBUTORS, 1),
    ("https://example.org/a?b=1&c=2", "source", "site", ("one", "two"), ALL, 1),
    ("https://example.org/a?b=1&c=2", "source", "report", (), ALL, 10),
    ("https://example.org/b", "source", "report", (), ALL, 10),
    ("https://example.org/c", "section", "one", (), ONE, 6),
    ("https://example.org/d", "section", "one", (), ONE, 8),
    ("https://example.org/e", "section", "one", (), ONE, 8),
    ("https://web.archive.org/web/2015/https://example.org/a", "archive", "site", ("one", "two"), ALL, 1),
]


def test_every_address_with_its_places(tmp_path: Path) -> None:
    found = links(load(tmp_path, FILES).for_audience("public"))
    assert [(one.url, one.kind, one.used_by, one.cited_in, one.file, one.line) for one in found] == PUBLIC
    assert (found[1].accessed, found[1].checked, found[1].archived) == (
        "2015-03-02",
        "2020-01-31",
        "https://web.archive.org/web/2015/https://example.org/a",
    )


def test_what_is_not_for_the_audience_is_counted_and_not_named(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "links")
    assert done.exit_code == 0 and done.stderr == "3 not for this audience: left out\n"
    assert [word for word in ("secret", "hidden", "inner", "talk") if word in done.output.replace("to talk", "")] == []
    every = run(tmp_path, "links", "--audience", "internal")
    assert all(
        host in every.stdout for host in ("https://secret.example.org/talk", "https://hidden.example.org/f", "https://inner.example.org/g")
    )


def test_every_address_of_the_files_is_listed(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    written = set(re.findall(r"https://[a-z.]+/?[a-z0-9?=&/]*", "".join(FILES.values()))) - {"https://web.archive.org/web/2015/https"}
    listed = {one["url"] for one in json.loads(run(tmp_path, "links", "--audience", "internal", "--format", "json").stdout)["links"]}
    assert len(written) == 9 and {url for url in written if not any(one.startswith(url) for one in listed)} == set()


# ---------------------------------------------------------------- forms

DOCUMENTED = (Path(__file__).parents[1] / "docs/upkeep.md").read_text("utf-8")


def test_text_is_as_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, {name: text for name, text in FILES.items() if "three" not in name})
    wanted = re.search(r"\$ shadowgen links\n(.*?)```", DOCUMENTED, re.S)
    assert wanted and run(tmp_path, "links").stdout == wanted[1]


def test_json_has_the_shape_that_is_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    data = json.loads(run(tmp_path, "links", "--format", "json").stdout)
    assert shape(json.loads(re.findall(r"```json\n(.*?)```", DOCUMENTED, re.S)[1])) == shape(data)
    assert (data["shape"], data["audience"], len(data["links"])) == (1, "public", 8)


def test_csv_is_for_spreadsheets(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "links", "-o", str(tmp_path / "links.csv"))
    assert done.exit_code == 0 and (tmp_path / "links.csv").read_bytes().startswith(b'\xef\xbb\xbf"url","kind","used_by"')
    rows = list(csv.DictReader(io.StringIO((tmp_path / "links.csv").read_text("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS and [row["url"] for row in rows] == [one[0] for one in PUBLIC]
    assert rows[1] == {
        "url": "https://example.org/a?b=1&c=2", "kind": "source", "used_by": "site", "cited_in": "one two", "file": ALL, "line": "1",
        "accessed": "2015-03-02", "checked": "2020-01-31", "archived": "https://web.archive.org/web/2015/https://example.org/a",
    }  # fmt: skip
    assert run(tmp_path, "links", "-o", str(tmp_path / "links.csv")).exit_code == 0  # its own kind is replaced


def test_no_cell_is_a_formula_and_an_address_stays_as_it_is() -> None:
    text = links_view([Link("https://example.org/\ufb01", "source", "=1+1", ("+a", "b"), "@x", 1)], "public", "csv")
    assert text.splitlines()[1] == '"https://example.org/\ufb01","source","\'=1+1","\'+a b","\'@x","1","","",""'


@pytest.mark.parametrize("name", ["list.csv", "list.txt"])
def test_another_file_is_not_replaced(tmp_path: Path, name: str) -> None:
    make_workspace(tmp_path, FILES)
    (tmp_path / name).write_text("mine")
    assert run(tmp_path, "links", "-o", str(tmp_path / name)).exit_code == 1
    assert (tmp_path / name).read_text() == "mine"


def test_nothing_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_workspace(tmp_path, FILES)
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("a socket was opened"))
    assert run(tmp_path, "links").exit_code == 0
