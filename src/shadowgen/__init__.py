"""shadowgen: shadow reports to UN treaty bodies, from reusable findings to Word and PDF that agree.

The public API: `load`, `check`, `write_docx`, `write_pdf`, and the functions `shadowgen.compose.compose` and `shadowgen.build.build`
in modules of their own. Everything else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "check", "load", "write_docx", "write_pdf"]

if TYPE_CHECKING:
    from shadowgen.checks import check
    from shadowgen.loading import load_library as load
    from shadowgen.writers.docx import write_docx
    from shadowgen.writers.pdf import write_pdf

_HOMES = {
    "load": ("shadowgen.loading", "load_library"),
    "check": ("shadowgen.checks", "check"),
    "write_docx": ("shadowgen.writers.docx", "write_docx"),
    "write_pdf": ("shadowgen.writers.pdf", "write_pdf"),
}


def __getattr__(name: str) -> Any:
    """Import a part of the API when it is first used, so that a command pays only for what it needs."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
