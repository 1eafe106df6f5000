"""Correcting, deciding, signing and taking away, in a real browser."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SOURCE
from tests.browser.test_desk_places import SPOT, opened, words_of
from tests.web.conftest import Desk


@pytest.fixture
def fresh(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A report that no other test has touched."""
    path = tmp_path / f"{request.node.name[:40]}.txt"
    path.write_text(SOURCE.read_text() + f"\n{request.node.name}\n")
    return path


def check_of(page: Page, title: str) -> str:
    """How the first check of a title ended."""
    status: str = page.locator(".check", has_text=title).first.get_attribute("data-of") or ""
    return status


def correct(page: Page, text: str, new: str) -> None:
    """Correct the first value of the ledger that reads `text`."""
    page.get_by_role("tab", name="勾稽").click()
    page.locator(".check.c-fail button.v", has_text=text).first.click()
    expect(page.locator("#edit-text")).to_have_value(text)
    page.locator("#edit-text").fill(new)
    page.keyboard.press("Enter")


def test_a_corrected_figure_turns_its_check_and_undo_turns_it_back(
    page: Page, desk: Desk, fresh: Path
) -> None:
    review_id = opened(page, desk, fresh)
    assert check_of(page, "UNI-01.1") == "fail"
    correct(page, "36.50元", "36.50万元")
    expect(page.locator("#said")).to_contain_text("元与万元")
    expect(page.locator(".check[data-of=fail]", has_text="元与万元")).to_have_count(0)
    expect(page.get_by_role("tab", name="勾稽")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#inspector")).to_contain_text("人工")
    expect(page.locator(SPOT).first).to_be_visible()
    expect(page.locator(".check:visible")).to_have_count(page.locator(".check.c-fail").count())
    page.get_by_role("tab", name="审核意见").click()
    expect(page.locator(".note", has_text="单位不一致")).to_have_count(0)
    page.get_by_role("tab", name="历史").click()
    expect(page.locator(".history li").first).to_contain_text("36.50元 → 36.50万元")
    page.reload()  # nothing is lost
    assert check_of(page, "UNI-01.1") != "fail"
    page.keyboard.press("u")
    expect(page.locator(".check[data-of=fail]", has_text="UNI-01.1")).to_have_count(1)
    assert len(desk.client.get(f"/reviews/{review_id}/history").json()["items"]) == 2


def test_what_is_not_a_number_is_refused_and_said(page: Page, desk: Desk, fresh: Path) -> None:
    opened(page, desk, fresh)
    correct(page, "36.50元", "大约一些")
    expect(page.get_by_role("alert")).to_contain_text("请只填一个数")
    assert check_of(page, "UNI-01.1") == "fail"


def test_an_unreadable_value_is_no_longer_checked(page: Page, desk: Desk, fresh: Path) -> None:
    opened(page, desk, fresh)
    page.get_by_role("tab", name="勾稽").click()
    page.locator(".check.c-fail button.v", has_text="2142000").first.click()
    page.get_by_role("button", name="标为无法辨认").click()
    expect(page.locator("#said")).to_contain_text("已标为无法辨认")
    expect(page.locator("#inspector")).to_contain_text("无法辨认")
    expect(page.locator(".check[data-of=fail]", has_text="正文与表同口径数")).to_have_count(0)


def test_a_value_is_pointed_at_selected_text(page: Page, desk: Desk, fresh: Path) -> None:
    opened(page, desk, fresh)
    page.get_by_role("tab", name="勾稽").click()
    page.locator(".check.c-fail button.v", has_text="36.50元").first.click()
    page.get_by_role("button", name="在原文中重新指定").click()
    expect(page.get_by_role("button", name="用所选位置")).to_be_disabled()
    page.locator("#source mark", has_text="36.50万元").select_text()
    expect(page.locator(".pointing .grow")).to_contain_text("36.50万元")
    page.get_by_role("button", name="用所选位置").click()
    expect(page.locator("#said")).to_contain_text("已重新指定位置")
    expect(page.locator("#edit-text")).to_have_value("36.50万元")
    expect(page.locator(SPOT)).to_have_text(["36.50万元"])


def test_a_value_is_pointed_at_with_a_box(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    review_id = opened(page, desk, reports["pdf"])
    page.get_by_role("tab", name="指标").click()
    page.locator("#values button.v", has_text="61人").first.click()
    page.get_by_role("button", name="在原文中重新指定").click()
    document = desk.client.get(f"/reviews/{review_id}/document").json()
    at = document["text"].index("64人")
    boxes = page.locator(f"svg.boxes rect[data-a='{at}']")
    boxes.first.scroll_into_view_if_needed()
    around = [box for each in boxes.all() if (box := each.bounding_box())]
    left, top = min(each["x"] for each in around), min(each["y"] for each in around)
    right = max(each["x"] + each["width"] for each in around)
    page.mouse.move(left - 2, top - 2)
    page.mouse.down()
    page.mouse.move(right + 2, top + around[0]["height"] + 2, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="用所选位置").click()
    expect(page.locator("#said")).to_contain_text("已重新指定位置")
    expect(page.locator("#edit-text")).to_have_value("64人")
    assert "64人" in words_of(desk, review_id, page.locator(SPOT))


def test_notes_are_adopted_edited_dismissed_and_added(page: Page, desk: Desk, fresh: Path) -> None:
    review_id = opened(page, desk, fresh)
    page.get_by_role("tab", name="审核意见").click()
    note = page.locator(".note", has_text="单位不一致")
    note.get_by_role("button", name="采纳", exact=True).click()
    expect(note.locator(".state")).to_have_text("已采纳")
    note.get_by_text("修改", exact=True).click()
    note.get_by_label("要求").fill("请统一为万元。")
    note.get_by_role("button", name="保存并采纳").click()
    expect(note.locator(".action")).to_have_text("请统一为万元。")
    other = page.locator(".note", has_text="公用经费")
    other.get_by_text("不采纳", exact=True).first.click()
    other.get_by_label("理由").fill("口径不同，附注已说明")
    other.get_by_role("button", name="不采纳").click()
    gone = page.locator("#g-dismissed")
    expect(gone).to_contain_text("1 条")
    gone.locator("summary").first.click()
    expect(gone).to_contain_text("口径不同，附注已说明")
    page.locator("#source mark", has_text="64人").select_text()
    page.locator("#own > summary").click()
    page.get_by_role("button", name="引用左侧所选文字").click()
    own = page.locator("#own")
    own.get_by_label("位置").fill("正文第一部分")
    own.get_by_label("意见").fill("编制数请附批复文号。")
    own.get_by_role("button", name="添加", exact=True).click()
    added = page.locator(".note", has_text="编制数请附批复文号")
    expect(added.locator(".state")).to_contain_text(["已采纳", "自拟"])
    added.locator("p").first.click()
    expect(page.locator(SPOT)).to_have_text(["64人"])
    states = {each["state"] for each in desk.client.get(f"/reviews/{review_id}/result").json()["notes"]}
    assert {"edited", "dismissed", "accepted"} <= states


def test_it_is_signed_step_by_step_and_a_final_one_is_closed(page: Page, desk: Desk, fresh: Path) -> None:
    opened(page, desk, fresh)
    for name, button, now in (("甲审核", "转复核", "复核"), ("乙审核", "定稿", "定稿")):
        page.locator("#standing summary").click()
        page.get_by_label("签名").fill(name)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("#standing .step.on")).to_have_text(now)
    expect(page.locator("#points .heads")).to_contain_text("定稿　复核 甲审核")
    expect(page.locator("#points .sum")).to_contain_text("审定结论")
    page.get_by_text("下载", exact=True).click()
    with page.expect_download() as waiting:
        page.locator("[data-export=docx]").click()
    assert waiting.value.suggested_filename.endswith(".定稿.审核意见.docx")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert "乙审核" in archive.read("word/document.xml").decode()
        assert not [
            name for name in archive.namelist() if "初稿" in archive.read(name).decode(errors="ignore")
        ]
    page.get_by_role("tab", name="审核意见").click()
    expect(page.get_by_role("button", name="采纳", exact=True)).to_have_count(0)
    page.get_by_role("tab", name="历史").click()
    expect(page.locator(".history li").first).to_contain_text("转为定稿")
    expect(page.locator(".history li").first).to_contain_text("乙审核")


def test_a_resubmission_is_held_against_the_report_before(page: Page, desk: Desk, fresh: Path) -> None:
    opened(page, desk, fresh)
    page.get_by_role("tab", name="审核意见").click()
    for text in ("单位不一致", "公用经费"):
        note = page.locator(".note", has_text=text)
        note.get_by_role("button", name="采纳", exact=True).click()
        expect(note.locator(".state")).to_have_text("已采纳")
    again = fresh.with_name("整改稿.txt")
    again.write_text(fresh.read_text().replace("36.50元", "36.50万元"))
    first = page.url
    page.get_by_role("tab", name="整改").click()
    page.locator("#revised input[type=file]").set_input_files(str(again))  # nothing else is to be clicked
    page.wait_for_url(lambda address: address != first)
    expect(page.locator("#points .again")).to_contain_text("已整改 1 条，未整改 1 条")
    page.get_by_role("button", name="逐条核对").click()
    cards = page.locator("#follow .card")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="单位不一致")).to_contain_text("系统看来：已整改")
    stands = cards.filter(has_text="公用经费")
    expect(stands).to_contain_text("系统看来：未整改")
    stands.locator("summary").click()
    stands.get_by_label("说明").fill("口径已在附注说明")
    stands.get_by_role("button", name="说明成立").click()
    expect(stands.locator(".state")).to_have_text("说明成立")
    cards.filter(has_text="单位不一致").get_by_role("button", name="已整改").click()
    expect(page.locator("#follow .again")).to_contain_text("已整改 1 说明成立 1")
    expect(page.get_by_role("tab", name="整改").locator(".count-of")).to_have_count(0)
    page.get_by_role("tab", name="历史").click()
    told = page.locator(".history li").nth(1)
    expect(told).to_contain_text("整改核对：说明成立")
    expect(told).to_contain_text("公用经费")
    page.get_by_role("tab", name="整改").click()
    page.get_by_role("link", name=fresh.name).click()
    expect(page.locator("#points .again")).to_contain_text("已收到整改稿：整改稿.txt")
    page.get_by_role("tab", name="整改").click()
    page.locator("#revised input[type=file]").set_input_files(str(fresh))  # the same file is no revised draft
    expect(page.get_by_role("alert")).to_contain_text("与上一稿一字不差")


