"""The command line as a user meets it: real processes, real files, good and bad."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import cli
from extractor.render.usage import Parser
from extractor.settings import Settings
from tests.zip_maker import zipped

REPO = Path(__file__).resolve().parent.parent
REPORT = REPO / "fixtures" / "yuan_captions" / "report.txt"
EVERY_FILE = [
    "report.json",
    "report.审核意见.md",
    "report.审核意见.docx",
    "report.审核底稿.docx",
    "report.问题清单及勾稽.xlsx",
    "report.对照.html",
]
CLEAN = REPO / "fixtures" / "clean_department" / "report.txt"
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "NO_COLOR"))} | {
    "PYTHONPATH": str(REPO),
    "PYTHONIOENCODING": "utf-8",
}


def extractor(*arguments: object, cwd: Path = REPO, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "extractor", *map(str, arguments)]
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        cwd=cwd,
        env=ENVIRONMENT | environ,
        encoding="utf-8",
        timeout=120,
    )


def told(done: subprocess.CompletedProcess[str], status: int) -> str:
    """What stood on standard error; a traceback never does."""
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr


def test_a_report_is_shown_and_written(tmp_path: Path) -> None:
    done = extractor("review", REPORT, "-o", tmp_path / "审核" / "一")
    assert told(done, 0) == ""
    assert "结论  退回重报" in done.stdout
    assert sorted(p.name for p in (tmp_path / "审核" / "一").iterdir()) == sorted(EVERY_FILE)
    assert done.stdout.count("写出") == len(EVERY_FILE)
    assert json.loads((tmp_path / "审核" / "一" / "report.json").read_bytes())["schema_version"] == "1"
    assert "\x1b" not in done.stdout


def test_nothing_is_written_unasked(tmp_path: Path) -> None:
    done = extractor("review", REPORT, cwd=tmp_path)
    assert told(done, 0) == ""
    assert "未写出文件" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "start"), [("json", "{"), ("md", "# 关于")])
def test_one_format_on_standard_output(name: str, start: str) -> None:
    done = extractor("review", REPORT, "-o", "-", "--to", name)
    assert told(done, 0) == ""
    assert done.stdout.startswith(start)
    assert "────" not in done.stdout


def test_of_two_word_files_standard_output_gets_the_one_to_send(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "extractor", "review", str(REPORT), "-o", "-", "--to", "docx"]
    shown = subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT, cwd=REPO).stdout
    extractor("review", REPORT, "-o", tmp_path, "--to", "docx")
    assert (tmp_path / "report.审核意见.docx").read_bytes() == shown
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.审核底稿.docx", "report.审核意见.docx"]


def test_a_format_nobody_asked_for_is_not_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from extractor import cli; cli.main(sys.argv[1:]); "
        "print(*{'docx', 'docxtpl', 'xlsxwriter', 'lxml', 'openpyxl'} & set(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "review", str(REPORT), "-o", str(tmp_path), "--to", "json,md,html"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=ENVIRONMENT, cwd=REPO)
    assert done.stderr.split() == []
    assert len(list(tmp_path.iterdir())) == 3


def test_standard_output_is_the_file(tmp_path: Path) -> None:
    shown = extractor("review", REPORT, "-o", "-", "--to", "md").stdout
    extractor("review", REPORT, "-o", tmp_path, "--to", "md")
    assert (tmp_path / "report.审核意见.md").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "请给出命令"),
        (["frobnicate"], "没有命令 'frobnicate'"),
        (["review"], "缺少参数：文件…"),
        (["review", REPORT, "--frob"], "不认识的参数：--frob"),
        (["review", REPORT, "-o"], "-o/--out 后面要有一个值"),
        (["serve", "--port", "八千"], "--port 后面要填整数，不能是 '八千'"),
        (["review", REPORT, "--help=1"], "-h/--help 后面不带值"),
        (["review", REPORT, "--engine", "magic"], "'magic'"),
        (["review", REPORT, "-o", ".", "--to", "pdf"], "可用：json、md、docx、xlsx、html"),
        (["review", REPORT, "-o", ".", "--to", ","], "没有格式"),
        (["review", REPORT, "--to", "md"], "-o"),
        (["review", REPORT, "-o", "-"], "指定一种格式"),
        (["review", REPORT, "-o", "-", "--to", "json,md"], "指定一种格式"),
        (["review", REPORT, CLEAN, "-o", "-", "--to", "json"], "只能审核一份"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(arguments: list[object], words: str, tmp_path: Path) -> None:
    done = extractor(*arguments, cwd=tmp_path)
    assert words in told(done, 2)
    assert done.stdout == ""
    assert not re.search(r"usage|error|invalid|required", done.stderr)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"EXTRACTOR_ENGINE": "magic"}, "EXTRACTOR_ENGINE"),
        ({"EXTRACTOR_DEBUG": "maybe"}, "EXTRACTOR_DEBUG"),
    ],
)
def test_a_wrong_environment_is_wrong_usage(environ: dict[str, str], words: str) -> None:
    assert words in told(extractor("review", REPORT, **environ), 2)


def test_colour_and_debugging_are_settings() -> None:
    assert Settings.from_environment({"NO_COLOR": "0", "EXTRACTOR_DEBUG": "on"}) == Settings(
        debug=True, no_color=True
    )
    assert Settings.from_environment({"NO_COLOR": "", "EXTRACTOR_DEBUG": "off"}) == Settings()


@pytest.mark.skipif(
    sys.platform == "win32", reason="a terminal is made with pty, which Windows does not have"
)
@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_gets_colours_unless_it_wants_none(environ: dict[str, str]) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    command = [sys.executable, "-m", "extractor", "review", str(CLEAN)]
    done = subprocess.run(
        command, check=True, stdout=theirs, stderr=subprocess.PIPE, env=ENVIRONMENT | environ, cwd=REPO
    )
    os.close(theirs)
    shown = os.read(ours, 20_000).decode()
    os.close(ours)
    assert done.stderr == b""
    assert ("\x1b[" in shown) is not bool(environ)
    assert "─" * 100 in shown


BAD = {
    "空.txt": (b"", "空"),
    "空白.txt": ("\ufeff \u3000\n".encode(), "没有文字"),
    "程序.txt": (b"\x7fELF" + bytes(range(256)) * 20, "可执行程序"),
    "乱.txt": (bytes((7 * i * i + 13) % 256 for i in range(5000)), "二进制"),
    "改名.txt": (zipped({"word/document.xml": b"x" * 90})[:-30], "损坏"),
    "扫描.md": (b"%PDF-1.7\n" + b"\x00" * 400, "PDF"),
    "密.txt": ("机密★10年\n某单位绩效自评报告\n代号红杉".encode(), "密级标志"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_reason_and_a_remedy(name: str, tmp_path: Path) -> None:
    data, words = BAD[name]
    (tmp_path / name).write_bytes(data)
    done = extractor("review", tmp_path / name, "-o", tmp_path / "out")
    message = told(done, 1)
    assert name in message
    assert words in message
    assert message.count("。") >= 2
    assert "红杉" not in done.stdout + done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_missing_huge_and_unreadable(tmp_path: Path) -> None:
    assert "文件不存在" in told(extractor("review", tmp_path / "没有.txt"), 1)
    (tmp_path / "大.txt").write_text("预算支出" * 100, encoding="utf-8")
    assert "300" in told(extractor("review", tmp_path / "大.txt", EXTRACTOR_MAX_CHARACTERS="300"), 1)
    with (tmp_path / "巨.txt").open("wb") as file:
        file.truncate(20_000_000)
    assert "2000000" in told(extractor("review", tmp_path / "巨.txt"), 1)


def test_a_novel_is_an_honest_empty_result(tmp_path: Path) -> None:
    novel = tmp_path / "小说.txt"
    novel.write_text(
        "那年冬天，雪下得很大。她推开窗，远处的山像一封没有寄出的信。\n\n" * 200, encoding="utf-8"
    )
    done = extractor("review", novel, "-o", tmp_path / "out")
    assert told(done, 0) == ""
    data = json.loads((tmp_path / "out" / "小说.json").read_bytes())
    assert data["report"]["kind"] == "unknown"
    assert data["report"]["figures"] == []
    assert data["overall"]["verdict"] != "通过"
    assert "单位名称未读出" in done.stdout


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"")
    done = extractor(
        "review",
        REPORT,
        tmp_path / "坏.txt",
        tmp_path / "无.txt",
        CLEAN,
        "-o",
        tmp_path / "out",
        "--to",
        "json",
    )
    message = told(done, 1)
    assert message.count("✗") == 2
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report-2.json", "report.json"]
    units = [
        json.loads(p.read_bytes())["report"]["unit_name"]["text"]
        for p in sorted((tmp_path / "out").iterdir())
    ]
    assert len(set(units)) == 2
    assert "[4/4]" in done.stdout


def test_a_folder_is_the_reports_in_it(tmp_path: Path) -> None:
    for name in ("甲/报告.txt", "乙/报告.txt", "丙.md", ".隐藏.txt", "影.mp4", "旧.审核意见.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    out = tmp_path / "结果"
    for _ in range(2):  # the second time the results stand inside the folder
        done = extractor("review", tmp_path, tmp_path / "丙.md", "-o", out)
        assert "1 个文件（.mp4）" in told(done, 0)
        assert sorted(p.name for p in out.iterdir() if p.suffix == ".json") == [
            "丙.json",
            "报告-2.json",
            "报告.json",
        ]
    (tmp_path / "空").mkdir()
    assert "没有可读的报告" in told(extractor("review", tmp_path / "空"), 1)


def test_an_input_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "报告.json"
    source.write_bytes(CLEAN.read_bytes())
    assert told(extractor("review", source, "-o", tmp_path, "--to", "json"), 0) == ""
    assert source.read_bytes() == CLEAN.read_bytes()
    assert (tmp_path / "报告-2.json").exists()


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    assert "同名文件" in told(extractor("review", CLEAN, "-o", tmp_path / "文件"), 1)
    assert "同名文件" in told(extractor("review", CLEAN, "-o", tmp_path / "文件" / "下"), 1)


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.json").write_text("旧")
    monkeypatch.setattr(Path, "replace", _no_room)
    assert cli.main(["review", str(CLEAN), "-o", str(tmp_path), "--to", "json"]) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text() == "旧"


def _no_room(self: Path, target: Path) -> Path:
    raise OSError(28, "No space left on device", str(target))


def test_names_that_are_no_text_and_names_that_are_too_long(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(odd)).write_bytes(CLEAN.read_bytes())
    long = tmp_path / ("长" * 80 + ".txt")
    long.write_bytes(CLEAN.read_bytes())
    assert told(extractor("review", os.fsdecode(odd), long, "-o", tmp_path / "out"), 0) == ""
    assert len(list((tmp_path / "out").iterdir())) == 2 * len(EVERY_FILE)


def test_a_reader_who_leaves_early_hears_nothing(tmp_path: Path) -> None:
    for arguments in (
        ["checks"],
        ["review", REPORT, "-o", "-", "--to", "json"],
        ["review", REPORT, "-o", tmp_path],
    ):
        command = [sys.executable, "-m", "extractor", *map(str, arguments)]
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            command, check=False, stdout=write, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=REPO
        )
        os.close(write)
        assert done.stderr == b""
        assert done.returncode == 0
    assert len(list(tmp_path.iterdir())) == len(EVERY_FILE)


def test_our_own_defect_is_said_to_be_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(path: Path, settings: Settings) -> object:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("extractor.cli.review._review", broken)
    assert cli.main(["review", str(CLEAN), str(REPORT)]) == 1
    message = capsys.readouterr().err
    assert message.count("这是本工具的缺陷") == 2
    assert "Traceback" not in message
    monkeypatch.setenv("EXTRACTOR_DEBUG", "1")
    assert cli.main(["review", str(CLEAN)]) == 1
    assert "secret detail" in capsys.readouterr().err


def test_an_interrupted_run_keeps_what_it_wrote(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(path: Path, settings: Settings) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.cli.review._review", stopped)
    assert cli.main(["review", str(CLEAN)]) == 130
    assert "已中断" in capsys.readouterr().err


def test_the_command_line_is_light() -> None:
    code = "import sys, extractor, extractor.cli; print(*{'pydantic', 'jinja2', 'extractor.schema'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert done.stdout.split() == []


def test_the_contract_the_catalogue_and_the_glossary() -> None:
    schema = json.loads(extractor("schema").stdout)
    assert set(schema["properties"]) >= {"document", "report", "checks", "notes", "overall", "run"}
    assert schema["$defs"]["Cell"]["properties"]["value"]["anyOf"][0]["type"] == "string"
    assert "SUM-01" in extractor("checks").stdout
    assert "budget_initial" in extractor("metrics").stdout


@pytest.mark.parametrize("command", [[], ["review"], ["schema"], ["checks"], ["metrics"]])
def test_help_is_in_chinese_and_fits(command: list[str]) -> None:
    done = extractor(*command, "--help")
    assert told(done, 0) == ""
    assert done.stdout.startswith("用法：extractor")
    assert not re.search(r"usage|options|show this", done.stdout)
    assert isinstance(cli.parser(), Parser)


def test_the_version_is_printed() -> None:
    assert re.fullmatch(r"extractor \d+\.\d+\.\d+\n", extractor("--version").stdout)


def test_review_is_the_function_whatever_is_imported_first() -> None:
    code = (
        "import extractor.review, extractor; from extractor import review, Review; "
        "from extractor.review import Review as R; assert callable(review) and R is Review; import extractor.pipeline; "
        "from extractor import review as again; assert again is review"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)
