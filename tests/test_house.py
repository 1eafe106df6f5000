"""The house rules of this repository, so that no reviewer has to remember them."""

from __future__ import annotations

import ast
import importlib
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
FIXTURES = sorted(path for path in (REPO / "fixtures").glob("*") if path.is_dir())
FILE_LINES, FUNCTION_LINES = 400, 60
HEAVY = {"openai", "instructor", "tenacity", "pymupdf", "typer", "rich", "httpx", "requests", "aiohttp"}

# Written in two halves, so that this file passes its own test.
REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org", "debian" + r"\.org"))
)
MACHINE_PATHS = re.compile(r"(?<![\w.~*-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me")) + r")\b")
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(git, cwd=REPO, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this tree is not a git repository, so which files belong to it is unknown")
    names = (name for name in done.stdout.decode().split("\0") if name)
    return tuple(path for name in names if (path := REPO / name).is_file())


def sources(*roots: str) -> Iterator[tuple[Path, ast.Module]]:
    for root in roots:
        for path in sorted((REPO / root).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def text_lines() -> Iterator[tuple[str, str]]:
    """(place, line) of every tracked text file."""
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:8192]:
            continue
        name = path.relative_to(REPO).as_posix()
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            yield f"{name}:{number}", line


def place(path: Path, node: ast.AST | None = None) -> str:
    return path.relative_to(REPO).as_posix() + (f":{getattr(node, 'lineno', 0)}" if node else "")


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{where}: {hit[0]}" for where, line in text_lines() if (hit := pattern.search(line))]


def test_no_file_is_long() -> None:
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path, _ in sources("extractor", "eval")
    }
    assert [f"{place(path)}: {size} lines" for path, size in sizes.items() if size > FILE_LINES] == []


def test_no_function_is_long() -> None:
    long = [
        f"{place(path, node)} {node.name}: {size} lines"
        for path, tree in sources("extractor", "eval")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert long == []


def _is_blanket(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_blanket(one) for one in kind.elts)
    return kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))


def test_no_blanket_except_swallows() -> None:
    swallowed = [
        place(path, node)
        for path, tree in sources("extractor", "eval")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _is_blanket(node.type)
        if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert swallowed == []


def test_only_settings_reads_the_environment() -> None:
    words = {"environ", "environb", "getenv", "getenvb"}
    readers = {
        place(path)
        for path, tree in sources("extractor")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in words and getattr(node.value, "id", "") == "os")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and words & {name.name for name in node.names}
        )
    }
    assert readers <= {"extractor/settings.py"}


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED) == []


def test_no_registry_host_and_no_machine_path() -> None:
    assert found(REGISTRIES) == []
    assert found(MACHINE_PATHS) == []


def test_import_contracts_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_public_door_is_sorted_and_open() -> None:
    door = importlib.import_module("extractor")
    assert list(door.__all__) == sorted(door.__all__)
    assert [name for name in door.__all__ if not hasattr(door, name)] == []


def test_importing_the_product_loads_nothing_heavy() -> None:
    code = "import sys, extractor, extractor.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert HEAVY & set(done.stdout.split()) == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside the wheel, built here without a network."""
    room = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(room)]
    done = subprocess.run(build, check=False, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(room.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_everything_the_product_reads(wheel: set[str]) -> None:
    names = [path.relative_to(REPO).as_posix() for path in tracked()]
    product = {name for name in names if name.startswith("extractor/")}
    prompts = {f"extractor/_{name}" for name in names if name.startswith("prompts/")}
    assert "extractor/py.typed" in product
    assert prompts
    assert (product | prompts) - wheel == set()


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == {"extractor"}
    assert any(name.endswith("/LICENSE") for name in wheel)


def test_the_lock_has_hashes_and_no_address() -> None:
    lines = (REPO / "requirements.lock").read_text(encoding="utf-8").splitlines()
    line = re.compile(r" *#.*|[a-z0-9-]+==[\w.]+ \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    assert [text for text in lines if not line.fullmatch(text) or "://" in text] == []
    pinned = [number for number, text in enumerate(lines) if "==" in text]
    assert [lines[number] for number in pinned if "--hash=" not in lines[number + 1]] == []


def test_the_changelog_has_an_unreleased_section() -> None:
    assert "\n## [Unreleased]\n" in (REPO / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_is_a_report_with_its_gold(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert len([name for name in names if name.startswith("report.")]) == 1
    assert {"expected.json", "findings.toml"} <= names


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 12


def test_tests_cannot_reach_the_network() -> None:
    with pytest.raises(RuntimeError, match=r"127\.0\.0\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match=r"127\.0\.0\.1"):
        socket.getaddrinfo("example.invalid", 80)
