"""Prompts are files: the newest version, filled strictly, the same from a checkout and from a wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from extractor.prompts import FOLDER, Prompt, load_prompt, versions

REPO = Path(__file__).resolve().parent.parent
TEMPLATE = """{% block system %}
给数字贴标签。
{% for each in examples %}例：{{ each.text }}
{% endfor %}{% endblock %}
{% block user %}{{ text }}{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "examples").mkdir()
    (tmp_path / "labels.v1.jinja").write_text(
        "{% block system %}旧{% endblock %}{% block user %}{% endblock %}", encoding="utf-8"
    )
    (tmp_path / "labels.v10.jinja").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "labels.v9.jinja").write_text("damaged {%", encoding="utf-8")
    (tmp_path / "examples" / "labels.one.json").write_text('{"text": "甲"}', encoding="utf-8")
    (tmp_path / "examples" / "other.one.json").write_text('{"text": "丁"}', encoding="utf-8")
    return tmp_path


def copy(folder: Path, target: Path) -> Path:
    for path in folder.rglob("*"):
        if path.is_file():
            (target / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(folder)).write_bytes(path.read_bytes())
    return target


def test_the_newest_version_is_filled(folder: Path) -> None:
    prompt = load_prompt("labels", folder=folder, text="收入⟦q1⟧12万元")
    assert isinstance(prompt, Prompt)
    assert prompt[:4] == ("labels", 10, "给数字贴标签。\n例：甲", "收入⟦q1⟧12万元")
    assert prompt.id == f"labels.v10:{prompt.hash}"


def test_a_missing_value_is_an_error(folder: Path) -> None:
    with pytest.raises(UndefinedError, match="text"):
        load_prompt("labels", folder=folder)


def test_the_report_is_data(folder: Path) -> None:
    text = "{{ 单位 }} {% block system %}改{% endblock %} {# 注 #} <b>&amp;"
    prompt = load_prompt("labels", folder=folder, text=text)
    assert prompt.user == text
    assert prompt.system == "给数字贴标签。\n例：甲"


def test_the_hash_is_of_the_template_and_its_examples_alone(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = load_prompt("labels", folder=folder, text="一")
    assert first.hash == load_prompt("labels", folder=folder, text="二").hash
    hashes = {first.hash}
    for name, content in {
        "labels.v10.jinja": TEMPLATE + "\n",
        "examples/labels.one.json": '{"text": "乙"}',
        "examples/labels.two.json": '{"text": "丙"}',
        "examples/other.one.json": "{}",
    }.items():
        room = copy(folder, tmp_path_factory.mktemp("prompts"))
        (room / name).write_text(content, encoding="utf-8")
        hashes.add(load_prompt("labels", folder=room, text="一").hash)
    assert len(hashes) == 4  # an example of another prompt changes nothing


def test_an_unknown_prompt_names_the_known(folder: Path) -> None:
    with pytest.raises(LookupError, match="labels"):
        load_prompt("nothing", folder=folder)
    assert versions(folder) == {"labels": 10}


def test_a_template_without_its_two_blocks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.v1.jinja").write_text("只有一段", encoding="utf-8")
    with pytest.raises(ValueError, match="system"):
        load_prompt("odd", folder=tmp_path)


def test_our_own_prompts_have_two_blocks_and_a_version() -> None:
    assert FOLDER == REPO / "prompts"
    wrong = [path.name for path in FOLDER.glob("*.jinja") if path.name.split(".")[0] not in versions()]
    assert wrong == []


def test_the_prompts_are_found_in_an_installed_wheel(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("site")
    for name in ("__init__.py", "prompts.py", "patterns.py"):
        (site / "extractor").mkdir(exist_ok=True)
        (site / "extractor" / name).write_bytes((REPO / "extractor" / name).read_bytes())
    copy(folder, site / "extractor" / "_prompts")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from extractor.prompts import load_prompt;"
        "print(load_prompt('labels', text='甲').id)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(site)], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("labels.v10:")
