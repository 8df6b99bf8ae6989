"""Treaties, their articles, treaty bodies, UN document symbols: parse, format, sort.

Enters: data under `data/treaties` and text such as "ICCPR 19(3)" or "CCPR/C/KAZ/CO/2". Leaves: `ArticleRef`, `Symbol`, `Treaty`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from shadowgen.workspace import package_data, package_files


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article of a treaty, perhaps one paragraph and point of it: ICCPR 14 (3) (g)."""

    treaty: str
    article: int
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.treaty} {self.article}" + "".join(f"({step})" for step in self.path)

    def __lt__(self, other: ArticleRef) -> bool:
        """Order by treaty, article, then paragraph: (2) before (10) before (a)."""
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, tuple[tuple[int, str], ...]]:
        return self.treaty, self.article, tuple((int(step), "") if step.isdecimal() else (1000, step) for step in self.path)

    def contains(self, other: ArticleRef) -> bool:
        """True if `other` is this article or a part of it."""
        same = (self.treaty, self.article) == (other.treaty, other.article)
        return same and other.path[: len(self.path)] == self.path

    def printed(self) -> str:
        """Return the article as the UN prints it after the word "article": 14 (3) (g)."""
        return " ".join([str(self.article), *(f"({step})" for step in self.path)])


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the catalogue: conventional title by language, its paragraphs as paths."""

    number: int
    title: dict[str, str]
    paragraphs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty: names by language, its body, its document stem, its articles."""

    id: str
    name: dict[str, str]
    short: dict[str, str]
    body: str
    symbol_stem: str
    articles_total: int
    substantive: tuple[int, int] | None
    articles: dict[int, Article]


@cache
def treaties() -> dict[str, Treaty]:
    """Return every treaty of the catalogue by id."""
    found = (_treaty(package_data("treaties", name)) for name in package_files("treaties"))
    return {treaty.id: treaty for treaty in found}


def _treaty(data: dict) -> Treaty:
    articles = {
        int(entry["number"]): Article(int(entry["number"]), entry["title"], tuple(_steps(path) for path in entry.get("paragraphs", [])))
        for entry in data.get("articles", [])
    }
    span = data.get("substantive")
    return Treaty(
        data["id"], data["name"], data.get("short", data["name"]), data["body"], data["symbol_stem"], int(data["articles_total"]),
        (int(span[0]), int(span[1])) if span else None, articles,
    )  # fmt: skip


@cache
def bodies() -> dict[str, dict[str, str]]:
    """Return the treaty bodies: id to name by language."""
    return {key: entry["name"] for key, entry in package_data("", "bodies.yaml").items()}


@cache
def general_comments(body: str = "CCPR") -> dict[str, dict[str, str]]:
    """Return a body's general comments: number to subject, year, symbol and, where it has one, `replaced_by`."""
    return package_data("", "general-comments.yaml").get(body, {})


