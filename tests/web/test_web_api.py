"""The API of a desk: hand in, read, correct, decide, sign, take back, compare, download."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from openpyxl import load_workbook

from extractor.records import from_json
from extractor.review import Review


def get(desk: Any, path: str, **params: Any) -> Any:
    answer = desk.client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def post(desk: Any, path: str, status: int = 200, **body: Any) -> Any:
    answer = desk.client.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_result_is_the_contract_and_what_the_command_line_gives(desk: Any, report: bytes) -> None:
    from extractor.pipeline import review
    from extractor.records import jsonable, replace
    from extractor.review import Log

    review_id = desk.reviewed(report, "一.txt")
    got = from_json(Review, desk.client.get(f"/reviews/{review_id}/result").content)
    own = review(report, file_name="一.txt")
    assert jsonable(replace(got, run=replace(got.run, log=Log()))) == jsonable(
        replace(own, run=replace(own.run, log=Log()))
    )


def test_the_same_file_is_worked_on_once(desk: Any, short: bytes) -> None:
    first = desk.upload(("甲.txt", short))["accepted"][0]
    second = desk.upload(("乙.txt", short))["accepted"][0]
    assert (first["new"], second["new"]) == (True, False)
    assert first["id"] == second["id"] and second["file_name"] == "甲.txt"


def test_a_bad_file_never_stops_the_others(desk: Any, short: bytes) -> None:
    receipt = desk.upload(("空.txt", b""), ("好.txt", short + b"\n \n"))
    assert [each["file_name"] for each in receipt["accepted"]] == ["好.txt"]
    assert [each["file_name"] for each in receipt["refused"]] == ["空.txt"]
    assert receipt["refused"][0]["remedy"]


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(desk: Any) -> None:
    status = desk.finished(desk.upload(("坏.pdf", b"%PDF-1.7\nbroken"))["accepted"][0]["id"])
    assert status["work"] == "failed" and status["reason"] and status["remedy"]
    assert desk.client.get(f"/reviews/{status['id']}/result").status_code == 409


def test_a_zip_is_every_report_in_it(desk: Any, short: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("夹/甲.txt", short + b"\n1\n")
        archive.writestr("乙.txt", short + b"\n2\n")
    receipt = desk.upload(("一包.zip", out.getvalue()))
    assert {each["file_name"] for each in receipt["accepted"]} == {"甲.txt", "乙.txt"}
    assert {desk.finished(each["id"])["work"] for each in receipt["accepted"]} == {"done"}


def test_a_correction_turns_its_check_and_undo_turns_it_back(desk: Any, report: bytes) -> None:
    review_id = desk.reviewed(report + b"\n3\n")
    path = f"/reviews/{review_id}"
    before = desk.client.get(f"{path}/result").content
    changed = post(desk, f"{path}/corrections", action="set", target="head.total_score", text="９３.5分")
    assert [(each["code"], each["before"], each["after"]) for each in changed["turned"]] == [
        ("SCO-02", "pass", "rounding")
    ]
    score = get(desk, f"{path}/result")["report"]["total_score"]
    assert (score["value"], score["unit"], score["raw"], score["evidence"]["engine"]) == (
        "93.5",
        "分",
        "94",
        "user",
    )
    assert (
        score["evidence"]["grounding"] == "MISSING" and score["evidence"]["alternatives"][0]["value"] == "94"
    )
    assert get(desk, path)["score"] == "93.5分"
    post(desk, f"{path}/undo")
    assert desk.client.get(f"{path}/result").content == before
    first, second = get(desk, f"{path}/history")["items"]
    assert (first["old"], first["new"], first["undone"], second["what"]) == (
        "94",
        "93.5分".replace("93.5", "９３.5"),
        True,
        "撤销第 1 项",
    )
    post(desk, f"{path}/undo", seq=2)
    assert get(desk, f"{path}/result")["report"]["total_score"]["value"] == "93.5"
    assert get(desk, f"{path}/result", original=True)["report"]["total_score"]["value"] == "94"


def test_a_wrong_correction_is_refused_with_the_remedy(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'4')}"
    for body in (
        {"action": "set", "target": "head.total_score", "text": "不知道"},
        {"action": "set", "target": "head.total_score", "text": "93.5%"},
        {"action": "set", "target": "nothing", "text": "1"},
        {"action": "point", "target": "head.total_score", "start": 5, "end": 5},
        {"action": "point", "target": "head.total_score"},
        {"action": "point", "target": "head.total_score", "page": 9, "box": [0, 0, 1, 1]},
        {"action": "fact", "target": "fiscal_year", "text": "今年"},
        {"action": "set", "target": "head.total_score"},
    ):
        assert "请" in post(desk, f"{path}/corrections", 422, **body)["detail"], body
    assert get(desk, path)["version"] == 0


def test_a_value_can_be_pointed_at_anew_and_marked_unreadable(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'5')}"
    text = get(desk, f"{path}/document")["text"]
    at = text.index("593.35")
    figure = next(
        each for each in get(desk, f"{path}/result")["report"]["figures"] if each["amount"]["unit"] == "万元"
    )
    post(desk, f"{path}/corrections", action="point", target=figure["id"], start=at, end=at + 8)
    after = next(
        each for each in get(desk, f"{path}/result")["report"]["figures"] if each["id"] == figure["id"]
    )
    assert after["amount"]["raw"] == text[at : at + 8] == "593.35万元"
    assert (after["span"]["start"], after["amount"]["value"], after["evidence"]["grounding"]) == (
        at,
        "593.35",
        "EXACT",
    )
    post(desk, f"{path}/corrections", action="unreadable", target=figure["id"])
    after = next(
        each for each in get(desk, f"{path}/result")["report"]["figures"] if each["id"] == figure["id"]
    )
    assert after["amount"]["value"] is None and after["evidence"]["flags"] == ["unreadable"]


def test_only_adopted_notes_reach_the_final_opinion(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'6')}"
    keys = {each["id"]: each["key"] for each in get(desk, f"{path}/notes")["notes"]}
    post(desk, f"{path}/notes/{keys['n1']}", decision="accepted")
    post(desk, f"{path}/notes/n2", decision="edited", comment="请改为与决算一致。")
    post(desk, f"{path}/notes/n3", 422, decision="dismissed")
    post(desk, f"{path}/notes/n3", decision="dismissed", reason="已有说明")
    post(
        desk,
        f"{path}/notes",
        201,
        comment="请补充满意度调查的样本量。",
        location="正文第三部分",
        severity="P1",
    )
    post(desk, f"{path}/standing", 409, to="final", name="李审核")
    post(desk, f"{path}/standing", to="checked", name="王初审")
    post(desk, f"{path}/standing", to="final", name="李审核")
    notes = get(desk, f"{path}/result")["notes"]
    assert [(each["id"], each["state"], each["origin"]) for each in notes] == [
        ("n1", "accepted", "rule"), ("n2", "edited", "rule"), ("u4", "accepted", "user"),
    ]  # fmt: skip
    assert notes[1]["comment"] == "请改为与决算一致。"
    answer = post(desk, f"{path}/corrections", 409, action="set", target="head.total_score", text="90")
    assert "退回复核" in answer["detail"]
    signed = [each for each in get(desk, f"{path}/history")["items"] if each["kind"] == "standing"]
    assert [(each["what"], each["new"]) for each in signed] == [
        ("转为复核", "王初审"),
        ("转为定稿", "李审核"),
    ]
    post(desk, f"{path}/standing", to="checked", name="李审核")
    assert len(get(desk, f"{path}/result")["notes"]) > 3


def test_a_decision_holds_for_the_words_it_was_made_about(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'7')}"
    review = get(desk, f"{path}/result")
    check = {each["id"]: each for each in review["checks"]}
    note = next(
        n
        for n in review["notes"]
        for c in n["checks"]
        if check[c]["operands"] and check[c]["operands"][0]["ref"]
    )
    ref = check[note["checks"][0]]["operands"][0]["ref"]
    post(desk, f"{path}/notes/{note['id']}", decision="dismissed", reason="无碍")
    other = next(
        n for n in review["notes"] if ref not in json.dumps([check[c]["operands"] for c in n["checks"]])
    )
    post(desk, f"{path}/notes/{other['id']}", decision="accepted")
    post(desk, f"{path}/corrections", action="unreadable", target=ref)
    after = get(desk, f"{path}/result")["notes"]
    assert all(n["state"] != "dismissed" for n in after)
    assert [n["comment"] for n in after if n["state"] == "accepted"] == [other["comment"]]


def test_whoever_saw_an_old_version_is_told(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'8')}"
    post(desk, f"{path}/notes/n1", decision="accepted", version=0)
    assert "刷新" in post(desk, f"{path}/notes/n2", 409, decision="accepted", version=0)["detail"]


def test_every_format_is_a_file_to_keep(desk: Any, report: bytes) -> None:
    path = f"/reviews/{desk.reviewed(report + b'9', '水务局.txt')}"
    starts = {
        "docx": b"PK",
        "docx-2": b"PK",
        "xlsx": b"PK",
        "html": b"<!DOCTYPE html>",
        "json": b"{",
        "md": b"#",
    }
    for name, start in starts.items():
        answer = desk.client.get(f"{path}/exports/{name}")
        assert answer.status_code == 200 and answer.content.startswith(start), name
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["content-security-policy"].startswith("sandbox")
    assert desk.client.get(f"{path}/exports/exe").status_code == 404
    assert desk.client.get(f"{path}/file").content == report + b"9"


def test_a_corrected_review_is_gold(desk: Any, report: bytes) -> None:
    from extractor.gold import validate

    path = f"/reviews/{desk.reviewed(report + b'15', '水务局.txt')}"
    codes = [each["code"] for each in get(desk, f"{path}/result")["notes"]]
    alone = next(n for n, code in enumerate(codes, 1) if codes.count(code) == 1)
    post(desk, f"{path}/notes/n{alone}", decision="dismissed", reason="原文已说明")
    post(desk, f"{path}/notes", 201, comment="请补充说明。", location="正文")
    answer = desk.client.get(f"{path}/gold")
    assert "expected.json" in answer.headers["content-disposition"]
    gold = answer.json()
    assert gold["findings"]["must_not_fire"] == [{"code": codes[alone - 1], "why": "原文已说明"}]
    fired = {each["code"] for each in gold["findings"]["must_fire"]}
    assert codes[alone - 1] not in fired and "USER" not in fired and fired
    assert [each for each in validate(gold, get(desk, f"{path}/document")["text"]) if not each.remark] == []


def test_the_list_is_searched_filtered_and_sorted(desk: Any, report: bytes) -> None:
    desk.reviewed(report + b"10", "百分之百_甲.txt")
    found = get(desk, "/reviews", q="百分之百_", size=5)
    assert [each["file_name"] for each in found["items"]] == ["百分之百_甲.txt"]
    assert get(desk, "/reviews", q="百分之百%甲")["total"] == 0
    assert get(desk, "/reviews", year=2023, unit=found["items"][0]["unit"], verdict="退回重报")["total"] > 0
    assert get(desk, "/reviews", year=1999)["total"] == 0
    names = [each["file_name"] for each in get(desk, "/reviews", sort="file_name", order="asc")["items"]]
    assert names == sorted(names)
    assert 2023 in found["years"]


def test_deleting_takes_the_file_along(desk: Any, short: bytes) -> None:
    data = short + b"\ndelete\n"
    review_id = desk.reviewed(data)
    sha256 = get(desk, f"/reviews/{review_id}")["sha256"]
    kept = desk.data / "files" / sha256[:2] / sha256
    assert kept.read_bytes() == data
    assert desk.client.delete(f"/reviews/{review_id}").status_code == 204
    assert not kept.exists() and desk.client.get(f"/reviews/{review_id}").status_code == 404
    assert desk.upload(("again.txt", data))["accepted"][0]["new"]


def test_a_resubmission_is_held_against_the_adopted_notes(desk: Any, report: bytes) -> None:
    last = desk.reviewed(report + b"11")
    notes = get(desk, f"/reviews/{last}/result")["notes"]
    score = next(n for n in notes if n["code"].startswith("SUM-01"))
    post(desk, f"/reviews/{last}/notes/{score['id']}", decision="accepted")
    post(desk, f"/reviews/{last}/notes/n1", decision="accepted")
    receipt = desk.upload(
        ("新.txt", report.replace("593.35万元".encode(), "593.15万元".encode()) + b"12"), previous=last
    )
    new = receipt["accepted"][0]["id"]
    desk.finished(new)
    items = {each["code"]: each for each in get(desk, f"/reviews/{new}/follow-up")["items"]}
    assert len(items) == 2 and {each["proposal"] for each in items.values()} <= {
        "corrected",
        "standing",
        "unknown",
    }
    assert items["SUM-01"]["proposal"] == "corrected", items["SUM-01"]
    key = items["SUM-01"]["key"]
    post(desk, f"/reviews/{new}/follow-up/{key}", 422, outcome="explained")
    post(desk, f"/reviews/{new}/follow-up/{key}", outcome="explained", reason="已附决算批复")
    again = {each["code"]: each for each in get(desk, f"/reviews/{new}/follow-up")["items"]}
    assert (again["SUM-01"]["outcome"], again["SUM-01"]["reason"]) == ("explained", "已附决算批复")
    book = load_workbook(io.BytesIO(desk.client.get(f"/reviews/{new}/exports/xlsx").content))
    kept = {row[0]: row[3:] for row in book["整改"].iter_rows(min_row=2, values_only=True)}
    assert kept["SUM-01"] == ("说明成立", "已附决算批复")
    assert all(outcome.endswith("（系统看来）") for code, (outcome, _) in kept.items() if code != "SUM-01")


def test_a_report_that_is_here_already_is_linked_to_the_one_before(desk: Any, short: bytes) -> None:
    last, new = desk.reviewed(short + b"\n21"), desk.reviewed(short + b"\n22")
    assert get(desk, f"/reviews/{new}")["previous"] is None
    again = desk.upload(("又交.txt", short + b"\n22"), previous=last)["accepted"][0]
    assert (again["id"], again["new"], again["previous"]) == (new, False, last)
    same = desk.upload(("同.txt", short + b"\n21"), previous=last)
    assert same["accepted"] == [] and "一字不差" in same["refused"][0]["reason"]
    assert get(desk, f"/reviews/{last}")["previous"] is None


def test_two_reports_side_by_side(desk: Any, report: bytes) -> None:
    left = desk.reviewed(report + b"13")
    right = desk.reviewed(report + b"14")
    post(desk, f"/reviews/{right}/corrections", action="set", target="head.total_score", text="84.6")
    found = get(desk, "/compare", left=left, right=right)
    total = next(each for each in found["pairs"] if each["label"] == "自评总分")
    assert (total["left"]["value"], total["right"]["value"], total["difference"], total["change"]) == (
        "94",
        "84.6",
        "-9.4",
        "-10.00",
    )
    others = [each for each in found["pairs"] if each["label"] != "自评总分" and each["difference"]]
    assert others and all(each["difference"].strip("0.-") == "" for each in others)


def test_work_can_be_cancelled_and_taken_up_again(opening: Any, short: bytes, report: bytes) -> None:
    desk = opening("--workers", "1")
    ids = [
        each["id"]
        for each in desk.upload(*[(f"{n}.txt", report + str(n).encode()) for n in range(12)])["accepted"]
    ]
    status = desk.client.post(f"/reviews/{ids[-1]}/cancel").json()
    assert status["work"] == "cancelled"
    assert desk.finished(ids[0])["work"] == "done"
    assert {desk.finished(each)["work"] for each in ids[:-1]} == {"done"}
    assert desk.client.post(f"/reviews/{ids[0]}/cancel").status_code == 409
    assert desk.client.get(f"/reviews/{ids[-1]}").json()["work"] == "cancelled"
    assert desk.client.post(f"/reviews/{ids[-1]}/retry").json()["work"] == "queued"
    assert desk.finished(ids[-1])["work"] == "done"
