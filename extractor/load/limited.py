"""`python -m extractor.load.limited MEGABYTES SECONDS PROGRAM …` becomes that program, bounded in memory, time and files.

The limits hold for everything the program starts; they are set here and not in the parent, where other threads run.
"""

from __future__ import annotations

import os
import sys

_MOST_WRITTEN = 1 << 30  # bytes of one file


def main() -> None:
    """Set the limits that this system has, then run the program in this process."""
    megabytes, seconds, *command = sys.argv[1:]
    limit(int(megabytes), int(seconds))
    os.execv(command[0], command)  # noqa: S606 - the command is our own


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process; what the system itself bounds lower stays so."""
    import resource  # noqa: PLC0415 - not on Windows, where this module is not used

    for kind, most in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, seconds * (os.cpu_count() or 1)),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lower, lower))


if __name__ == "__main__":
    main()
