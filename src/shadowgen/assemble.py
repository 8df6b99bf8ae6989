"""Library x submission x template -> Manuscript.

A template is Markdown with Jinja2 over read-only views of the library. Its functions place nodes: they print a token that stands for nodes
made elsewhere, so that a section's own line positions survive and no data is ever read as Markdown or as a template. `template` renders,
`stage` holds what the template sees, `placing` makes nodes, `outline` says which sections there are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.locales import Locale
from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import (
    Blocks,
    Manuscript,
    Meta,
)
from shadowgen.outline import choose_sections
from shadowgen.placing import Functions
from shadowgen.records import Plan
from shadowgen.stage import Stage
from shadowgen.template import load_template, render
from shadowgen.workspace import built_in_names
from shadowgen.yamlfile import forbidden_characters


def assemble(library: Library, plan: Plan, locale: Locale, without: frozenset[str] = frozenset()) -> tuple[Manuscript, list[Diagnostic]]:
    """Put a submission together; `library` has passed `for_audience`, `without` names sections to leave out."""
    problems: list[Diagnostic] = []
    chosen = choose_sections(library, plan, problems, without)
    stage = Stage(library, plan, locale, chosen, problems)
    blocks = _render(stage)
    meta = Meta(
        title=stage.words(plan.title),
        language=locale.language,
        slug=plan.id,
        audience=plan.audience,
        running_title=stage.words(plan.short_title) or stage.words(plan.title),
        numbering=plan.numbering,
        look=plan.look,
        note_restart=plan.notes.restart,
        notes="links" if plan.template == "country-update" else "footnotes",
        marking=locale.word(f"marking_{plan.audience}") if plan.audience != "public" else "",
    )
    return Manuscript(meta, blocks), problems


def _render(stage: Stage) -> Blocks:
    plan, problems = stage.plan, stage.problems
    found = load_template(stage.library, plan.template)
    if found is None:
        known = built_in_names("templates", ".md.j2")
        origin = plan.places["template"][0] if "template" in plan.places else plan.origin
        hint = did_you_mean(plan.template, known) or f"built in: {', '.join(known)}"
        problems.append(rules.UNKNOWN_NAME.at(origin, f"there is no template '{plan.template}'", hint))
        return ()
    file, text = found
    if strange := forbidden_characters(text, file):
        problems += strange
        return ()
    functions = Functions(stage)
    names = stage.names() | {name: getattr(functions, name) for name in dir(functions) if not name.startswith("_")}
    rendered, failed = render(file, text, names, stage.finalize)
    problems += failed
    if rendered is None:
        return ()
    blocks, more = parse_prose(Passage(rendered, file))
    problems += [replace(problem, origin=Origin(file, _line_of(text, problem))) for problem in more]
    return tuple(stage.placed(blocks))


def _line_of(text: str, problem: Diagnostic) -> int:
    """Return the template's line that a problem in its own prose most likely stands on."""
    words = re.findall(r"'([^']+)'", problem.message)
    return next((number for number, line in enumerate(text.split("\n"), 1) for word in words if word in line), 1)
