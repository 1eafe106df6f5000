"""Handing in and the list, in a real browser."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.axe_check import serious
from tests.browser.conftest import PHONE, SOURCE
from tests.web.conftest import SHORT, Desk


def test_every_kind_is_handed_in_at_once_and_ends_as_a_review(
    page: Page, desk: Desk, reports: dict[str, Path]
) -> None:
    page.goto("/")
    page.set_input_files("#files", list(reports.values()))
    for path in reports.values():  # by itself, without a reload
        expect(page.locator("#rows tr.done", has_text=path.name)).to_be_visible(timeout=90_000)
    assert serious(page) == []


def test_stages_are_shown_while_the_work_goes_on(page: Page, desk: Desk) -> None:
    page.goto("/")
    page.set_input_files(
        "#files", [{"name": "分步.txt", "mimeType": "text/plain", "buffer": SHORT.read_bytes() + b"\nstep"}]
    )
    row = page.locator("#rows tr", has_text="分步.txt")
    expect(row.locator(".steps")).to_contain_text("读取表格数字定位核查意见")
    expect(row.get_by_role("button", name="取消")).to_be_visible()
    expect(row.locator(".verdict")).to_be_visible()


def test_a_zip_and_bad_files_say_what_became_of_each(page: Page) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr("第一份.txt", SHORT.read_bytes() + b"\n1")
        parcel.writestr("第二份.txt", SHORT.read_bytes() + b"\n2")
    page.goto("/")
    files = [("打包.zip", out.getvalue()), ("空.txt", b""), ("坏.pdf", b"%PDF-1.7 nothing")]
    page.set_input_files(
        "#files", [{"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files]
    )
    expect(page.get_by_role("alert")).to_contain_text("空.txt 没有收下：文件是空的")
    for name in ("第一份.txt", "第二份.txt"):
        expect(page.locator("#rows tr.done", has_text=name)).to_be_visible()
    broken = page.locator("#rows tr.failed", has_text="坏.pdf")
    expect(broken.locator(".error")).not_to_be_empty()
    expect(broken.get_by_role("button", name="重试")).to_be_visible()
    failed = (broken.get_attribute("id") or "").removeprefix("r-")
    page.goto(f"/reviews/{failed}")  # its own page says the same
    expect(page.get_by_role("alert")).to_contain_text("请")
    assert serious(page) == []


def test_files_are_dropped_on_the_page(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "拖入.txt", {type: "text/plain"}));
            document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        SHORT.read_text() + "\n拖入",
    )
    expect(page.locator("#rows tr.done", has_text="拖入.txt")).to_be_visible()


def test_the_list_is_searched_filtered_sorted_and_emptied(page: Page, desk: Desk) -> None:
    first = desk.reviewed(SOURCE.read_bytes() + "\n甲".encode(), "甲报告.txt")
    desk.reviewed(SHORT.read_bytes() + "\n乙".encode(), "乙报告.txt")
    page.goto("/")
    page.get_by_placeholder("查找文件名或单位").fill("甲报告")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert "q=" in page.url
    page.goto("/")
    page.get_by_label("结论").select_option("退回重报")
    expect(page.locator("#rows .verdict").first).to_be_visible()
    expect(page.locator("#rows tr", has_text="乙报告.txt")).to_have_count(
        0 if _verdict(desk, "乙报告.txt") != "退回重报" else 1
    )
    page.goto("/")
    page.get_by_role("link", name="报告", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("报告")
    page.on("dialog", lambda asked: asked.accept())
    page.locator(f"#r-{first}").get_by_role("button", name="删除").click()
    expect(page.locator(f"#r-{first}")).to_have_count(0)
    assert desk.client.get(f"/reviews/{first}").status_code == 404


def _verdict(desk: Desk, name: str) -> str:
    verdict: str = desk.client.get("/reviews", params={"q": name}).json()["items"][0]["verdict"]
    return verdict


def test_two_reports_stand_side_by_side(page: Page, desk: Desk) -> None:
    for name, text in (
        ("今年.txt", SOURCE.read_text() + "\n"),
        ("去年.txt", SOURCE.read_text().replace("1785.00", "1700.00")),
    ):
        desk.reviewed(text.encode(), name)
    page.goto("/?q=年.txt")
    compare = page.get_by_role("button", name="并排对比")
    expect(compare).to_be_disabled()
    for name in ("今年.txt", "去年.txt"):
        page.get_by_label(f"选取 {name}").check()
    compare.click()
    row = page.locator("tbody tr", has_text="1785.00").first
    expect(row).to_contain_text("1700.00")
    expect(row.locator("td.num").first).to_contain_text("850000")
    page.get_by_label("只看不同").check()
    expect(page.locator("tr.same").first).to_be_hidden()
    assert serious(page) == []
    row.get_by_role("link", name="1785.00").click()
    expect(page.locator("#inspector")).to_contain_text("1785.00")
    assert page.locator("#source mark.lit").all_inner_texts()[0].startswith("1785.00")


def test_a_missing_report_is_a_page_with_a_way_back(page: Page) -> None:
    page.goto("/reviews/" + "0" * 32)
    expect(page.get_by_role("alert")).to_have_text("没有这份报告，或已被删除")
    assert serious(page) == []
    page.get_by_role("link", name="回到报告列表").click()
    expect(page.locator("#hand-in")).to_be_visible()


def test_one_signs_in_and_out(browser: Browser, tmp_path: Path) -> None:
    token = "a-token-of-the-desk-42"
    guarded = Desk(tmp_path / "data", EXTRACTOR_TOKEN=token)
    guarded.start()
    try:
        context = browser.new_context(base_url=guarded.url, locale="zh-CN", viewport=PHONE)
        page = context.new_page()
        page.goto("/")
        assert serious(page) == []
        for word, told in (("wrong-word-42", True), (token, False)):
            page.get_by_label("口令").fill(word)
            page.get_by_role("button", name="登录").click()
            expect(page.get_by_role("alert")).to_have_count(1 if told else 0)
            assert serious(page) == []
        expect(page.locator("#hand-in")).to_be_visible()
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_label("口令")).to_be_visible()
        context.close()
    finally:
        guarded.stop()
