"""What a note may cite: only provisions whose text has been read (REVIEW 0.1)."""

from __future__ import annotations

from extractor.findings import Basis

_LAW = "《中华人民共和国预算法》"
_RULES = "《中华人民共和国预算法实施条例》"
_OFFICES = "《机关事务管理条例》"
PROVISIONS = {
    "L1-13": Basis(text=f"{_LAW}第十三条（支出必须以经批准的预算为依据）", verified=True),
    "L1-14": Basis(text=f"{_LAW}第十四条（部门预算、决算应当公开，涉及国家秘密的除外）", verified=True),
    "L1-57": Basis(
        text=f"{_LAW}第五十七条（支出必须按照预算执行；应当对预算支出情况开展绩效评价）", verified=True
    ),
    "L1-63": Basis(text=f"{_LAW}第六十三条（不得擅自改变预算支出的用途）", verified=True),
    "L1-72": Basis(
        text=f"{_LAW}第七十二条（严格控制不同预算科目、预算级次或者项目间的资金调剂）", verified=True
    ),
    "L1-75": Basis(text=f"{_LAW}第七十五条（决算草案须数额准确、内容完整）", verified=True),
    "L2-5": Basis(
        text=f"{_RULES}第五条（部门预算支出包括基本支出和项目支出，基本支出包括人员经费和公用经费）",
        verified=True,
    ),
    "L2-40": Basis(text=f"{_RULES}第四十条（部门预算收入包括预算拨款结转）", verified=True),
    "L2-53": Basis(text=f"{_RULES}第五十三条（部门、单位开展绩效评价，报送绩效评价报告）", verified=True),
    "L2-83": Basis(text=f"{_RULES}第八十三条（决算数据以经核实的会计数据为准）", verified=True),
    "L3-12": Basis(text=f"{_OFFICES}第十二条（三公经费应当纳入预算管理，严格控制）", verified=True),
    "L3-32": Basis(text=f"{_OFFICES}第三十二条（超预算、超标准开支三公经费的责任）", verified=True),
    "L4-6": Basis(
        text="《中华人民共和国政府采购法》第六条（政府采购应当严格按照批准的预算执行）", verified=True
    ),
    "L5-35": Basis(
        text="《中华人民共和国保守国家秘密法》第三十五条（拟公开的信息应当先行保密审查）", verified=True
    ),
    "L5-14": Basis(
        text="《中华人民共和国政府信息公开条例》第十四条（依法确定为国家秘密的政府信息不予公开）",
        verified=True,
    ),
}
_BY_CODE: dict[str, tuple[str, ...]] = {
    "SUM-01": ("L2-5", "L1-75"), "SUM-02": ("L2-5",), "SUM-05": ("L1-75",), "SUM-06": ("L2-5", "L1-75"), "SUM-08": ("L1-75",),
    "SUM-09": ("L1-75",), "SUM-10": ("L1-75",), "RAT-06": ("L4-6",), "CON-01": ("L1-75",), "CON-02": ("L1-75",), "CON-06": ("L1-57",),
    "REA-01": ("L1-13", "L1-57"), "SUM-03": ("L1-75",), "SUM-04": ("L2-40", "L1-75"), "SUM-07": ("L3-12",), "SUM-11": ("L1-75",),
    "SUM-13": ("L1-75",), "SUM-14": ("L1-72",), "SUM-15": ("L1-75",), "RAT-07": ("L1-13", "L1-72"), "RAT-08": ("L3-12", "L3-32"),
    "CON-10": ("L1-14", "L5-35", "L5-14"), "REA-03": ("L1-13", "L1-72"), "REA-04": ("L1-63", "L1-72"), "INT-02": ("L2-53",),
}  # fmt: skip


def basis_of(codes: list[str]) -> tuple[Basis, ...]:
    """The provisions behind the codes of a note, each once; none where only arithmetic speaks."""
    return tuple(
        PROVISIONS[key] for key in dict.fromkeys(key for code in codes for key in _BY_CODE.get(code, ()))
    )
