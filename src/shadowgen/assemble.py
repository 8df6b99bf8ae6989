"""Library x submission x template -> Manuscript. The only door to jinja2.

A template is Markdown with Jinja2 over read-only views of the library. Its functions place nodes: they print a token that stands for nodes
made elsewhere, so that a section's own line positions survive and no data is ever read as Markdown or as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shadowgen import rules
from shadowgen.catalogue import ArticleRef, article_title, bodies, treaties
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.locales import Locale
from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import (
    Block,
    Blocks,
    Box,
    Contents,
    Cover,
    CrossRef,
    Figure,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    List,
    Manuscript,
    Meta,
    PageBreak,
    Paragraph,
    Quote,
    Strong,
    Text,
    Trace,
)
from shadowgen.pictures import load_picture
from shadowgen.records import Commitment, CommitmentDocument, Contributor, Plan, Prose, Section, Words, in_language
from shadowgen.workspace import built_in, built_in_names, read_bytes

_TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
MAX_OUTPUT = 5_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Articles under one heading, with their sections."""

    refs: tuple[ArticleRef, ...]
    sections: tuple[Section, ...]


def assemble(library: Library, plan: Plan, locale: Locale, without: frozenset[str] = frozenset()) -> tuple[Manuscript, list[Diagnostic]]:
    """Put a submission together; `library` has passed `for_audience`, `without` names sections to leave out."""
    problems: list[Diagnostic] = []
    chosen = choose_sections(library, plan, problems, without)
    stage = _Stage(library, plan, locale, chosen, problems)
    blocks = _render(stage)
    meta = Meta(
        title=stage.words(plan.title),
        language=locale.language,
        slug=plan.id,
        audience=plan.audience,
        running_title=stage.words(plan.short_title) or stage.words(plan.title),
        numbering=plan.numbering,
        look=plan.look,
        notes="links" if plan.template == "country-update" else "footnotes",
        marking=locale.word(f"marking_{plan.audience}") if plan.audience != "public" else "",
    )
    return Manuscript(meta, blocks), problems


# ---------------------------------------------------------------- which sections


def choose_sections(library: Library, plan: Plan, problems: list[Diagnostic], without: frozenset[str]) -> tuple[Section, ...]:
    """Return the sections of the main parts that the plan names, in its order."""
    chosen: dict[str, Section] = {}
    dropped = [re.compile(_glob(pattern)) for pattern in plan.leave_out]
    for place, pattern in enumerate(plan.sections):
        found = [section for section in library.sections.values() if section.id == pattern or fnmatchcase(section.path, pattern)]
        if not found:
            origin = plan.places["sections"][place] if "sections" in plan.places else plan.origin
            hint = did_you_mean(pattern, list(library.sections))
            problems.append(rules.UNKNOWN_SECTION.at(origin, f"no section is named or matched by '{pattern}'", hint))
        for section in sorted(found, key=_section_order):
            if section.id not in without and not any(rule.fullmatch(section.id) or rule.fullmatch(section.path) for rule in dropped):
                chosen.setdefault(section.id, section)
    return tuple(chosen.values())


def _glob(pattern: str) -> str:
    return ".*".join(re.escape(part) for part in pattern.split("*"))


def _section_order(section: Section) -> tuple[str, int, int, str]:
    main = section.articles[0] if section.articles else ArticleRef("", 0)
    return (main.treaty, main.article, section.order, section.id)


def group_by_article(sections: tuple[Section, ...], plan: Plan) -> tuple[Group, ...]:
    """Group sections under the plan's groups of articles, or else under the article that each mainly concerns."""
    members: dict[tuple[ArticleRef, ...], list[Section]] = {}
    for section in sections:
        if section.articles and section.path.startswith("articles/"):
            members.setdefault(_group_of(section.articles[0], plan), []).append(section)
    declared = {refs: place for place, refs in enumerate(plan.groups)}
    order = sorted(members, key=lambda refs: (refs[0].treaty, refs[0].article, declared.get(refs, -1)))
    return tuple(Group(refs, tuple(members[refs])) for refs in order)


def _group_of(ref: ArticleRef, plan: Plan) -> tuple[ArticleRef, ...]:
    fits = [(len(member.path), refs) for refs in plan.groups for member in refs if member.contains(ref)]
    if fits:
        return max(fits, key=lambda fit: fit[0])[1]
    return (ArticleRef(ref.treaty, ref.article),)


