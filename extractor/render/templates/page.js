"use strict";
(() => {
  const $ = (query, root = document) => [...root.querySelectorAll(query)];
  const source = document.getElementById("source"), state = document.querySelector(".state"), body = document.body;
  const tabs = $("[role=tab]"), marks = $("mark"), ends = marks.map(mark => +mark.dataset.b);
  body.classList.add("js");

  const read = text => text.split(" ").map(range => range.split("-").map(Number));
  const size = ranges => ranges.reduce((sum, [a, b]) => sum + b - a, 0);
  const ranks = { value: 0, check: 1, note: 2 };
  const items = $("[data-at]").map(element => ({ element, ranges: read(element.dataset.at), rank: ranks[element.dataset.kind] }));

  function show(side) {
    body.dataset.side = side;
    $(".switch button").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.side === side)));
  }

  function open(tab, focus) {
    tabs.forEach(each => {
      const chosen = each === tab;
      each.setAttribute("aria-selected", String(chosen));
      each.tabIndex = chosen ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).toggleAttribute("data-hidden", !chosen);
    });
    if (focus) tab.focus();
  }

  function filter(status) {
    $(".check").forEach(card => card.classList.toggle("gone", status !== "all" && card.dataset.of !== status));
    $(".filter button").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.status === status)));
  }

  function clear() { $(".lit").forEach(element => element.classList.remove("lit")); }

  function firstAfter(at) {
    let low = 0, high = ends.length;
    while (low < high) { const middle = (low + high) >> 1; if (ends[middle] <= at) low = middle + 1; else high = middle; }
    return low;
  }

  function find(ranges) {
    const found = new Set();
    for (const [a, b] of ranges)
      for (let n = firstAfter(a); n < marks.length && +marks[n].dataset.a < b; n++) found.add(marks[n]);
    return [...found];
  }

  function point(item) {
    clear();
    item.element.classList.add("lit");
    const found = find(item.ranges);
    found.forEach(mark => mark.classList.add("lit"));
    if (!found.length) return;
    show("source");
    rove(found[0]);
    found[0].scrollIntoView({ block: "center" });
    state.textContent = `原文中标出${item.ranges.length}处`;
  }

  let last = null, turn = 0;
  function reveal(mark) {
    const a = +mark.dataset.a, b = +mark.dataset.b;
    const found = items.filter(item => item.ranges.some(([c, d]) => c <= a && b <= d))
      .sort((one, other) => one.rank - other.rank || size(one.ranges) - size(other.ranges));
    if (!found.length) return;
    turn = mark === last ? (turn + 1) % found.length : 0;
    last = mark;
    const { element, ranges } = found[turn];
    clear();
    find(ranges).forEach(each => each.classList.add("lit"));
    element.classList.add("lit");
    const pane = element.closest("[role=tabpanel]"), card = element.closest(".check"), fold = element.closest("details");
    open(document.getElementById(pane.getAttribute("aria-labelledby")));
    if (card) filter(card.dataset.of);
    if (fold) fold.open = true;
    show("panel");
    element.scrollIntoView({ block: "center" });
    state.textContent = found.length > 1 ? `第${turn + 1}处，共${found.length}处引用，再点一次看下一处` : "";
  }

  function rove(mark) {
    $("mark[tabindex='0']").forEach(each => { each.tabIndex = -1; });
    mark.tabIndex = 0;
  }

  document.addEventListener("click", event => {
    const target = event.target;
    const mark = target.closest("mark"), place = target.closest("[data-at]"), tab = target.closest("[role=tab]");
    const chosen = target.closest("[data-status]"), shown = target.closest("[data-show]"), side = target.closest("[data-side]");
    if (mark) { rove(mark); reveal(mark); }
    else if (tab) open(tab);
    else if (chosen) filter(chosen.dataset.status);
    else if (shown) { open(document.getElementById("tab-ledger"), true); filter(shown.dataset.show); }
    else if (place) point(items.find(item => item.element === place));
    else if (side && side !== body) show(side.dataset.side);
  });

  document.addEventListener("keydown", event => {
    const target = event.target, step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const go = event.key === "Enter" || event.key === " ";
    if (target.matches("article[data-at]") && go) { event.preventDefault(); target.click(); }
    else if (target.matches("mark") && go) { event.preventDefault(); reveal(target); }
    else if (target.matches("mark") && step) {
      const next = marks[marks.indexOf(target) + step];
      if (next) { event.preventDefault(); rove(next); next.focus(); }
    } else if (target.matches("[role=tab]") && step) {
      event.preventDefault();
      open(tabs[(tabs.indexOf(target) + step + tabs.length) % tabs.length], true);
    }
  });

  if (marks.length) marks[0].tabIndex = 0;
  show("panel");
  open(tabs[0]);
  filter((["fail", "rounding", "unverified", "pass"].find(status => $(`.check[data-of=${status}]`).length)) || "all");
})();
