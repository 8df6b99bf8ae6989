"""Start a workspace, or one file of it, from forms to fill in. Nothing that exists is ever touched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shadowgen import rules
from shadowgen.catalogue import known, parse_article
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.markdown import ID
from shadowgen.safewrite import cannot_write, make_folder, put
from shadowgen.workspace import Workspace, built_in, built_in_names

_STARTER = {
    "section.yaml": "sections/articles/iccpr/19/entry-bans.yaml",
    "sources.yaml": "sections/sources/sources.yaml",
    "contributors.yaml": "sections/contributors/contributors.yaml",
    "terms.yaml": "sections/terms/en.yaml",
    "submission.yaml": "submissions/first-report.yaml",
    "gitignore": ".gitignore",
}

_EDITOR_GLOBS = {
    "section": [
        "sections/articles/**/*.yaml",
        "sections/imported/*/articles/**/*.yaml",
        "sections/recommendations/**/*.yaml",
        "sections/imported/*/recommendations/**/*.yaml",
        "sections/matter/*.yaml",
        "sections/imported/*/matter/*.yaml",
    ],
    "commitments": ["sections/commitments/*.yaml", "sections/imported/*/commitments/*.yaml"],
    "sources": ["sections/sources/*.yaml", "sections/imported/*/sources/*.yaml"],
    "contributors": ["sections/contributors/*.yaml", "sections/imported/*/contributors/*.yaml"],
    "people": ["sections/people/*.yaml"],
    "terms": ["sections/terms/*.yaml"],
    "submission": ["submissions/*.yaml"],
    "seal": ["submissions/filed/*.yaml"],
    "profile": ["templates/profiles/*.yaml"],
    "editing": ["templates/editing/*.yaml"],
    "look": ["templates/looks/*/look.yaml"],
}


def start_workspace(root: Path) -> tuple[list[str], list[Diagnostic]]:
    """Make a workspace in a folder; return the files made (from the root) and every problem."""
    made: list[str] = []
    problems: list[Diagnostic] = []
    for name, data in _files().items():
        path = root / name
        if path.exists():
            continue
        found = put(path, data.encode(), name, known=())
        problems += found
        made += [] if found else [name]
    try:
        make_folder(root / "templates")
    except OSError as error:
        problems.append(cannot_write("templates", error))
    return made, problems


def _files() -> dict[str, str]:
    """Return the text of every file of a new workspace by its path."""
    files = {target: built_in("starter", name) or "" for name, target in _STARTER.items()}
    for kind in (*_EDITOR_GLOBS, "translation"):
        files[f".vscode/schemas/{kind}.json"] = json.dumps(_editor_schema(kind), indent=1) + "\n"
    files[".vscode/settings.json"] = (
        json.dumps({"yaml.schemas": {f".vscode/schemas/{kind}.json": globs for kind, globs in _EDITOR_GLOBS.items()}}, indent=2) + "\n"
    )
    files[".vscode/extensions.json"] = json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n"
    return files


def editor_globs() -> dict[str, list[str]]:
    """Return which files each schema is for, as an editor wants to be told."""
    return _EDITOR_GLOBS


def _schema(kind: str) -> dict[str, Any]:
    return json.loads(built_in("schemas", f"{kind}.json") or "{}")


def _editor_schema(kind: str) -> dict[str, Any]:
    """Return a schema for an editor, where a section and its translation share a folder."""
    if kind != "section":
        return _schema(kind)
    section, translation = _schema("section"), _schema("translation")
    definitions = {**section.pop("$defs", {}), **translation.pop("$defs", {})}
    return {"$schema": section.pop("$schema"), "anyOf": [section, translation], "$defs": definitions}


def start_file(workspace: Workspace, kind: str, id: str, values: Mapping[str, str]) -> tuple[str, list[Diagnostic]]:
    """Make one file from its form; return its path from the root, and every problem."""
    path = ""
    if not re.fullmatch(ID, id) or len(id) > 64:
        return "", [rules.BAD_FILE_NAME.at(Origin(id), f"'{id}' cannot be an id")]
    if kind == "section":
        ref = parse_article(values["article"])
        if ref is None or not known(ref):
            return "", [rules.BAD_ARTICLE.at(Origin("--article"), f"no such article: '{values['article']}'", "write 'ICCPR 19(3)'")]
        path = f"sections/articles/{ref.treaty.lower()}/{ref.article}/{id}.yaml"
        text = _form("section", {"article": str(ref)})
    elif kind == "source":
        text, problem = _source_form(id, values["type"])
        if problem:
            return "", [problem]
        path = f"sections/sources/{id}.yaml"
    else:
        templates = built_in_names("templates", ".md.j2")
        if values["template"] not in templates and not workspace.own_file("templates", f"{values['template']}.md.j2"):
            hint = did_you_mean(values["template"], templates) or f"built in: {', '.join(templates)}"
            return "", [rules.UNKNOWN_NAME.at(Origin("--template"), f"there is no template '{values['template']}'", hint)]
        path = f"submissions/{id}.yaml"
        text = _form("submission", {"template": values["template"]})
    target = workspace.root / path
    if target.exists():
        return "", [rules.CANNOT_WRITE.at(Origin(path), "the file exists already", "choose another id")]
    twin = next((file for file in workspace.yaml_files("sections") if kind == "section" and file.stem == id), None)
    if twin:
        return "", [rules.DUPLICATE_ID.at(Origin(path), f"the id '{id}' is taken by {workspace.relative(twin)}", "choose another id")]
    problems = put(target, text.encode(), path, known=())
    return ("" if problems else path), problems


def put_new(workspace: Workspace, id: str, text: str) -> tuple[str, list[Diagnostic]]:
    """Put a submission in place where no file stands; return its path from the root, and every problem."""
    path = f"submissions/{id}.yaml"
    if not re.fullmatch(ID, id) or len(id) > 64:
        return "", [rules.BAD_FILE_NAME.at(Origin(id), f"'{id}' cannot be an id")]
    if (workspace.root / path).exists() or (workspace.root / path).is_symlink():
        return "", [rules.CANNOT_WRITE.at(Origin(path), "the file exists already", "choose another id")]
    problems = put(workspace.root / path, text.encode(), path)
    return ("" if problems else path), problems


def _form(kind: str, values: Mapping[str, str]) -> str:
    text = built_in("starter", f"new-{kind}.yaml") or ""
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def _source_form(key: str, type: str) -> tuple[str, Diagnostic | None]:
    """Return a source entry with each required field of its type to fill in."""
    definitions = _schema("sources")["$defs"].values()
    types = {one["properties"]["type"]["const"]: one for one in definitions if "type" in one.get("properties", {})}
    if type not in types:
        hint = did_you_mean(type, list(types)) or f"types: {', '.join(types)}"
        return "", rules.WRONG_VALUE.at(Origin("--type"), f"unknown type '{type}'", hint)
    rows = [f"{key}:", f"  type: {type}"]
    for name in types[type]["required"]:
        if name != "type":
            rows.append(f"  {name}: {'2016' if name == 'date' else 'CCPR/C/KAZ/CO/2' if name == 'symbol' else 'to be filled in'}")
    optional = sorted(set(types[type]["properties"]) - set(types[type]["required"]))
    rows.append(f"  # optional: {', '.join(optional)}")
    return "\n".join(rows) + "\n", None
