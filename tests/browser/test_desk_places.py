"""From a value, a check or a note to the source and back, in every kind of source."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe_check import serious
from tests.web.conftest import Desk

KINDS = ("txt", "docx", "xlsx", "pdf")
SPOT = "#source :is(mark, rect).lit"


def opened(page: Page, desk: Desk, path: Path) -> str:
    """The report's desk, open in the page; its id."""
    review_id = desk.reviewed(path.read_bytes(), path.name)
    page.goto(f"/reviews/{review_id}")
    expect(page.locator("#panel")).to_be_visible()
    return review_id


def words_of(desk: Desk, review_id: str, spots: Locator) -> list[str]:
    """The words of the source that lit places stand for."""
    text = desk.client.get(f"/reviews/{review_id}/document").json()["text"]
    places = spots.evaluate_all("all => all.map(each => [+each.dataset.a, +each.dataset.b])")
    return [text[a:b] for a, b in places]


def in_view(page: Page) -> bool:
    """Whether a lit place can be seen in the source."""
    inside: bool = page.evaluate(
        """() => {
            const view = document.querySelector("#source .scroll").getBoundingClientRect();
            return [...document.querySelectorAll("#source .lit")].some(each => {
                const at = each.getBoundingClientRect();
                return at.top >= view.top && at.bottom <= view.bottom;
            });
        }"""
    )
    return inside


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_leads_to_its_place_and_the_place_back(
    page: Page, desk: Desk, reports: dict[str, Path], kind: str
) -> None:
    review_id = opened(page, desk, reports[kind])
    page.get_by_role("tab", name="指标").click()
    page.locator("#values button.v", has_text="18.36万人").first.click()
    expect(page.locator(SPOT).first).to_be_visible()
    assert "".join("".join(words_of(desk, review_id, page.locator(SPOT))).split()).startswith("18.36万")
    assert in_view(page)
    expect(page.locator("#inspector")).to_contain_text("规则；与原文逐字一致")
    page.keyboard.press("Escape")
    expect(page.locator("#inspector")).to_be_empty()
    page.get_by_role("tab", name="要点").click()
    page.locator("#source :is(mark, rect).v").first.dispatch_event("click")
    expect(page.locator("#panel .lit")).to_have_count(1)
    expect(page.locator("#panel .lit")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_check_lights_all_its_operands(page: Page, desk: Desk, reports: dict[str, Path], kind: str) -> None:
    review_id = opened(page, desk, reports[kind])
    page.get_by_role("tab", name="勾稽").click()
    card = page.locator(".check:visible", has_text="元与万元")
    card.locator("h3").click()
    found = {"".join(each.split()) for each in words_of(desk, review_id, page.locator(SPOT))}
    assert found == {"36.50元", "36.50万元"}
    expect(page.locator("#source .where")).to_have_text("标出 2 处")


def test_a_note_leads_to_its_places_and_its_check(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    review_id = opened(page, desk, reports["txt"])
    page.get_by_role("tab", name="审核意见").click()
    note = page.locator(".note", has_text="单位不一致")
    note.locator("p").first.click()
    assert set(words_of(desk, review_id, page.locator(SPOT))) == {"36.50元", "36.50万元"}
    note.get_by_role("button", name="UNI-01.1").click()
    expect(page.locator("#check-UNI-01\\.1")).to_be_focused()


def test_failed_first_and_the_others_one_click_away(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    opened(page, desk, reports["txt"])
    page.get_by_role("tab", name="勾稽").click()
    expect(page.locator(".check:visible")).to_have_count(page.locator(".check.c-fail").count())
    for name, status in (("一致", "pass"), ("未核查", "unverified")):
        page.locator(".sift").get_by_role("button", name=name).and_(
            page.locator(f"[data-status={status}]")
        ).click()
        expect(page.locator(f".check.c-{status}").first).to_be_visible()
        expect(page.locator(".check.c-fail").first).to_be_hidden()


def test_a_scan_shows_its_page_with_boxes(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    review_id = opened(page, desk, reports["png"])
    picture = page.locator(".print img")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.print img').naturalWidth > 0")
    boxes = page.locator("svg.boxes rect")
    assert boxes.count() > 0
    inside = page.evaluate(
        """() => {
            const view = document.querySelector("svg.boxes").viewBox.baseVal;
            return [...document.querySelectorAll("svg.boxes rect")].every(({x, y, width, height}) =>
                x.baseVal.value >= -2 && y.baseVal.value >= -2 && x.baseVal.value + width.baseVal.value <= view.width + 2
                && y.baseVal.value + height.baseVal.value <= view.height + 2);
        }"""
    )
    assert inside
    width = picture.bounding_box()["width"]  # type: ignore[index]
    page.get_by_role("button", name="放大").click()
    assert picture.bounding_box()["width"] > 1.5 * width  # type: ignore[index]
    page.get_by_role("button", name="放大").click()
    boxes.first.click(force=True)
    expect(page.locator("#panel .lit")).to_be_visible()
    assert words_of(desk, review_id, page.locator(SPOT))
    page.get_by_role("button", name="文字").click()
    expect(page.locator("#flow")).to_contain_text("部门基本情况")
    assert serious(page) == []


def test_every_tab_is_accessible(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    opened(page, desk, reports["xlsx"])
    expect(page.locator("table.lettered thead")).to_contain_text("ABC")
    for name in ("要点", "指标", "勾稽", "审核意见", "整改", "原始JSON", "历史"):
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
        if name == "原始JSON":
            expect(page.locator("#raw details").first).to_be_visible()
        assert serious(page) == [], name


def test_the_desk_is_worked_by_keyboard(page: Page, desk: Desk, reports: dict[str, Path]) -> None:
    opened(page, desk, reports["txt"])
    page.keyboard.press("3")
    expect(page.get_by_role("tab", name="勾稽")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".check.c-fail").first).to_be_focused()
    expect(page.locator(SPOT)).to_have_count(2)
    page.keyboard.press("j")
    expect(page.locator(".check.c-fail").nth(1)).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#inspector.open")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#edit-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#inspector")).to_be_empty()
    page.locator("#source mark[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .lit")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_sheet_breaks_no_number_and_runs_no_text_out_of_sight(
    page: Page, phone: Page, desk: Desk, reports: dict[str, Path]
) -> None:
    for screen in (page, phone):
        opened(screen, desk, reports["xlsx"])
        if screen is phone:
            screen.get_by_role("button", name="原文").tap()
        heights = (
            screen.locator("table.lettered td", has_text="2,142,000.00")
            .locator("span")
            .evaluate_all("all => all.map(each => each.getClientRects().length)")
        )
        assert heights == [1], heights  # on one line
        wide = screen.evaluate("() => document.querySelector('#source .scroll').clientWidth")
        rows = screen.locator("table.lettered td:only-of-type > span")
        assert max(rows.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")) <= wide


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_a_phone_shows_one_side_at_a_time_and_nothing_overflows(
    phone: Page, desk: Desk, reports: dict[str, Path], kind: str
) -> None:
    opened(phone, desk, reports[kind])
    expect(phone.locator("#panel")).to_be_visible()
    expect(phone.locator("#source")).to_be_hidden()
    expect(phone.locator(".switch")).to_be_in_viewport(ratio=0.9)
    phone.get_by_role("tab", name="勾稽").tap()
    assert phone.locator(".check:visible").evaluate_all(
        "all => all.length > 0 && all.every(each => each.scrollWidth <= each.clientWidth)"
    )
    phone.locator(".check.c-fail button.v").first.tap()
    expect(phone.locator("#source")).to_be_visible()
    expect(phone.locator("#inspector.open")).to_be_visible()
    expect(phone.locator(SPOT).first).to_be_visible()
    phone.get_by_role("button", name="审核结果").tap()
    expect(phone.locator("#panel")).to_be_visible()
    phone.get_by_role("tab", name="要点").tap()  # what lies open would hide half of it
    expect(phone.locator("#inspector")).to_be_empty()
    for address in (phone.url, "/"):
        phone.goto(address)
        assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
        if kind == "txt":
            assert serious(phone) == []
