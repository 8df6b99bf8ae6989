"""Every file of a workspace -> one validated, parsed, indexed `Library`.

Enters: a `Workspace`. Leaves: a `Library` with all that could be read, and every problem of every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from shadowgen import rules
from shadowgen.acceptance import read_acceptances
from shadowgen.catalogue import ArticleRef, known, parse_article, treaties
from shadowgen.diagnostics import Diagnostic, Origin, Rule
from shadowgen.library import ANCHOR, Library, anchors_in
from shadowgen.lookfile import LogoFile
from shadowgen.markdown import ID, Passage, parse_line, parse_prose, words_of
from shadowgen.model import (
    CommitmentParagraph,
    CommitmentsFile,
    GradeEntry,
    SectionFile,
    SubmissionFile,
    TranslationFile,
)
from shadowgen.nodes import Blocks, Heading, Inlines, Paragraph, Table, walk
from shadowgen.persons import read_person, refers
from shadowgen.records import (
    SENSITIVE_SOURCES,
    Commitment,
    CommitmentDocument,
    Contributor,
    Grading,
    NoteOptions,
    Plan,
    Prose,
    Replaced,
    Response,
    Section,
    Source,
    Term,
    in_time,
)
from shadowgen.sectioncharts import Figures, place_charts, read_charts, translate_charts
from shadowgen.sourcetypes import UPKEEP
from shadowgen.staleness import note_changes
from shadowgen.validation import validate, value_at
from shadowgen.workspace import FILED, Workspace, read_bytes
from shadowgen.yamlfile import Document, parse_yaml, read_text
from shadowgen.yamlfile import Path as YamlPath


def load_library(workspace: Workspace, instead: Mapping[str, bytes] | None = None) -> tuple[Library, list[Diagnostic]]:
    """Read every file under `sections/` and `submissions/`; bad files give problems and are left out.

    `instead` gives files other bytes than those on the disk: what the library would be if they were written.
    """
    loader = _Loader(Library(workspace), instead or {})
    for path in workspace.yaml_files("sections"):
        loader.take(path)
    for path in workspace.yaml_files("submissions"):
        if not workspace.relative(path).startswith(f"{FILED}/"):
            loader.take_plan(path)
    loader.join_translations()
    loader.checkanchors_in()
    note_changes(loader.library)
    return loader.library, loader.problems


_KINDS = {
    "articles": "section",
    "recommendations": "section",
    "matter": "section",
    "commitments": "commitments",
    "sources": "sources",
    "contributors": "contributors",
    "people": "people",
    "terms": "terms",
}
_PROSE = {"title", "body", "asks_lead", "asks"}  # the fields of a section that are prose
_NAMING = ("sources", "contributors", "submission")  # files whose plain words may refer to persons
_STEM = re.compile(rf"^({ID})(?:\.([a-z]{{2,3}}(?:-[A-Z][a-z]{{3}})?))?$")


class _Loader:
    """Takes file after file into a library, collecting problems."""

    def __init__(self, library: Library, instead: Mapping[str, bytes]) -> None:
        self.library = library
        self.instead = instead
        self.problems: list[Diagnostic] = []
        self.translations: list[tuple[str, str, Document, TranslationFile]] = []
        self.figures: dict[str, Figures] = {}  # the charts of each section, for its translations

    def take(self, path: Path) -> None:
        """Read one file under `sections/`; the folder says what it is."""
        file = self.library.workspace.relative(path)
        parts = file.split("/")
        home = parts[3:] if parts[1] == "imported" else parts[1:]  # sections/imported/<name>/ holds the same folders
        kind = _KINDS.get(home[0]) if len(home) > 1 else None
        stem = _STEM.match(path.stem)
        if kind is None:
            self._report(rules.MISPLACED_FILE, Origin(file), "no kind of file is kept here", f"folders: {', '.join(_KINDS)}")
        elif stem is None or len(stem[1]) > 64 or (stem[2] and kind != "section"):
            self._report(rules.BAD_FILE_NAME, Origin(file), f"'{path.name}' cannot be an id")
        elif kind == "section" and stem[2]:
            self._read("translation", path, lambda document, model: self.translations.append((stem[1], stem[2], document, model)))
        else:
            self._read(kind, path, lambda document, model: getattr(self, f"_{kind}")(stem[1], document, model))

    def take_plan(self, path: Path) -> None:
        """Read one submission file."""
        file = self.library.workspace.relative(path)
        stem = _STEM.match(path.stem)
        if stem is None or stem[2]:
            self._report(rules.BAD_FILE_NAME, Origin(file), f"'{path.name}' cannot be an id")
        else:
            self._read("submission", path, lambda document, model: self._plan(stem[1], document, model))

    def _report(self, rule: Rule, origin: Origin, message: str, hint: str = "") -> None:
        self.problems.append(rule.at(origin, message, hint))

    def _read(self, kind: str, path: Path, take: Any) -> None:
        file = self.library.workspace.relative(path)
        raw = self.instead.get(file) or read_bytes(path)
        if raw is None:
            self._report(rules.UNREADABLE_FILE, Origin(file), "the file cannot be read, or is a link")
            return
        text, problems = read_text(raw, file)
        self.library.texts[file] = text
        self.problems += problems
        if problems:
            return
        document, problems = parse_yaml(text, file)
        self.problems += problems
        if problems:
            return
        model, problems = validate(kind, document)
        self.problems += problems
        self._check_marks(kind, document)
        if model is not None:
            self.library.accepted += read_acceptances(kind, document)
            take(document, model)

    def _check_marks(self, kind: str, document: Document) -> None:
        """Report marks of confidence, and references to persons, in words that are printed as they stand."""
        for path in document.values:
            words = value_at(document, path)
            is_prose = kind in ("section", "translation") and path and (path[0] in _PROSE or (path[0], path[-1]) == ("charts", "caption"))
            printed = (words, *path[-1:]) if not is_prose and kind not in _NAMING else ()
            if any(isinstance(one, str) and "[@@" in one for one in printed):
                self._report(rules.MISPLACED_PERSON, document.origin(path), "a reference to a person works in prose and in sources only")
            if kind not in ("section", "translation") and isinstance(words, str) and re.search(r"\{\s*(?:internal|committee)\b", words):
                message = "a mark of confidence works in the prose of sections only"
                self._report(rules.UNCLOSED_MARK, document.origin(path), message, "delete the words, or give the whole entry an 'audience'")

    # ---------------------------------------------------------------- sections

    def _section(self, id: str, document: Document, model: SectionFile) -> None:
        if id in self.library.sections:
            other = self.library.sections[id].origin.file
            self._report(rules.DUPLICATE_ID, Origin(document.file), f"the id '{id}' is taken by {other}", "rename one of the two files")
            return
        if model.audience is None:
            self._report(rules.NO_AUDIENCE, document.origin(), "the section does not say who may read it", "add 'audience: public'")
        if model.status != "draft" and not document.values[("body",)].literal:
            self._report(rules.BODY_NOT_LITERAL, document.origin(("body",)), "the body is not a literal block", "write 'body: |'")
        self.figures[id] = read_charts(document, model.charts, self._line, self.problems)
        prose = self._prose(model.language, document, model, self.figures[id])
        for anchor in anchors_in(prose) if ANCHOR in document.text else ():
            self.library.anchors.setdefault(anchor, id)
        self.library.sections[id] = Section(
            id=id,
            path=document.file.removeprefix("sections/").rsplit("/", 1)[0] + "/" + id,
            articles=self._articles(document, ("articles",), model.articles),
            responds_to=tuple(self._responses(model)),
            status=model.status,
            audience=model.audience or "internal",
            verified=model.verified,
            review_by=model.review_by,
            themes=tuple(model.themes),
            priority=model.priority,
            order=model.order,
            grade=model.grade or "",
            prose={model.language: prose},
            language=model.language,
            origin=document.origin(("title",)),
            earlier=_gradings(document, ("earlier_grades",), model.earlier_grades),
        )

    def _responses(self, model: SectionFile) -> Iterator[Response]:
        for entry in model.responds_to:
            for paragraph in entry.paragraphs or [""]:
                yield Response(entry.document, paragraph)

    def _articles(self, document: Document, path: YamlPath, texts: list[str]) -> tuple[ArticleRef, ...]:
        refs = []
        for place, text in enumerate(texts):
            ref = parse_article(text)
            if ref is None or not known(ref):
                treaty = treaties().get(ref.treaty) if ref else None
                hint = f"{ref.treaty} has articles 1 to {treaty.articles_total}" if ref and treaty else "write 'ICCPR 19(3)'"
                self._report(rules.BAD_ARTICLE, document.origin((*path, place)), f"no such article: '{text}'", hint)
            else:
                refs.append(ref)
        return tuple(refs)

    def _prose(self, language: str, document: Document, model: SectionFile | TranslationFile, figures: Figures) -> Prose:
        line, column = document.text_start(("body",))
        passage = Passage(model.body, document.file, line, column, single_line=not document.values[("body",)].block)
        body, problems = parse_prose(passage)
        self.problems += problems
        body = place_charts(body, figures, document, model.charts, self.problems)
        title = self._line(document, ("title",), model.title)
        self._check_headings(body)
        asks = tuple(self._line(document, ("asks", place), ask) for place, ask in enumerate(model.asks))
        lead = self._line(document, ("asks_lead",), model.asks_lead) if model.asks_lead else ()
        stamp = model.translates.model_dump() if isinstance(model, TranslationFile) and model.translates else None
        return Prose(language, title, words_of(title), body, lead, asks, document.origin(), stamp)

    def _check_headings(self, body: Blocks) -> None:
        level = 1
        for heading in (node for node in walk(body, closed=(Heading, Paragraph, Table)) if isinstance(node, Heading)):
            if heading.level == 1:
                self._report(rules.HEADING_LEVEL, heading.origin, "a heading inside a section starts at ##")
            elif heading.level > level + 1:
                self._report(rules.HEADING_LEVEL, heading.origin, f"the heading skips a level: {'#' * (level + 1)} comes next")
            level = heading.level

    def _line(self, document: Document, path: YamlPath, text: str) -> Inlines:
        line, column = document.text_start(path)
        inlines, problems = parse_line(Passage(text, document.file, line, column, single_line=True))
        self.problems += problems
        return inlines

    def join_translations(self) -> None:
        """Give each section the prose of its translations."""
        for id, language, document, model in self.translations:
            section = self.library.sections.get(id)
            if section is None or section.origin.file.rsplit("/", 1)[0] != document.file.rsplit("/", 1)[0]:
                if self._is_beside(id, document.file):
                    continue  # the original has problems of its own
                self._report(rules.ORPHAN_TRANSLATION, Origin(document.file), f"there is no '{id}.yaml' in this folder")
                continue
            if language in section.prose:
                self._report(rules.DUPLICATE_ID, Origin(document.file), f"the section '{id}' has a text in '{language}' already")
                continue
            figures = translate_charts(document, model.charts, self.figures[id], self._line, self.problems)
            prose = self._prose(language, document, model, figures)
            self.library.sections[id] = replace(section, prose={**section.prose, language: prose})

    def _is_beside(self, id: str, file: str) -> bool:
        folder = self.library.workspace.root.joinpath(file).parent
        return any(folder.joinpath(f"{id}{ending}").is_file() for ending in (".yaml", ".yml"))

    def checkanchors_in(self) -> None:
        """Report anchors that stand twice in the workspace, or have the id of a section; a translation repeats its original's."""
        owners = {id: section.origin for id, section in self.library.sections.items()}
        for section in self.library.sections.values():
            own: dict[str, Origin] = {}
            for prose in section.prose.values():
                seen: dict[str, Origin] = {}
                for node in walk(prose.body) if ANCHOR in self.library.texts[prose.origin.file] else ():
                    if not (anchor := getattr(node, "anchor", "")):
                        continue
                    if other := seen.get(anchor) or owners.get(anchor):
                        self._report(rules.DUPLICATE_ID, node.origin, f"the anchor '{anchor}' stands also at {other}", "rename one of them")
                    seen.setdefault(anchor, node.origin)
                own = {**seen, **own}
            owners |= own

    # ---------------------------------------------------------------- the other kinds

    def _unique(self, table: Mapping[str, Any], key: str, origin: Origin, what: str) -> bool:
        if key in table:
            self._report(rules.DUPLICATE_ID, origin, f"the {what} '{key}' stands also at {table[key].origin}", "rename or delete one")
            return False
        return True

    def _commitments(self, id: str, document: Document, model: CommitmentsFile) -> None:
        if not self._unique(self.library.commitments, id, document.origin(), "document"):
            return
        paragraphs: dict[str, Commitment] = {}
        for place, entry in enumerate(model.paragraphs):
            origin = document.origin(("paragraphs", place, "id"))
            if self._unique(paragraphs, entry.id, origin, "paragraph"):
                paragraphs[entry.id] = self._commitment(id, document, place, entry, origin)
        self.library.commitments[id] = CommitmentDocument(
            id, model.title, model.short, model.kind, model.symbol or "", model.source or "", model.body, model.date or "",
            tuple(paragraphs.values()), document.origin(("source",) if model.source else ()), model.cycle or 0,
        )  # fmt: skip

    def _commitment(self, id: str, document: Document, place: int, entry: CommitmentParagraph, origin: Origin) -> Commitment:
        path = ("paragraphs", place)
        articles = self._articles(document, (*path, "articles"), entry.articles)
        given = _gradings(document, (*path, "committee_grades"), entry.committee_grades)
        if entry.committee_grade:
            given = (Grading(entry.committee_grade, "", "", 0, document.origin((*path, "committee_grade"))), *given)
        return Commitment(
            entry.id, id, entry.number or "", entry.title, articles, entry.summary, entry.text, given, origin, entry.follow_up,
            tuple(entry.repeats), tuple(entry.not_repeats), entry.position or "",
        )  # fmt: skip

    def _sources(self, id: str, document: Document, model: Mapping[str, Any]) -> None:
        for key, entry in model.items():
            origin = document.origin((key,), key=True)
            if not self._unique(self.library.sources, key, origin, "source"):
                continue
            values = entry.model_dump(exclude_none=True, exclude=set(UPKEEP))
            kind, audience = values.pop("type"), values.pop("audience", None)
            if audience is None and kind in SENSITIVE_SOURCES:
                self._report(rules.NO_AUDIENCE, origin, f"the source '{key}' does not say who may read it", "add 'audience: public'")
                audience = "internal"
            self.library.sources[key] = Source(key, kind, audience or "public", values, origin, entry.checked, entry.superseded_by or "")

    def _contributors(self, id: str, document: Document, model: Mapping[str, Any]) -> None:
        for key, entry in model.items():
            origin = document.origin((key,), key=True)
            if not self._unique(self.library.contributors, key, origin, "contributor"):
                continue
            if entry.audience is None:
                self._report(rules.NO_AUDIENCE, origin, f"the contributor '{key}' does not say who may read it", "add 'audience: public'")
            named = entry.type != "person" or entry.consent == "name" or refers(entry.name)
            self.library.contributors[key] = Contributor(
                key, entry.type, entry.name, entry.short, entry.city, entry.country, getattr(entry, "role", None), entry.about,
                tuple(getattr(entry, "members", ())), entry.audience or "internal", named, origin, entry.url or "",
            )  # fmt: skip

    def _people(self, id: str, document: Document, model: Mapping[str, Any]) -> None:
        for key, entry in model.items():
            origin = document.origin((key,), key=True)
            if self._unique(self.library.people, key, origin, "person"):
                self.library.people[key] = read_person(key, entry, origin)

    def _terms(self, id: str, document: Document, model: Mapping[str, Any]) -> None:
        for key, entry in model.items():
            by = entry.replaced and (model[entry.replaced.by].preferred if entry.replaced.by in model else entry.replaced.by)
            replaced = Replaced(by, entry.replaced.on) if by else None
            term = Term(key, id, entry.preferred, tuple(entry.avoid), document.origin((key,), key=True), replaced)
            self.library.terms.setdefault(id, []).append(term)

    def _plan(self, id: str, document: Document, model: SubmissionFile) -> None:
        if not self._unique(self.library.plans, id, document.origin(), "submission"):
            return
        groups = tuple(self._articles(document, ("groups", place), group) for place, group in enumerate(model.groups))
        values = model.model_dump(exclude={"accepted"})
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        places = {name: tuple(document.origin((name, place)) for place in range(len(value))) for name, value in lists.items()}
        places |= {name: (document.origin((name,)),) for name in values if name not in lists}
        places["words"] = tuple(document.origin(("words", name), key=True) for name in model.words)
        lists["groups"], lists["themes"] = groups, tuple((entry.theme, entry.title) for entry in model.themes)
        lists["logos"] = tuple(
            LogoFile(one.file, one.name, document.origin(("logos", place, "file"))) for place, one in enumerate(model.logos)
        )
        profile = values["profile"] or ""
        values["notes"] = NoteOptions(**values["notes"])
        self.library.plans[id] = Plan(**{**values, **lists, "id": id, "profile": profile, "origin": document.origin(), "places": places})


def _gradings(document: Document, path: YamlPath, entries: list[GradeEntry]) -> tuple[Grading, ...]:
    """Return the grades of a list in a file, by their dates."""
    return in_time(
        Grading(one.grade, one.date, one.source or "", one.cycle or 0, document.origin((*path, place))) for place, one in enumerate(entries)
    )
