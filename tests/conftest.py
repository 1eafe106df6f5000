"""Every test runs without a network, without the caller's settings, and finds the real reports when they are there."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent
SEEDS = Path(os.environ.get("EXTRACTOR_SEEDS") or REPO.parent / "shared" / "seeds")

# What the caller has set for the product must not decide a test; EXTRACTOR_SEEDS is not the product's.
for variable in [name for name in os.environ if name.startswith("EXTRACTOR_") and name != "EXTRACTOR_SEEDS"]:
    del os.environ[variable]

settings.register_profile("house", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("house")


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine; not an OSError, so that no retry or fallback can swallow it."""


def _is_local(host: Any) -> bool:
    if host is None or host in ("", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def pytest_configure(config: pytest.Config) -> None:
    """From collection on, sockets and name look-ups reach the loopback only."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(address: Any) -> None:
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise NetworkBlocked(f"tests stay on 127.0.0.1; this one asked for {address[0]!r}")

    def local_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def local_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def local_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        guard((host,))
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = local_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = local_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = local_getaddrinfo

    def restore() -> None:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
        socket.getaddrinfo = getaddrinfo

    config.add_cleanup(restore)


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder of the five real reports, which are not part of this repository."""
    if not any(SEEDS.glob("*.txt")):
        pytest.skip(
            f"the five real reports are not at {os.path.relpath(SEEDS, REPO)}; EXTRACTOR_SEEDS names their folder"
        )
    return SEEDS
