"""One assembly under way: what a template sees of the library, and the nodes that it has placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shadowgen import rules
from shadowgen.catalogue import ArticleRef, article_title, bodies, treaties
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.library import Library
from shadowgen.locales import Locale
from shadowgen.nodes import (
    Block,
    Blocks,
    Box,
    Heading,
    Inline,
    Inlines,
    Item,
    List,
    Paragraph,
    Quote,
    Text,
)
from shadowgen.outline import Group, group_by_article
from shadowgen.records import Commitment, CommitmentDocument, Plan, Response, Section, Words, in_language

TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")


@dataclass(frozen=True, slots=True)
class Placed:
    """Nodes that a template's function made; printing it puts them in place."""

    nodes: tuple[Any, ...]
    block: bool


@dataclass(frozen=True, slots=True)
class View:
    """One record as a template sees it: plain words in the document's language."""

    id: str
    title: str
    kind: str = ""
    number: str = ""
    grade: str = ""
    committee_grade: str = ""
    themes: tuple[str, ...] = ()
    sections: tuple[View, ...] = ()
    elsewhere: tuple[View, ...] = ()
    findings: tuple[View, ...] = ()
    answers: tuple[View, ...] = ()
    paragraphs: tuple[View, ...] = ()
    has_asks: bool = False


