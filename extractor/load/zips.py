"""What the standard library raises over a damaged or hostile zip; the one list of it."""

from __future__ import annotations

import zipfile
import zlib

__all__ = ["BROKEN"]

# NotImplementedError is how zipfile says that it does not know a compression.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError)