def _steps(path: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[0-9]+|[a-z]+", path))


_TREATY = r"(?P<treaty>[A-Z]+(?:-[A-Z0-9]+)?)"
_ARTICLE = r"(?i:(?:articles?|arts?\.?)\s*)?(?P<article>\d{1,3})"
_PARTS = r"(?P<parts>(?:\s*(?:,?\s*(?i:paragraph|para\.?)\s*\d+|\(\s*(?:\d{1,3}|[a-z]{1,4})\s*\)|\.\d+))*)"
_ARTICLE_REF = re.compile(rf"^\s*(?:{_TREATY}\s*,?\s+)?{_ARTICLE}{_PARTS}\s*$")


def parse_article(text: str, treaty: str = "ICCPR") -> ArticleRef | None:
    """Parse "ICCPR 19(3)", "article 19, paragraph 3", "22(2)"; None if it is no reference to an article.

    `treaty` stands in where the text names none. Whether the article exists is `known`'s question.
    """
    match = _ARTICLE_REF.match(text)
    if not match:
        return None
    steps = tuple(re.findall(r"\d+|(?<=\()\s*[a-z]+(?=\s*\))", match["parts"].lower()))
    return ArticleRef(match["treaty"] or treaty, int(match["article"]), tuple(step.strip() for step in steps))


def parse_articles(text: str, treaty: str = "ICCPR") -> list[ArticleRef]:
    """Parse "arts. 2, 3 and 26" or "ICCPR 2(3)" into references; an empty list if any part cannot be read."""
    bare = re.sub(r"^\s*(?:articles?|arts?\.)\s+", "", text, flags=re.IGNORECASE)
    parts = re.split(r"\s*,(?!\s*para)\s*|\s+and\s+", bare)
    found: list[ArticleRef] = []
    for part in filter(str.strip, parts):
        ref = parse_article(part, found[-1].treaty if found else treaty)
        if ref is None:
            return []
        found.append(ref)
    return found


def known(ref: ArticleRef) -> bool:
    """True if the treaty has this article and, where its paragraphs are catalogued, this paragraph."""
    treaty = treaties().get(ref.treaty)
    if treaty is None or not 1 <= ref.article <= treaty.articles_total:
        return False
    article = treaty.articles.get(ref.article)
    return article is None or not ref.path or ref.path in article.paragraphs


def article_title(ref: ArticleRef, language: str) -> str:
    """Return the conventional title of an article in `language` (English if there is none), or an empty string."""
    treaty = treaties().get(ref.treaty)
    article = treaty.articles.get(ref.article) if treaty else None
    return article.title.get(language, article.title["en"]) if article else ""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A UN document symbol: what kind of document of which body it is, on which State."""

    text: str
    kind: str
    stem: str = ""
    area: str = ""

    @property
    def link(self) -> str:
        """The address of the document in the UN's official document system."""
        return f"https://docs.un.org/en/{self.text.replace(' ', '%20')}"


_STEM = r"(?P<stem>CCPR/C|CAT/C|CEDAW/C|CERD/C|CRC/C(?:/OPAC|/OPSC)?|CRPD/C|CMW/C|CED/C|E/C\.12|CAT/OP)"
_AREA = r"(?P<area>[A-Z]{3}(?:-[A-Z]{3})?|EU|UNK)"
_NUM = r"\d+(?:-\d+)?"
_SUFFIX = r"(?:/(?:Add|Rev|Corr|R|L)\.\d+(?:-\d+)?)*"

_PATTERNS = (
    ("concluding-observations", rf"{_STEM}/{_AREA}/CO/{_NUM}{_SUFFIX}"),
    ("list-of-issues-prior-to-reporting", rf"{_STEM}/{_AREA}/QPR/{_NUM}{_SUFFIX}"),
    ("replies", rf"{_STEM}/{_AREA}/(?:Q/{_NUM}/Add\.\d+|RQ/{_NUM}){_SUFFIX}"),
    ("list-of-issues", rf"{_STEM}/{_AREA}/Q/{_NUM}{_SUFFIX}"),
    ("follow-up", rf"{_STEM}/{_AREA}/(?:FCO|FU)/{_NUM}{_SUFFIX}"),
    ("state-report", rf"{_STEM}/{_AREA}/{_NUM}{_SUFFIX}"),
    ("general-comment", rf"{_STEM}/(?:GC/\d+|21/Rev\.1/Add\.\d+){_SUFFIX}"),
    ("summary-record", rf"{_STEM}/SR\.\d+(?:-\d+)?{_SUFFIX}"),
    ("views", rf"{_STEM}/\d+/D/\d+/\d{{4}}(?:-\d+/\d{{4}})?{_SUFFIX}"),
    ("session-document", rf"{_STEM}/(?:\d+/)?(?:GUI|CO|[0-9]+)(?:/{_NUM})?{_SUFFIX}"),
    ("upr-document", rf"A/HRC/WG\.6/\d+/{_AREA}/[1-3]{_SUFFIX}"),
    ("human-rights-council", rf"A/HRC/(?:S-)?(?:RES/|DEC/)?\d+/(?:NGO/|NI/)?\d+{_SUFFIX}"),
    ("harmonized", rf"HRI/(?:GEN/\d+|MC/\d{{4}}/\d+|CORE/{_AREA}(?:/\d{{4}})?){_SUFFIX}(?: \(Vol\. [IVX]+\))?"),
    ("conference", rf"A/CONF\.\d+/\d+{_SUFFIX}"),
    ("general-assembly", rf"A/(?:RES/)?\d+/(?:L\.)?\d+{_SUFFIX}"),
    ("other", rf"(?!E/C\.12/)(?:E|S|ST)/[A-Z0-9][A-Za-z0-9./-]*{_SUFFIX}"),
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the compiled patterns, which only a check needs."""
    return tuple((kind, re.compile(f"^{pattern}$", re.ASCII)) for kind, pattern in _PATTERNS)


def parse_symbol(text: str) -> Symbol | None:
    """Parse a UN document symbol, mending only the blank of "Add. 13"; None if it follows no known pattern."""
    mended = re.sub(r"\b(Add|Rev|Corr)\. (\d)", r"\1.\2", text.strip())
    if double := re.match(r"^(.+?)[–-]([A-Z]+/C/.+)$", mended):
        first = parse_symbol(double[1])
        return Symbol(mended, first.kind, first.stem) if first and parse_symbol(double[2]) else None
    for kind, pattern in _patterns():
        if match := pattern.match(mended):
            groups = match.groupdict()
            return Symbol(mended, kind, groups.get("stem") or "", groups.get("area") or "")
    return None