class Stage:
    """The state of one assembly: what templates call, and the nodes they placed."""

    def __init__(self, library: Library, plan: Plan, locale: Locale, chosen: tuple[Section, ...], problems: list[Diagnostic]) -> None:
        self.library = library
        self.plan = plan
        self.locale = locale
        self.chosen = chosen
        self.problems = problems
        self.tokens: list[Placed] = []
        self.groups = group_by_article(chosen, plan)

    def words(self, words: Words | None) -> str:
        """Return data words in the document's language."""
        return in_language(words, self.locale.language, self.plan.languages[0])

    # ------------------------------------------------ names

    def names(self) -> dict[str, Any]:
        """Return every value that a template may name."""
        plan = self.plan
        return {
            "submission": View(plan.id, self.words(plan.title)),
            "subtitle": self.words(plan.subtitle),
            "language": self.locale.language,
            "country": self.words(plan.country),
            "body": self.words(bodies().get(treaties()[plan.treaty].body, {})) if plan.treaty in treaties() else "",
            "treaty": self.words(treaties()[plan.treaty].name) if plan.treaty in treaties() else plan.treaty,
            "front": self._named("front"),
            "closing": self._named("closing"),
            "annexes": self._named("annexes"),
            "sections": tuple(self.view(section) for section in self.chosen),
            "groups": tuple(self._group(group) for group in self.groups),
            "commitments": tuple(self._commitments()),
            "themes": tuple(self._themes()),
            "has_signatories": bool(plan.signatories),
            "has_salutation": bool(plan.salutation),
            "graded": sum(bool(section.grade) for section in self.chosen),
            "grades": tuple(View(grade, self.locale.word(f"grade_{grade}")) for grade in "ABCDE"),
        }

    def view(self, section: Section) -> View:
        """Return a section as a template sees it."""
        prose = section.in_language(self.locale.language)
        return View(section.id, prose.title_text, grade=section.grade[:1], themes=section.themes, has_asks=bool(prose.asks))

    def _named(self, field: str) -> tuple[View, ...]:
        views = []
        for place, id in enumerate(getattr(self.plan, field)):
            section = self.library.sections.get(id)
            if section is None:
                origin = self.plan.places[field][place] if field in self.plan.places else self.plan.origin
                hint = did_you_mean(id, list(self.library.sections))
                self.problems.append(rules.UNKNOWN_SECTION.at(origin, f"there is no section '{id}' for this audience", hint))
            else:
                views.append(self.view(section))
        return tuple(views)

    def _group(self, group: Group) -> View:
        key = str(group.refs[0]) if len(group.refs) == 1 else "+".join(map(str, group.refs))
        return View(key, self.group_title(group.refs), sections=tuple(self.view(section) for section in group.sections))

    def group_title(self, refs: tuple[ArticleRef, ...]) -> str:
        """Return "Article 7. Prohibition of torture ..." or "Articles 2, 3 and 26"."""
        numbers = self.locale.join([ref.printed() for ref in refs])
        if len(refs) > 1:
            return self.locale.label("articles", numbers, " ")
        title = article_title(refs[0], self.locale.language)
        return self.locale.label("article", numbers, " ") + (f"{self.locale.punctuation['label']}{title}" if title else "")

    def _commitments(self) -> Iterator[View]:
        printed: set[str] = set()
        for document in self._documents():
            views = [self._commitment(document, commitment, printed) for commitment in document.paragraphs]
            answered = tuple(view for view in views if view)
            yield View(document.id, self.words(document.short or document.title), document.kind, document.symbol, paragraphs=answered)

    def _documents(self) -> Iterator[CommitmentDocument]:
        for place, id in enumerate(self.plan.commitments):
            if document := self.library.commitments.get(id):
                yield document
            else:
                origin = self.plan.places["commitments"][place] if "commitments" in self.plan.places else self.plan.origin
                hint = did_you_mean(id, list(self.library.commitments))
                self.problems.append(rules.UNKNOWN_COMMITMENT.at(origin, f"there is no commitments file '{id}'", hint))

    def _commitment(self, document: CommitmentDocument, commitment: Commitment, printed: set[str]) -> View | None:
        """Return a commitment that some section answers; `printed` holds the assessments that stand under an earlier one."""
        answers = [section for section in self.chosen if Response(document.id, commitment.id) in section.responds_to]
        if not answers:
            return None
        own = [section for section in answers if section.folder == "recommendations"]
        here = tuple(self.view(section) for section in own if section.id not in printed)
        before = tuple(self.view(section) for section in own if section.id in printed)
        findings = tuple(self.view(section) for section in answers if section not in own and section.id not in printed)
        printed.update(view.id for view in (*here, *findings))
        return View(
            f"{document.id}/{commitment.id}", self.words(commitment.title), document.kind, commitment.number,
            committee_grade=commitment.committee_grade, sections=here, elsewhere=before, findings=findings, answers=tuple(map(self.view, answers)),
        )  # fmt: skip

    def _themes(self) -> Iterator[View]:
        for theme, title in self.plan.themes:
            members = tuple(self.view(section) for section in self.chosen if section.themes[:1] == (theme,))
            yield View(theme, self.words(title), sections=members)

    # ------------------------------------------------ tokens

    def finalize(self, value: Any) -> Any:
        """Turn whatever a template prints into a token, so that data is never read as Markdown."""
        if isinstance(value, Placed):
            return self._token(value)
        if isinstance(value, str):
            return self._token(Placed((Text(value),), block=False)) if value else ""
        if isinstance(value, int):
            return str(value)
        raise TypeError("a template can print words, numbers, and what its functions place")

    def _token(self, placed: Placed) -> str:
        self.tokens.append(placed)
        mark = f"\ufdd0{len(self.tokens) - 1}\ufdd1"
        return f"\n\n{mark}\n\n" if placed.block else mark

    def placed(self, blocks: Blocks) -> Iterator[Block]:
        """Put the nodes behind the tokens of rendered blocks."""
        for block in blocks:
            match block:
                case Paragraph(content=(Text(text),)) if (token := TOKEN.fullmatch(text.strip())) and self.tokens[int(token[1])].block:
                    yield from self.tokens[int(token[1])].nodes
                case Heading() | Paragraph():
                    yield replace(block, content=tuple(self._inlines(block.content)), origin=None)
                case List(items=items):
                    yield replace(block, items=tuple(Item(tuple(self.placed(item.blocks))) for item in items))
                case Quote() | Box():
                    yield replace(block, blocks=tuple(self.placed(block.blocks)))
                case _:
                    yield block

    def _inlines(self, inlines: Inlines) -> Iterator[Inline]:
        for inline in inlines:
            if isinstance(inline, Text):
                yield from self._split(inline.text)
            elif hasattr(inline, "children"):
                yield replace(inline, children=tuple(self._inlines(inline.children)))
            else:
                yield inline

    def _split(self, text: str) -> Iterator[Inline]:
        at = 0
        for token in TOKEN.finditer(text):
            if token.start() > at:
                yield Text(text[at : token.start()])
            yield from self.tokens[int(token[1])].nodes
            at = token.end()
        if at < len(text):
            yield Text(text[at:])
