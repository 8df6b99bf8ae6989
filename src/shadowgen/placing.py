"""The functions of a template: each makes the nodes of one part of a document, for the template to place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from shadowgen import overviews, rules
from shadowgen.charts import spelled_out
from shadowgen.locales import Locale
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
    PageBreak,
    Paragraph,
    Quote,
    SourceTable,
    Strong,
    Text,
    Trace,
)
from shadowgen.pictures import load_picture
from shadowgen.records import Contributor, Prose, Section
from shadowgen.stage import TOKEN, Placed, Stage, View
from shadowgen.workspace import package_data


class Functions:
    """The functions of a template. Each returns nodes to place; its docstring is its documentation."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def word(self, key: str, **values: str) -> str:
        """A word of the document's language: `{{ word("contents") }}`."""
        return self._locale(key).word(key, **{name: str(value) for name, value in values.items()})

    def label(self, key: str, number: int, title: str) -> str:
        """A word with its number and a title, as the language joins them: `{{ label("annex", 1, matter.title) }}`."""
        locale = self._locale(key)
        return f"{locale.label(key, number, ' ')}{locale.punctuation['label']}{title}"

    def _locale(self, key: str) -> Locale:
        """Return the document's locale, or raise ValueError where it lacks a word."""
        if key not in self._stage.locale.words:
            raise ValueError(f"no word '{key}' in the locale {self._stage.locale.language}")
        return self._stage.locale

    def cover(self, style: str = "page") -> Placed:
        """The title page (`"page"`) or the head of a short document (`"masthead"`)."""
        if style not in ("page", "masthead"):
            raise ValueError(f"a cover is 'page' or 'masthead', not '{style}'")
        stage, plan = self._stage, self._stage.plan
        date = stage.locale.date(plan.date)
        place_date = f"{stage.words(plan.place)}{stage.locale.punctuation['comma']}{date}" if plan.place else date
        names = [stage.words(stage.library.contributors[key].name) for key in plan.submitted_by if key in stage.library.contributors]
        lines = [
            ("marking", stage.locale.word(f"marking_{plan.audience}") if plan.audience != "public" else ""),
            ("session", stage.words(plan.session)),
            ("title", stage.words(plan.title)),
            ("subtitle", stage.words(plan.subtitle)),
            ("label", stage.locale.word("submitted_by") if names else ""),
            *[("name", name) for name in names],
            *[("name", words) for words in self._said_on_cover()],
            ("date", place_date),
        ]
        cover = Cover(style, tuple((role, (Text(words),)) for role, words in lines if words))
        return Placed((replace(cover, logos=tuple(self._logos())),), block=True)

    def _said_on_cover(self) -> Iterator[str]:
        """Yield what some bodies want to read on the cover: whom to write to, keywords, whether the document may be posted."""
        stage, plan = self._stage, self._stage.plan
        for word, said in (("contact", stage.words(plan.contact)), ("keywords", ", ".join(map(stage.words, plan.keywords)))):
            if said:
                yield f"{stage.locale.word(word)}{stage.locale.punctuation['colon']} {said}"
        if plan.posting is not None:
            yield stage.locale.word("posting_yes" if plan.posting else "posting_no")

    def _logos(self) -> Iterator[Figure]:
        stage = self._stage
        for one in stage.plan.logos:
            data, reason = load_picture(stage.library.workspace, "", one.file)
            if reason:
                stage.problems.append(rules.MISSING_PICTURE.at(one.origin, f"'{one.file}': {reason}"))
            else:
                yield Figure("", stage.words(one.name), (), data=data)

    def table_of_contents(self, depth: int = 3) -> Placed:
        """The table of contents, down to a level of headings."""
        return Placed((Contents((Text(self.word("contents")),), _level(depth)),), block=True)

    def page_break(self) -> Placed:
        """What follows starts a new page."""
        return Placed((PageBreak(),), block=True)

    def part(self, title: str) -> Placed:
        """A numbered part: I., II., III."""
        if not isinstance(title, str):
            raise ValueError("the title of a part is a text")
        return Placed((Heading(1, (Text(title),), numbered=True),), block=True)

    def group(self, view: View, level: int = 2) -> Placed:
        """The heading of a group of articles, which cross-references such as [#ICCPR 7] find."""
        return Placed((Heading(_level(level), (Text(view.title),), anchor=view.id),), block=True)

    def section(
        self, view: View, level: int = 3, numbered: bool = True, heading: bool = True, lead: str = "", style: str = "alpha"
    ) -> Placed:
        """A section whole: heading, prose, and its asks with their lead words, in a list of some style (alpha, decimal, bullet)."""
        head = (self._heading(view, level),) if heading else ()
        body = self._body(view, level, numbered, anchor=not heading)
        return Placed((*head, *body, *self._asks(view, numbered, str(lead), style)), block=True)

    def see(self, view: View) -> Placed:
        """A pointer to the assessments of a commitment that this document prints elsewhere."""
        refs = [
            (Text(self._stage.locale.punctuation["comma"]) if place else Text(""), CrossRef(one.id))
            for place, one in enumerate(view.elsewhere)
        ]
        if not refs:
            return Placed((), block=True)
        before, _, after = self._stage.locale.word("see_sections").partition("{sections}")
        return Placed((Paragraph((Text(before), *(inline for pair in refs for inline in pair), Text(after)), role="see"),), block=True)

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
            where = f"{where}{stage.locale.punctuation['comma']}{number}" if where else commitment.number
        if commitment.position:
            position = stage.locale.word(f"position_{commitment.position}")
            where = f"{where}{stage.locale.punctuation['comma']}{position}" if where else position
        label_words: Inlines = (Strong((Text(label),)), Text(f" ({where})" if document.kind != "pledges" else f" {where}"))
        official = stage.words(commitment.text)
        words = stage.locale.quoted(official) if official else stage.words(commitment.summary)
        quote = Quote((Paragraph((Text(words),)),), role="commitment")
        return Placed((Paragraph(label_words, role="label"), quote), block=True)

    def see_articles(self, view: View) -> Placed:
        """ "For more information, see the section on article 7": the groups of this document that a commitment's sections concern."""
        stage = self._stage
        sections = [stage.library.sections[one.id] for one in view.answers]
        refs = {ref for section in sections for ref in section.articles}
        groups = [
            group for group in stage.groups if any(member.contains(ref) or ref.contains(member) for member in group.refs for ref in refs)
        ]
        if not groups:
            return Placed((), block=True)
        names = [stage.locale.join([ref.printed() for ref in group.refs]) for group in groups]
        one = len(groups) == 1 and len(groups[0].refs) == 1
        word = "articles_inline_one" if one else "articles_inline_many"
        marks = [f"\ufdd0{number}\ufdd1" for number in range(len(groups))]
        pattern = stage.locale.word(
            "see_articles" if len(groups) == 1 else "see_articles_many", articles=stage.locale.label(word, stage.locale.join(marks), " ")
        )
        content: list[Inline] = []
        for piece in re.split("(\ufdd0\\d+\ufdd1)", pattern):
            if token := TOKEN.fullmatch(piece):
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

    def table_of_sources(self) -> Placed:
        """The sources that the document cites, by kind, under a heading of their own; nothing where the submission does not ask for it."""
        if not self._stage.plan.table_of_sources:
            return Placed((), block=True)
        groups = tuple((self.word(group["word"]), tuple(group["types"])) for group in package_data("", "source-groups.yaml"))
        return Placed((PageBreak(), Heading(1, (Text(self.word("sources")),)), SourceTable(groups)), block=True)

    def status_chart(self) -> Placed:
        """A chart of the grades, A to E, that the authors give: how many assessments of this document have each."""
        return Placed(overviews.status_chart(self._stage), block=True)

    def coverage_chart(self) -> Placed:
        """A chart of the articles that this document covers: how many findings stand under each."""
        return Placed(overviews.coverage_chart(self._stage), block=True)

    def coverage_matrix(self) -> Placed:
        """Tables of what this document covers: the articles of its treaty, and each of its documents with recommendations or pledges.

        Only the sections of the document count, which have passed the gate for its audience.
        """
        return Placed(overviews.coverage_matrix(self._stage), block=True)

    def implementation_table(self) -> Placed:
        """A table of the recommendations of the submission's `commitments` over the cycles, with the authors' grades and the Committee's."""
        return Placed(overviews.implementation_table(self._stage), block=True)

    def implementation_chart(self) -> Placed:
        """A chart of the grades, A to E: how many recommendations of each cycle have each, by the authors and by the Committee."""
        return Placed(overviews.implementation_chart(self._stage), block=True)

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
        comma, stop = (self._stage.locale.punctuation[name] for name in ("comma", "stop"))
        tail = comma.join(filter(None, (words(one.role), words(one.city), words(one.country))))
        name: Inlines = (Text(words(one.name)),) if not about else (Strong((Text(words(one.name)),)),)
        described = words(one.about) if about else ""
        return (*name, Text((f"{comma}{tail}" if tail else "") + (f"{stop}{described}" if described else "")))

    def _heading(self, view: View, level: int) -> Heading:
        section, prose = self._section(view)
        return Heading(_level(level), prose.title, section.id, language=self._foreign(prose), origin=section.origin)

    def _section(self, view: View) -> tuple[Section, Prose]:
        section = self._stage.library.sections[view.id]
        return section, section.in_language(self._stage.locale.language)

    def _foreign(self, prose: Prose) -> str:
        return prose.language if prose.language != self._stage.locale.language else ""

    def _body(self, view: View, level: int, numbered: bool, anchor: bool) -> Blocks:
        _level(level)
        section, prose = self._section(view)
        if self._foreign(prose):
            original = f"{prose.language} is printed"
            wanted = self._stage.locale.language
            self._stage.problems.append(
                rules.NO_TRANSLATION.at(section.origin, f"there is no {wanted} version of '{section.id}'; {original}")
            )
        marker = _Marker(self._stage, self._foreign(prose))
        body = spelled_out(prose.body, self._stage.locale, section.id)
        blocks = tuple(marker.mark(block, level, numbered) for block in body)
        if anchor and blocks:
            blocks = _anchor_first(blocks, section.id)
        return blocks

    def _asks(self, view: View, numbered: bool, lead: str = "", style: str = "alpha") -> Blocks:
        section, prose = self._section(view)
        if not prose.asks:
            return ()
        if style not in ("bullet", "decimal", "paren", "alpha", "roman"):
            raise ValueError(f"'{style}' is no style of a list")
        words: Inlines = prose.asks_lead or (Text(lead or self._stage.locale.word("asks_lead")),)
        foreign = self._foreign(prose)
        trace = Trace(section.id, prose.language, "asks_lead", 1)
        head = Paragraph(
            (*words, Text(self._stage.locale.punctuation["colon"])), numbered=numbered, role="lead", trace=trace, language=foreign
        )
        items = tuple(
            Item((Paragraph(ask, trace=Trace(section.id, prose.language, "asks", place), language=foreign),))
            for place, ask in enumerate(prose.asks, 1)
            if ask  # an audience may not read every one
        )
        return (head, List(style, items, role="asks"))