def test_an_earlier_report_is_chosen_by_hand(page: Page, desk: Desk, fresh: Path) -> None:
    desk.reviewed(fresh.read_bytes(), "先交的.txt")
    fresh.write_text(fresh.read_text().replace("36.50元", "36.50万元"))
    opened(page, desk, fresh)
    page.get_by_role("tab", name="整改").click()
    page.get_by_role("button", name="选择上一稿").click()
    page.locator("#earlier option", has_text="先交的.txt").wait_for(state="attached")
    chosen = page.locator("#earlier option", has_text="先交的.txt").first.get_attribute("value")
    page.get_by_label("上一稿").select_option(chosen)
    page.get_by_role("button", name="与它对照").click()
    expect(page.locator("#follow")).to_contain_text("上一稿没有已采纳的意见")


def test_every_format_is_downloaded(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    opened(page, desk, reports["txt"])
    for name in ("docx", "docx-2", "xlsx", "html", "json"):
        page.get_by_text("下载", exact=True).click()  # choosing one closes the menu
        with page.expect_download() as waiting:
            page.locator(f"[data-export='{name}']").click()
        data = Path(waiting.value.path()).read_bytes()
        assert waiting.value.suggested_filename.endswith("." + name.partition("-")[0])
        if name == "json":
            assert json.loads(data)["overall"]["verdict"] == "退回重报"
        elif name == "html":
            assert data.startswith(b"<!DOCTYPE html>")
        else:
            assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_the_printed_page_holds_the_opinion_and_not_the_tools(
    page: Page, desk: Desk, reports: dict[str, Path]
) -> None:
    opened(page, desk, reports["txt"])
    page.emulate_media(media="print")
    expect(page.locator("#opinion .note").first).to_be_visible()
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator("#source")).to_be_hidden()
    assert page.locator("button.yes:visible").count() == 0


def test_words_of_a_report_are_never_markup(page: Page, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "<img src=x onerror=document.title=1>.txt"
    path.write_text(
        SOURCE.read_text().replace("患者满意度89.1%", "<script>document.title='2'</script>患者满意度89.1%")
    )
    opened(page, desk, path)
    for tab in ("指标", "勾稽", "审核意见", "原始JSON", "历史"):
        page.get_by_role("tab", name=tab).click()
    expect(page.locator("#raw details").first).to_be_attached()
    assert page.title() not in ("1", "2")
    assert page.locator("main script, main img[src=x]").count() == 0
    page.goto("/")
    assert page.title() not in ("1", "2")
