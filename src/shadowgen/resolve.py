"""Manuscript -> Submission: variables, notes, paragraph numbers, cross-references, typography.

Enters: an assembled tree that may hold pending nodes and places of the library. Leaves: a tree that holds neither, numbered once for every
writer; a record that ties its paragraphs to their sources; diagnostics. Numbering never depends on layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from shadowgen import rules
from shadowgen.catalogue import parse_article
from shadowgen.citations import Citations
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.locales import Locale, around, typographic
from shadowgen.nodes import (
    Annotation,
    Block,
    Box,
    Cell,
    Cite,
    Cover,
    CrossRef,
    Figure,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Link,
    List,
    Manuscript,
    Meta,
    Note,
    NoteAgain,
    NoteCall,
    NoteNumber,
    Paragraph,
    Quote,
    Reference,
    SameNote,
    SourceTable,
    Strong,
    Submission,
    Table,
    Text,
    Variable,
    plain_text,
    walk,
)
from shadowgen.notemarks import NoteMarks, mark_notes, place_marks, starts_unit
from shadowgen.notestyles import Style, finish_note
from shadowgen.numbering import Numberer, RecordEntry, Target
from shadowgen.records import NoteOptions, Source, Words, in_language


@dataclass(frozen=True, slots=True)
class Setting:
    """What resolving needs beside the tree: language, style, sources, variables, titles of sections outside the document."""

    locale: Locale
    style: Style
    sources: Mapping[str, Source]
    hidden_sources: frozenset[str]
    variables: Mapping[str, Words]
    titles: Mapping[str, str]
    options: NoteOptions = field(default_factory=NoteOptions)
    named_notes: Mapping[str, Annotation] = field(default_factory=dict)


def resolve(manuscript: Manuscript, setting: Setting) -> tuple[Submission, tuple[RecordEntry, ...], list[Diagnostic]]:
    """Resolve a manuscript; what cannot be resolved is reported and replaced by readable words."""
    numberer = Numberer(manuscript.meta.numbering, setting.locale.marks["part"])
    blocks = tuple(numberer.block(block) for block in manuscript.blocks)
    resolver = _Resolver(setting, numberer.targets, manuscript.meta)
    if manuscript.meta.notes == "footnotes":
        resolver.marks = mark_notes(blocks, setting.options.restart, resolver.has_words)
    resolved = tuple(resolver.block(block) for block in blocks)
    resolved = tuple(one for block in resolved for one in (resolver.source_table(block) if isinstance(block, SourceTable) else (block,)))
    submission = Submission(manuscript.meta, resolved, tuple(resolver.notes))
    return submission, tuple(numberer.record), resolver.problems


# ---------------------------------------------------------------- second pass: words


class _Resolver:
    """Replaces every pending node, words the notes, and sets the typography of the language."""

    def __init__(self, setting: Setting, targets: dict[str, Target], meta: Meta) -> None:
        self.setting = setting
        self.targets = targets
        self.numbering = meta.numbering
        self.note_kind = meta.notes
        self.citations = Citations(setting.style, setting.locale, setting.sources, setting.options)
        self.marks = NoteMarks()
        self.notes: list[Note] = []
        self.called: dict[str, int] = {}
        self.problems: list[Diagnostic] = []
        self._last = self._word = ""  # the last character before the words at hand, and the last that is no blank

    def block(self, block: Block) -> Block:
        """Return the block resolved, its notes numbered in reading order: a caption before its table."""
        match block:
            case Heading():
                if starts_unit(block, self.setting.options.restart):
                    self.citations.restart()
                    self.called = {}
                return replace(block, content=self.line(block.content), origin=None)
            case Paragraph():
                return replace(block, content=self.line(block.content), origin=None, trace=None)
            case List():
                return replace(block, items=tuple(Item(tuple(map(self.block, item.blocks))) for item in block.items))
            case Quote():
                blocks = tuple(map(self.block, block.blocks))
                return replace(block, blocks=blocks, attribution=self.line(block.attribution))
            case Box():
                title = self.line(block.title)
                return replace(block, title=title, blocks=tuple(map(self.block, block.blocks)), origin=None)
            case Table():
                caption, head = self.line(block.caption), self._row(block.head)
                return replace(block, caption=caption, head=head, rows=tuple(map(self._row, block.rows)), origin=None)
            case Figure():
                return replace(block, caption=self.line(block.caption), origin=None)
            case Cover():
                return replace(block, lines=tuple((role, self.line(words)) for role, words in block.lines))
        return block

    def _row(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(replace(cell, content=self.line(cell.content)) for cell in row)

    def line(self, inlines: Inlines) -> Inlines:
        """Resolve the words of one block."""
        self._last = self._word = ""
        return _merge(self._placed(list(self._inlines(self._without_lost_asides(inlines)))))

    def _without_lost_asides(self, inlines: Inlines) -> Inlines:
        """Drop "(see [#id])" where the section named is not part of this document: it would lead the reader nowhere."""
        out: list[Inline] = []
        rest = list(inlines)
        while rest:
            inline = rest.pop(0)
            before, after = out[-1] if out else None, rest[0] if rest else None
            if isinstance(inline, CrossRef) and isinstance(before, Text) and isinstance(after, Text) and self._left_out(inline):
                opening = _ASIDE.search(before.text)
                if opening and after.text.startswith(")"):
                    out[-1] = Text(before.text[: opening.start()])
                    rest[0] = Text(after.text[1:])
                    continue
            out.append(inline)
        return tuple(out)

    def _left_out(self, ref: CrossRef) -> bool:
        return ref.target in self.setting.titles and ref.target not in self.targets and ref.target not in self.marks.named

    def _inlines(self, inlines: Inlines) -> Iterator[Inline]:
        for inline in inlines:
            match inline:
                case Text(text):
                    yield self._text(text)
                case Variable():
                    yield self._text(self._variable(inline))
                case Cite() | Annotation() | SameNote():
                    yield from self._note(inline)
                case CrossRef():
                    yield from self._crossref(inline)
                case LineBreak():
                    self._last = ""
                    yield inline
                case _ if hasattr(inline, "children"):
                    yield replace(inline, children=_merge(self._placed(list(self._inlines(inline.children)))))
                case _:
                    yield inline

    def _text(self, text: str) -> Text:
        words = typographic(text, self._last, self.setting.locale)
        self._last = words[-1:] or self._last
        self._word = words.rstrip()[-1:] or self._word
        return Text(words)

    def _variable(self, variable: Variable) -> str:
        if variable.name not in self.setting.variables:
            hint = did_you_mean(variable.name, list(self.setting.variables)) or f"add '{variable.name}' under 'variables' of the submission"
            self.problems.append(rules.UNKNOWN_VARIABLE.at(variable.origin, f"no value for '{variable.name}'", hint))
            return f"[{variable.name}]"
        return in_language(self.setting.variables[variable.name], self.setting.locale.language)

    # ------------------------------------------------ notes

    def has_words(self, inline: Cite | Annotation | SameNote) -> bool:
        """True if a note will be made of this: a citation of unknown sources makes none."""
        match inline:
            case Cite():
                return any(item.key in self.setting.sources for item in inline.items)
            case SameNote():
                named = self.setting.named_notes.get(inline.target)
                return named is not None and self.has_words(named)
        return bool(plain_text(inline.children).strip() or any(isinstance(node, Cite | Variable | CrossRef) for node in walk(inline)))

    def _note(self, call: Cite | Annotation | SameNote) -> Iterator[Inline]:
        inline = self._meant(call)
        if inline is None:
            return
        self._check_sources(inline)
        if self.note_kind == "links":
            yield from self._as_link(inline)
            return
        if not self.has_words(inline):
            return
        name = inline.anchor if isinstance(inline, Annotation) else ""
        if name in self.called:
            yield NoteAgain(self.called[name], self.marks.mark(self.called[name]))
            return
        number = len(self.notes) + 1
        self.called |= {name: number} if name else {}
        self.citations.start_note()
        saved, self._last = self._word, ""  # the blank before a note's mark goes
        content = self.citations.cite(inline, number, alone=True) if isinstance(inline, Cite) else self._annotation(inline.children, number)
        self._last = self._word = saved
        mark = self.marks.mark(number)
        self.notes.append(Note(number, self._marked(finish_note(_merge(iter(content)), self.setting.style)), mark))
        yield NoteCall(number, mark)

    def _meant(self, call: Cite | Annotation | SameNote) -> Cite | Annotation | None:
        """Return the note that a call means; None and a problem for a name that no note has."""
        if not isinstance(call, SameNote):
            return call
        if found := self.setting.named_notes.get(call.target):
            return found
        hint = did_you_mean(call.target, list(self.setting.named_notes)) or "name a note where it stands: ^[words]{#name}"
        self.problems.append(rules.UNKNOWN_TARGET.at(call.origin, f"no note is named '{call.target}'", hint))
        return None

    def _marked(self, content: Inlines) -> Inlines:
        """Give the numbers of other notes the marks that those notes show."""
        if self.setting.options.restart == "none":
            return content
        out: list[Inline] = []
        for inline in content:
            if isinstance(inline, NoteNumber):
                inline = NoteNumber(inline.note, self.marks.mark(inline.note))
            elif hasattr(inline, "children"):
                inline = replace(inline, children=self._marked(inline.children))
            out.append(inline)
        return tuple(out)

    def _placed(self, inlines: list[Inline]) -> Iterator[Inline]:
        return place_marks(inlines, after=self.setting.locale.note_mark == "after")

    def source_table(self, table: SourceTable) -> tuple[Block, ...]:
        """Return the sources that the document cites, by kind, in the order of the language's alphabet."""
        out: list[Block] = []
        for heading, types in table.groups:
            keys = [key for key in self.citations.cited if self.setting.sources[key].type in types]
            listed = [finish_note(_merge(iter(self.citations.listed(key))), self.setting.style) for key in keys]
            if listed:
                out.append(Paragraph((Strong((Text(heading),)),), role="source-kind"))
                out += [
                    Paragraph(words, role="source")
                    for words in sorted(listed, key=lambda one: self.setting.locale.sort_key(plain_text(one)))
                ]
        return tuple(out)

    def _annotation(self, inlines: Inlines, number: int) -> Inlines:
        out: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Cite):
                out += self.citations.cite(inline, number, alone=False)
            elif hasattr(inline, "children") and not isinstance(inline, Annotation):
                out.append(replace(inline, children=self._annotation(inline.children, number)))
            else:
                out += self._inlines((inline,))
        return tuple(out)

    def _as_link(self, inline: Cite | Annotation) -> Iterator[Inline]:
        """Print a citation as linked words in brackets, for documents that have links instead of notes."""
        opening = "(" if self._last == " " else " ("
        if isinstance(inline, Annotation):
            yield from (Text(opening), *self._annotation(inline.children, 1), Text(")"))
            return
        language = self.setting.locale.language
        shown: list[Inline] = []
        for item in inline.items:
            source = self.setting.sources.get(item.key)
            if source:
                short = next(filter(None, (source.get(name, language) for name in ("short", "title", "symbol", "author"))), item.key)
                short = typographic(short, "(", self.setting.locale)
                url = source.get("url", language)
                shown += [Text("; ")] * bool(shown) + [Link((Text(short),), url) if url else Text(short)]
        if shown:
            yield from (Text(opening), *shown, Text(")"))

    def _check_sources(self, inline: Cite | Annotation) -> None:
        for node in walk(inline):
            for item in node.items if isinstance(node, Cite) else ():
                if item.key in self.setting.hidden_sources:
                    self.problems.append(
                        rules.CONFIDENTIAL_SOURCE.at(item.origin, "the source cited here may not be shown to this audience")
                    )
                elif item.key not in self.setting.sources:
                    hint = did_you_mean(item.key, list(self.setting.sources))
                    self.problems.append(rules.UNKNOWN_SOURCE.at(item.origin, f"there is no source '{item.key}'", hint))

    # ------------------------------------------------ cross-references

    def _crossref(self, ref: CrossRef) -> Iterator[Inline]:
        target = self.targets.get(ref.target) or self._article(ref.target)
        if ref.target in self.marks.named:
            yield from self._note_named(self.marks.named[ref.target])
        elif target is None:
            yield from self._missing(ref)
        elif ref.form.startswith("words:"):
            yield Reference(target.anchor, ref.form.removeprefix("words:"), "link")
        elif ref.form == "page":
            yield Reference(target.anchor, "", "page")
        elif ref.form == "paras" or (target.label == "paragraph" and target.paragraphs and ref.target not in self.setting.titles):
            yield from self._paragraphs(target)
        elif target.label not in ("", "paragraph"):
            number = target.anchor[1:]
            yield Reference(target.anchor, self.setting.locale.label(target.label, number).lower(), "label")
        else:
            yield from self._titled(ref, target)

    def _note_named(self, note: int) -> Iterator[Inline]:
        """Yield "note 12"; where numbers start again, with the title of the part that it stands in."""
        before, after = around(self.setting.locale.locators["note"][0])
        yield Text(before)
        yield NoteNumber(note, self.marks.mark(note))
        yield Text(after)
        if unit := self.marks.units[note - 1]:
            yield Text(f" ({self.setting.locale.quoted(unit)})")

    def _titled(self, ref: CrossRef, target: Target) -> Iterator[Inline]:
        """Yield a section's title in quotation marks, and its paragraph numbers where they run through the document."""
        opening, closing = self.setting.locale.quotes[:2]
        headed = target.anchor.startswith("h")
        title = target.title if headed else self.setting.titles.get(ref.target, target.title)
        yield Text(opening)
        yield Reference(target.anchor, self._text(title).text, "title" if headed else "link")
        yield Text(closing)
        if target.paragraphs and self.numbering == "continuous":
            yield from (Text(" ("), *self._paragraphs(target), Text(")"))

    def _paragraphs(self, target: Target) -> Iterator[Inline]:
        if not target.paragraphs:
            yield Text(self.setting.locale.quoted(target.title))
            return
        (first, first_anchor), (last, last_anchor) = target.paragraphs[0], target.paragraphs[-1]
        before, after = around(self.setting.locale.locators["paragraph"][first != last])
        yield Text(before)
        yield Reference(first_anchor, str(first), "number")
        if first != last:
            yield from (Text("–"), Reference(last_anchor, str(last), "number"))
        yield Text(after)

    def _article(self, text: str) -> Target | None:
        ref = parse_article(text)
        if ref is None:
            return None
        for key, target in self.targets.items():
            members = [parse_article(part) for part in key.split("+")]
            if any(member and (member.contains(ref)) for member in members):
                return target
        return None

    def _missing(self, ref: CrossRef) -> Iterator[Inline]:
        title = self.setting.titles.get(ref.target)
        if title is not None:
            self.problems.append(rules.TARGET_NOT_IN_DOCUMENT.at(ref.origin, f"'{ref.target}' is not part of this document"))
            yield Text(self.setting.locale.quoted(title))
        elif (article := parse_article(ref.target)) is not None:
            yield Text(self.setting.locale.label("article", article.printed(), " ").lower())
        else:
            hint = did_you_mean(ref.target, [*self.setting.titles, *self.targets])
            self.problems.append(rules.UNKNOWN_TARGET.at(ref.origin, f"there is no section or anchor '{ref.target}'", hint))
            yield Text(f"[{ref.target}]")


_ASIDE = re.compile(r"\s*\([^()]*$")


def _merge(inlines: Iterator[Inline]) -> Inlines:
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        elif not (isinstance(inline, Text) and not inline.text):
            out.append(inline)
    return tuple(out)