def _level(level: object) -> int:
    """Return a level of headings, or raise ValueError."""
    if not isinstance(level, int) or not 1 <= level <= 4:
        raise ValueError("a level of headings is 1, 2, 3 or 4")
    return level


def _anchor_first(blocks: Blocks, anchor: str) -> Blocks:
    """Give the first paragraph the section's own anchor, for sections printed without a heading."""
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not block.anchor:
            return (*blocks[:place], replace(block, anchor=anchor), *blocks[place + 1 :])
    return blocks


class _Marker:
    """Marks a section's blocks with the level of their headings, and which paragraphs are numbered."""

    def __init__(self, stage: Stage, foreign: str) -> None:
        self.stage = stage
        self.foreign = foreign

    def mark(self, block: Block, level: int, numbered: bool) -> Block:
        """Return the block marked; only paragraphs at the top of a section are numbered."""
        inner: Callable[[Block], Block] = lambda one: self.mark(one, level, False)  # noqa: E731
        match block:
            case Paragraph():
                return replace(block, numbered=numbered, language=self.foreign)
            case Heading():
                return replace(block, level=min(level + block.level - 1, 4), language=self.foreign)
            case List():
                return replace(block, items=tuple(Item(tuple(map(inner, item.blocks))) for item in block.items))
            case Quote() | Box():
                return replace(block, blocks=tuple(map(inner, block.blocks)))
            case Figure(chart=None):
                return self._figure(block)
        return block

    def _figure(self, block: Figure) -> Figure:
        assert block.origin is not None
        data, reason = load_picture(self.stage.library.workspace, block.origin.file.rsplit("/", 1)[0], block.file)
        if reason:
            self.stage.problems.append(rules.MISSING_PICTURE.at(block.origin, f"'{block.file}': {reason}"))
        return replace(block, data=data, file="")
