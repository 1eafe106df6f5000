"""One file of the corpus, and the ways a good file is damaged."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from typing import NamedTuple


class Case(NamedTuple):
    """A file: what it is made from, what is wrong with it, and its bytes."""

    kind: str
    trouble: str
    data: bytes

    @property
    def name(self) -> str:
        """The name it is handed in under."""
        return f"{self.trouble}.{self.kind}"


def mutated(kind: str, good: bytes, cuts: int, flips: int) -> Iterator[Case]:
    """`good` cut at places all over it, and with a few to many of its bytes changed."""
    for n in range(cuts):
        yield Case(kind, f"截断{n + 1}", good[: max(8, len(good) * (n + 1) // (cuts + 1))])
    for n in range(flips):
        rng = random.Random(f"{kind} {n}")
        out = bytearray(good)
        for _ in range(1 << (n % 8)):
            out[rng.randrange(len(out))] = rng.randrange(256)
        yield Case(kind, f"改字节{n + 1}", bytes(out))


def packed_blanks(megabytes: int, *, wrapped: bool = False) -> bytes:
    """So many megabytes of blanks deflated, made without unpacking them here; `wrapped` as zlib does, its checksum wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = once * (megabytes // 16) + packer.flush()
    return b"\x78\xda" + body + bytes(4) if wrapped else body
