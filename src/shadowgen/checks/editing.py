"""What an editor looks for in a whole library: every rule SG7 that needs no document.

The library is read once, passage by passage; each family of rules goes over the passages of one language.
"""

from __future__ import annotations

from collections import defaultdict

from shadowgen.checks.abbreviations import Abbreviations
from shadowgen.checks.addresses import check_addresses
from shadowgen.checks.evidence import check_commitments, check_evidence
from shadowgen.checks.house import editing
from shadowgen.checks.numbers import check_numbers
from shadowgen.checks.passages import Passage, passages, source_titles
from shadowgen.checks.pointing import check_references
from shadowgen.checks.quotes import check_quotes
from shadowgen.checks.signatures import check_signatures
from shadowgen.checks.variants import check_variants
from shadowgen.checks.wording import check_wording
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library


def check_editing(library: Library) -> tuple[list[Diagnostic], dict[str, Abbreviations]]:
    """Return every finding of the library, and its abbreviations by language for what each submission makes of them."""
    read = passages(library)
    by_language: dict[str, list[Passage]] = defaultdict(list)
    for one in read:
        by_language[one.language].append(one)
    titles = source_titles(library)
    found = [*check_addresses(library, read), *check_numbers(library, read), *check_quotes(library, read), *check_commitments(library)]
    abbreviations = {}
    for language, own in by_language.items():
        house, problems = editing(library.workspace, language)
        found += [*problems, *check_wording(library, house, own), *check_evidence(library, house, own)]
        found += check_variants(library, language, house, [*own, *(title for title in titles if title.language == language)])
        abbreviations[language] = Abbreviations(library, language, house, own)
    found += check_references(library)
    found += check_signatures(library, editing(library.workspace, "en")[0])
    return found, abbreviations
