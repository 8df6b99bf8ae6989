"""Templates: found, and rendered in a sandbox. The only door to jinja2.

Enters: the text of a template, the names it may use. Leaves: what it prints, or the line at fault.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.library import Library
from shadowgen.limits import bounded
from shadowgen.workspace import shadowed

MAX_OUTPUT = 5_000_000  # characters
MAX_LINES = 20_000  # of the template's own: what it places counts as one
SECONDS = 10
MEMORY = 1_000_000_000  # bytes beyond what the process holds already


def load_template(library: Library, name: str) -> tuple[str, str] | None:
    """Return file name and text of a template: the workspace's own, else the built-in one, else None."""
    return shadowed(library.workspace, "templates", "templates", f"{name}.md.j2")


def render(file: str, text: str, names: dict[str, Any], finalize: Callable[[Any], Any]) -> tuple[str | None, list[Diagnostic]]:
    """Render a template; `finalize` turns every printed value into text. None and a problem if it cannot be rendered."""
    try:
        with bounded(SECONDS, MEMORY):
            return _print(_environment(finalize).from_string(text), names), []
    except jinja2.TemplateSyntaxError as error:
        return None, [rules.TEMPLATE_ERROR.at(Origin(file, error.lineno), _reason(error))]
    except (TimeoutError, MemoryError) as error:
        line = _template_line(error)
        return None, [rules.TEMPLATE_ERROR.at(Origin(file, line), "the template takes too much time, memory or paper")]
    except (jinja2.TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError, RecursionError) as error:
        return None, [rules.TEMPLATE_ERROR.at(Origin(file, _template_line(error)), _reason(error))]


def _print(template: jinja2.Template, names: dict[str, Any]) -> str:
    """Print a template piece by piece, and stop where it prints more than any document holds."""
    pieces: list[str] = []
    length = lines = 0
    for piece in template.generate(names):
        pieces.append(piece)
        length += len(piece)
        lines += piece.count("\n")
        if length > MAX_OUTPUT or lines > MAX_LINES:
            raise MemoryError
    return "".join(pieces)


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


def _printed(value: Any, finalize: Callable[[Any], Any]) -> Any:
    """Return what a template prints for a value; an unknown name raises."""
    return str(value) if isinstance(value, jinja2.Undefined) else finalize(value)


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


def _environment(finalize: Callable[[Any], Any]) -> _Environment:
    environment = _Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _printed(value, finalize),
        extensions=["jinja2.ext.do"],
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.globals = {}
    return environment