# ---------------------------------------------------------------- rendering the template


def load_template(library: Library, name: str) -> tuple[str, str] | None:
    """Return file name and text of a template: the workspace's own, else the built-in one, else None."""
    own = library.workspace.own_file("templates", f"{name}.md.j2")
    if own and (raw := read_bytes(own)) is not None:
        return library.workspace.relative(own), raw.decode("utf-8", "replace")
    text = built_in("templates", f"{name}.md.j2")
    return (f"templates/{name}.md.j2", text) if text is not None else None


def _render(stage: _Stage) -> Blocks:
    plan, problems = stage.plan, stage.problems
    found = load_template(stage.library, plan.template)
    if found is None:
        known = built_in_names("templates", ".md.j2")
        origin = plan.places["template"][0] if "template" in plan.places else plan.origin
        hint = did_you_mean(plan.template, known) or f"built in: {', '.join(known)}"
        problems.append(rules.UNKNOWN_NAME.at(origin, f"there is no template '{plan.template}'", hint))
        return ()
    file, text = found
    try:
        environment = _environment(stage)
        rendered = environment.from_string(text).render(stage.names())
    except jinja2.TemplateSyntaxError as error:
        problems.append(rules.TEMPLATE_ERROR.at(Origin(file, error.lineno), _reason(error)))
        return ()
    except (jinja2.TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, KeyError, RecursionError, OverflowError) as error:
        problems.append(rules.TEMPLATE_ERROR.at(Origin(file, _template_line(error)), _reason(error)))
        return ()
    if len(rendered) > MAX_OUTPUT:
        problems.append(rules.TEMPLATE_ERROR.at(Origin(file, 1), "the template prints more than 5 million characters"))
        return ()
    blocks, more = parse_prose(Passage(rendered, file))
    problems += [replace(problem, origin=Origin(file, _line_of(text, problem))) for problem in more]
    return tuple(stage.placed(blocks))


def _line_of(text: str, problem: Diagnostic) -> int:
    """Return the template's line that a problem in its own prose most likely stands on."""
    words = re.findall(r"'([^']+)'", problem.message)
    return next((number for number, line in enumerate(text.split("\n"), 1) for word in words if word in line), 1)


def _reason(error: Exception) -> str:
    message = str(error).split("\n")[0]
    return message if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__.lower()}: {message}"


