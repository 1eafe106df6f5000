"""What a note may cite: only provisions whose text has been read (REVIEW 0.1)."""

from __future__ import annotations

from extractor.findings import Basis

_LAW = "《中华人民共和国预算法》"
_RULES = "《中华人民共和国预算法实施条例》"
PROVISIONS = {
    "L1-13": Basis(text=f"{_LAW}第十三条（支出必须以经批准的预算为依据）", verified=True),
    "L1-57": Basis(
        text=f"{_LAW}第五十七条（支出必须按照预算执行；应当对预算支出情况开展绩效评价）", verified=True
    ),
    "L1-75": Basis(text=f"{_LAW}第七十五条（决算草案须数额准确、内容完整）", verified=True),
    "L2-5": Basis(
        text=f"{_RULES}第五条（部门预算支出包括基本支出和项目支出，基本支出包括人员经费和公用经费）",
        verified=True,
    ),
    "L2-53": Basis(text=f"{_RULES}第五十三条（部门、单位开展绩效评价，报送绩效评价报告）", verified=True),
    "L2-83": Basis(text=f"{_RULES}第八十三条（决算数据以经核实的会计数据为准）", verified=True),
    "L4-6": Basis(
        text="《中华人民共和国政府采购法》第六条（政府采购应当严格按照批准的预算执行）", verified=True
    ),
}
_BY_CODE: dict[str, tuple[str, ...]] = {
    "SUM-01": ("L2-5", "L1-75"), "SUM-02": ("L2-5",), "SUM-05": ("L1-75",), "SUM-06": ("L2-5", "L1-75"), "SUM-08": ("L1-75",),
    "SUM-09": ("L1-75",), "SUM-10": ("L1-75",), "RAT-06": ("L4-6",), "CON-01": ("L1-75",), "CON-02": ("L1-75",), "CON-06": ("L1-57",),
    "REA-01": ("L1-13", "L1-57"),
}  # fmt: skip


def basis_of(codes: list[str]) -> tuple[Basis, ...]:
    """The provisions behind the codes of a note, each once; none where only arithmetic speaks."""
    return tuple(
        PROVISIONS[key] for key in dict.fromkeys(key for code in codes for key in _BY_CODE.get(code, ()))
    )
