"""What the documents say is what the product does."""

import re
import tomllib
from pathlib import Path

import extractor
from eval.readme import README, SHOWN, rewritten
from extractor import cli
from extractor.render import RENDERERS
from extractor.settings import Settings

REPO = Path(__file__).resolve().parent.parent
TEXT = README.read_text(encoding="utf-8")
CHANGELOG = (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
MAKEFILE = (REPO / "Makefile").read_text(encoding="utf-8")


def test_the_readme_shows_what_the_product_prints() -> None:
    assert rewritten(TEXT) == TEXT, "run: make docs"
    assert sorted(re.findall(r"<!-- shown: (\w+) -->", TEXT)) == sorted(SHOWN)


def test_every_option_is_in_the_help_the_readme_shows() -> None:
    parser = cli.parser()
    commands = next(action.choices for action in parser._actions if action.choices)
    assert isinstance(commands, dict)
    for name in commands:
        assert name in TEXT
    for action in commands["review"]._actions:
        assert all(option in TEXT for option in action.option_strings)


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    for text in (TEXT, CHANGELOG):
        assert set(re.findall(r"make ([a-z]+)", text)) <= targets


def test_paths_and_links_named_in_the_readme_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (REPO / target).exists(), target
    for target in re.findall(r"`((?:tests|fixtures|eval)/[\w./]*)`", TEXT):
        assert (REPO / target).exists(), target


def test_environment_variables_of_the_readme_exist() -> None:
    known = {f"EXTRACTOR_{name.upper()}" for name in Settings._fields}
    desk = {f"EXTRACTOR_{name}" for name in ("TOKEN", "DATABASE")}
    named = set(re.findall(r"EXTRACTOR_\w+", TEXT))
    assert named <= known | desk
    assert known - named <= {"EXTRACTOR_NO_COLOR", "EXTRACTOR_BASE_URL", "EXTRACTOR_API_KEY"}
    assert {"OPENAI_BASE_URL", "OPENAI_API_KEY"} <= set(re.findall(r"OPENAI_\w+", TEXT))
    assert str(Settings().max_characters) in TEXT


def test_every_format_is_named() -> None:
    assert all(name in TEXT for name in RENDERERS)


def test_one_version_everywhere() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == extractor.__version__
    assert project["license"] in TEXT


def test_the_python_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert example
    code = example[1].replace("报告.txt", str(REPO / "fixtures" / "yuan_captions" / "report.txt"))
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  the README's own example
