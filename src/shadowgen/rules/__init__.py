"""Every rule that a diagnostic can name, with its documentation (`shadowgen explain SG201`), by family: `rules.LOST_NOTE`.
Codes: SG1 files, SG2 references between files, SG3 prose, SG4 templates and assembly, SG5 outputs, SG6 freshness and editing.
"""

from shadowgen.rules.assembly import *
from shadowgen.rules.bibliography import *
from shadowgen.rules.files import *
from shadowgen.rules.importing import *
from shadowgen.rules.outputs import *
from shadowgen.rules.prose import *
from shadowgen.rules.references import *
from shadowgen.rules.registering import all_rules, find_rule
from shadowgen.rules.upkeep import *

__all__ = ["all_rules", "find_rule"]
