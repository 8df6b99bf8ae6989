"""Files put in place so that nobody loses work: the old one or the new one, never half of either, and five old ones kept.

`putting` writes, `exchange` has the renames that Python lacks, `backups` keeps what was replaced, `locking` lets one process write at a time.
"""

from shadowgen.safewrite.backups import last_backup, retire
from shadowgen.safewrite.locking import alone
from shadowgen.safewrite.putting import cannot_write, make_folder, put, put_over, sha256

__all__ = ["alone", "cannot_write", "last_backup", "make_folder", "put", "put_over", "retire", "sha256"]