def _template_line(error: Exception) -> int:
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox with its costly operators refused as well."""

    intercepted_binops = frozenset({"**", "*", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not (isinstance(left, int) and isinstance(right, int)) or operator == "**":
            raise jinja2.exceptions.SecurityError(f"the operator {operator} works on small whole numbers only")
        return super().call_binop(context, operator, left, right)


_FILTERS = (
    "length",
    "first",
    "last",
    "list",
    "join",
    "sort",
    "reverse",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "map",
    "groupby",
    "default",
)


def _environment(stage: _Stage) -> _Environment:
    environment = _Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=stage.finalize, extensions=["jinja2.ext.do"]
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.globals = {}
    return environment


# ---------------------------------------------------------------- what a template sees


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
    paragraphs: tuple[View, ...] = ()
    has_asks: bool = False


class _Stage:
    """The state of one assembly: what templates call, and the nodes they placed."""

    def __init__(self, library: Library, plan: Plan, locale: Locale, chosen: tuple[Section, ...], problems: list[Diagnostic]) -> None:
        self.library = library
        self.plan = plan
        self.locale = locale
        self.chosen = chosen
        self.problems = problems
        self.tokens: list[Placed] = []

    def words(self, words: Words | None) -> str:
        """Return data words in the document's language."""
        return in_language(words, self.locale.language, self.plan.languages[0])

    # ------------------------------------------------ names

    def names(self) -> dict[str, Any]:
        """Return everything that a template may name."""
        plan, functions = self.plan, _Functions(self)
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
            "groups": tuple(self._group(group) for group in group_by_article(self.chosen, plan)),
            "commitments": tuple(self._commitments()),
            "themes": tuple(self._themes()),
            "has_signatories": bool(plan.signatories),
            "has_salutation": bool(plan.salutation),
            "grades": tuple(View(grade, self.locale.word(f"grade_{grade}")) for grade in "ABCDE"),
        } | {name: getattr(functions, name) for name in dir(functions) if not name.startswith("_")}

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
            return f"{self.locale.word('articles')} {numbers}"
        title = article_title(refs[0], self.locale.language)
        return f"{self.locale.word('article')} {numbers}" + (f". {title}" if title else "")

    def _commitments(self) -> Iterator[View]:
        for document in self._documents():
            paragraphs = tuple(self._commitment(document, commitment) for commitment in document.paragraphs)
            answered = tuple(paragraph for paragraph in paragraphs if paragraph.sections)
            yield View(document.id, self.words(document.short or document.title), document.kind, document.symbol, paragraphs=answered)

    def _documents(self) -> Iterator[CommitmentDocument]:
        for place, id in enumerate(self.plan.commitments):
            if document := self.library.commitments.get(id):
                yield document
            else:
                origin = self.plan.places["commitments"][place] if "commitments" in self.plan.places else self.plan.origin
                hint = did_you_mean(id, list(self.library.commitments))
                self.problems.append(rules.UNKNOWN_COMMITMENT.at(origin, f"there is no commitments file '{id}'", hint))

    def _commitment(self, document: CommitmentDocument, commitment: Commitment) -> View:
        answers = tuple(
            self.view(section)
            for section in self.chosen
            if any(response.document == document.id and response.paragraph == commitment.id for response in section.responds_to)
        )
        return View(
            f"{document.id}/{commitment.id}", self.words(commitment.title), document.kind, commitment.number,
            committee_grade=commitment.committee_grade, sections=answers,
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
        if isinstance(value, jinja2.Undefined):
            return str(value)  # raises: the name is unknown
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
                case Paragraph(content=(Text(text),)) if (token := _TOKEN.fullmatch(text.strip())) and self.tokens[int(token[1])].block:
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
        for token in _TOKEN.finditer(text):
            if token.start() > at:
                yield Text(text[at : token.start()])
            yield from self.tokens[int(token[1])].nodes
            at = token.end()
        if at < len(text):
            yield Text(text[at:])


class _Functions:
    """The functions of a template. Each returns nodes to place; its docstring is its documentation."""

    def __init__(self, stage: _Stage) -> None:
        self._stage = stage

    def word(self, key: str, **values: str) -> str:
        """A word of the document's language: `{{ word("contents") }}`."""
        if key not in self._stage.locale.words:
            raise jinja2.UndefinedError(f"no word '{key}' in the locale {self._stage.locale.language}")
        return self._stage.locale.word(key, **{name: str(value) for name, value in values.items()})

    def cover(self, style: str = "page") -> Placed:
        """The title page (`"page"`) or the head of a short document (`"masthead"`)."""
        stage, plan = self._stage, self._stage.plan
        date = stage.locale.date(plan.date)
        place_date = f"{stage.words(plan.place)}, {date}" if plan.place else date
        names = [stage.words(stage.library.contributors[key].name) for key in plan.submitted_by if key in stage.library.contributors]
        lines = [
            ("marking", stage.locale.word(f"marking_{plan.audience}") if plan.audience != "public" else ""),
            ("session", stage.words(plan.session)),
            ("title", stage.words(plan.title)),
            ("subtitle", stage.words(plan.subtitle)),
            ("label", stage.locale.word("submitted_by") if names else ""),
            *[("name", name) for name in names],
            ("date", place_date),
        ]
        cover = Cover(style, tuple((role, (Text(words),)) for role, words in lines if words))
        return Placed((cover,), block=True)

    def table_of_contents(self, depth: int = 3) -> Placed:
        """The table of contents, down to a level of headings."""
        return Placed((Contents((Text(self.word("contents")),), depth),), block=True)

    def page_break(self) -> Placed:
        """What follows starts a new page."""
        return Placed((PageBreak(),), block=True)

    def part(self, title: str) -> Placed:
        """A numbered part: I., II., III."""
        return Placed((Heading(1, (Text(title),), numbered=True),), block=True)

    def group(self, view: View, level: int = 2) -> Placed:
        """The heading of a group of articles, which cross-references such as [#ICCPR 7] find."""
        return Placed((Heading(level, (Text(view.title),), anchor=view.id),), block=True)

    def section(self, view: View, level: int = 3, numbered: bool = True, heading: bool = True) -> Placed:
        """A section whole: heading, prose, asks."""
        head = (self._heading(view, level),) if heading else ()
        return Placed((*head, *self._body(view, level, numbered, anchor=not heading), *self._asks(view, numbered)), block=True)

    def prose(self, view: View, level: int = 3, numbered: bool = True) -> Placed:
        """A section's prose alone, without heading and asks."""
        return Placed(self._body(view, level, numbered, anchor=True), block=True)

    def asks(self, view: View, numbered: bool = True, lead: str = "", style: str = "alpha") -> Placed:
        """A section's asks alone."""
        return Placed(self._asks(view, numbered, lead, style), block=True)

    def recommendation(self, view: View) -> Placed:
        """A commitment: a label with symbol and paragraph, and its official wording as a quotation, or its summary."""
        stage = self._stage
        document_id, _, paragraph_id = view.id.partition("/")
        document = stage.library.commitments[document_id]
        commitment = next(one for one in document.paragraphs if one.id == paragraph_id)
        label = stage.locale.word("pledge" if document.kind == "pledges" else "recommendation")
        where = document.symbol or ("" if document.kind == "pledges" else stage.words(document.short or document.title))
        if commitment.number:
            number = stage.locale.locator("paragraph", commitment.number)
            where = f"{where}, {number}" if where else commitment.number
        label_words: Inlines = (Strong((Text(label),)), Text(f" ({where})" if document.kind != "pledges" else f" {where}"))
        official = stage.words(commitment.text)
        words = stage.locale.quoted(official) if official else stage.words(commitment.summary)
        quote = Quote((Paragraph((Text(words),)),), role="commitment")
        return Placed((Paragraph(label_words, role="label"), quote), block=True)

    def see_articles(self, view: View) -> Placed:
        """ "For more information, see the section on article 7": the groups of this document that a commitment's sections concern."""
        stage = self._stage
        here = group_by_article(stage.chosen, stage.plan)
        sections = [stage.library.sections[one.id] for one in view.sections]
        refs = {ref for section in sections for ref in section.articles}
        groups = [group for group in here if any(member.contains(ref) or ref.contains(member) for member in group.refs for ref in refs)]
        if not groups:
            return Placed((), block=True)
        names = [stage.locale.join([ref.printed() for ref in group.refs]) for group in groups]
        one = len(groups) == 1 and len(groups[0].refs) == 1
        word = stage.locale.word("articles_inline_one" if one else "articles_inline_many")
        marks = [f"\ufdd0{number}\ufdd1" for number in range(len(groups))]
        pattern = stage.locale.word(
            "see_articles" if len(groups) == 1 else "see_articles_many", articles=f"{word} {stage.locale.join(marks)}"
        )
        content: list[Inline] = []
        for piece in re.split("(\ufdd0\\d+\ufdd1)", pattern):
            if token := _TOKEN.fullmatch(piece):
                index = int(token[1])
                key = str(groups[index].refs[0]) if len(groups[index].refs) == 1 else "+".join(map(str, groups[index].refs))
                content.append(CrossRef(key, f"words:{names[index]}"))
            elif piece:
                content.append(Text(piece))
        return Placed((Paragraph(tuple(content), role="see"),), block=True)

    def addressee(self) -> Placed:
        """The addressee of a letter, line by line."""
        lines = [self._stage.words(line) for line in self._stage.plan.addressee]
        content: list[Inline] = []
        for line in lines:
            content += [LineBreak()] * bool(content) + [Text(line)]
        return Placed((Paragraph(tuple(content), role="address"),) if lines else (), block=True)

    def salutation(self) -> Placed:
        """The salutation of a letter."""
        words = self._stage.words(self._stage.plan.salutation)
        return Placed((Paragraph((Text(words),), role="salutation"),) if words else (), block=True)

    def signatories(self) -> Placed:
        """The numbered list of signatories: name, role, city, country."""
        people = list(self._people(self._stage.plan.signatories))
        items = tuple(Item((Paragraph(self._person(one)),)) for one in people)
        return Placed((List("decimal", items, role="signatories"),) if items else (), block=True)

    def contributors(self) -> Placed:
        """The list of the organisations that submit, with what each is."""
        people = list(self._people(self._stage.plan.submitted_by))
        items = tuple(Item((Paragraph(self._person(one, about=True)),)) for one in people)
        return Placed((List("bullet", items, role="contributors"),) if items else (), block=True)

    # ------------------------------------------------ parts of the above

    def _people(self, keys: tuple[str, ...]) -> Iterator[Contributor]:
        table = self._stage.library.contributors
        for key in keys:
            if (one := table.get(key)) is None:
                continue
            if one.type == "coalition":
                yield from (table[member] for member in one.members if member in table)
            else:
                yield one

    def _person(self, one: Contributor, *, about: bool = False) -> Inlines:
        words = self._stage.words
        tail = ", ".join(filter(None, (words(one.role), words(one.city), words(one.country))))
        name: Inlines = (Text(words(one.name)),) if not about else (Strong((Text(words(one.name)),)),)
        described = words(one.about) if about else ""
        return (*name, Text((f", {tail}" if tail else "") + (f". {described}" if described else "")))

    def _heading(self, view: View, level: int) -> Heading:
        section, prose = self._section(view)
        return Heading(level, prose.title, section.id, language=self._foreign(prose), origin=section.origin)

    def _section(self, view: View) -> tuple[Section, Prose]:
        section = self._stage.library.sections[view.id]
        return section, section.in_language(self._stage.locale.language)

    def _foreign(self, prose: Prose) -> str:
        return prose.language if prose.language != self._stage.locale.language else ""

    def _body(self, view: View, level: int, numbered: bool, anchor: bool) -> Blocks:
        section, prose = self._section(view)
        if self._foreign(prose):
            original = f"{prose.language} is printed"
            wanted = self._stage.locale.language
            self._stage.problems.append(
                rules.NO_TRANSLATION.at(section.origin, f"there is no {wanted} version of '{section.id}'; {original}")
            )
        marker = _Marker(self._stage, section.id, prose.language, self._foreign(prose))
        blocks = tuple(marker.mark(block, level, numbered) for block in prose.body)
        if anchor and blocks:
            blocks = _anchor_first(blocks, section.id)
        return blocks

    def _asks(self, view: View, numbered: bool, lead: str = "", style: str = "alpha") -> Blocks:
        section, prose = self._section(view)
        if not prose.asks:
            return ()
        words: Inlines = prose.asks_lead or (Text(lead or self._stage.locale.word("asks_lead")),)
        foreign = self._foreign(prose)
        trace = Trace(section.id, prose.language, "asks_lead", 1)
        head = Paragraph((*words, Text(":")), numbered=numbered, role="lead", trace=trace, language=foreign)
        items = tuple(
            Item((Paragraph(ask, trace=Trace(section.id, prose.language, "asks", place), language=foreign),))
            for place, ask in enumerate(prose.asks, 1)
        )
        return (head, List(style, items, role="asks"))


def _anchor_first(blocks: Blocks, anchor: str) -> Blocks:
    """Give the first paragraph the section's own anchor, for sections printed without a heading."""
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not block.anchor:
            return (*blocks[:place], replace(block, anchor=anchor), *blocks[place + 1 :])
    return blocks


class _Marker:
    """Marks a section's blocks with where they come from, the level of their headings, and which paragraphs are numbered."""

    def __init__(self, stage: _Stage, section: str, language: str, foreign: str) -> None:
        self.stage = stage
        self.section = section
        self.language = language
        self.foreign = foreign
        self.place = 0

    def mark(self, block: Block, level: int, numbered: bool) -> Block:
        """Return the block marked; only paragraphs at the top of a section are numbered."""
        inner: Callable[[Block], Block] = lambda one: self.mark(one, level, False)  # noqa: E731
        match block:
            case Paragraph():
                self.place += 1
                trace = Trace(self.section, self.language, "body", self.place)
                return replace(block, numbered=numbered, trace=trace, language=self.foreign)
            case Heading():
                return replace(block, level=min(level + block.level - 1, 4), language=self.foreign)
            case List():
                return replace(block, items=tuple(Item(tuple(map(inner, item.blocks))) for item in block.items))
            case Quote() | Box():
                return replace(block, blocks=tuple(map(inner, block.blocks)))
            case Figure():
                return self._figure(block)
        return block

    def _figure(self, block: Figure) -> Figure:
        assert block.origin is not None
        data, reason = load_picture(self.stage.library.workspace, block.origin.file.rsplit("/", 1)[0], block.file)
        if reason:
            self.stage.problems.append(rules.MISSING_PICTURE.at(block.origin, f"'{block.file}': {reason}"))
        return replace(block, data=data, file="")
