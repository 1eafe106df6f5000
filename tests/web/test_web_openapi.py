"""The API keeps to its own description, whatever it is sent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

EXAMPLES = "4"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,unsupported_method,allow_header_conformance"
)


def hammered(desk: Any, room: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(room / "schemathesis.toml"), "run",
        f"{desk.url}/api/v1/openapi.json", "--checks", CHECKS, "--max-examples", EXAMPLES, "--phases",
        "examples,coverage,fuzzing", "--seed", "7", "--no-color", "--generation-database", "none", *options,
    ]  # fmt: skip
    return subprocess.run(command, cwd=room, check=False, capture_output=True, text=True, timeout=300)


def test_whatever_is_sent_the_answer_is_one_that_is_described(
    desk: Any, short: bytes, tmp_path: Path
) -> None:
    review_id = desk.reviewed(short)
    other = desk.reviewed(short + b"\nother\n")
    (tmp_path / "schemathesis.toml").write_text(
        f'[parameters]\n"path.review_id" = "{review_id}"\n"query.left" = "{review_id}"\n"query.right" = "{other}"\n'
    )
    done = hammered(desk, tmp_path, "--exclude-method", "DELETE")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    done = hammered(desk, tmp_path, "--include-method", "DELETE")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Traceback" not in desk.log.read_text() and " ERROR " not in desk.log.read_text()
