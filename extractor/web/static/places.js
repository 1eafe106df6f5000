// Places in the source and what they belong to: from a value, a check or a note to the source, and back.
export const $ = (query, root = document) => [...root.querySelectorAll(query)];
const TABS = "#panel [role=tab]", SPOTS = "#source mark, #source rect[data-a]";
const RANKS = { check: 1, note: 2, brief: 4 };

const read = text => text.split(" ").map(range => range.split("-").map(Number));
const size = ranges => ranges.reduce((sum, [a, b]) => sum + b - a, 0);

export function show(side) {
  document.body.dataset.side = side;
  $(".switch button").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.side === side)));
}

export function open(id, focus = false) {
  for (const tab of $(TABS)) {
    const chosen = tab.id === `tab-${id}`, pane = document.getElementById(tab.getAttribute("aria-controls"));
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    pane.toggleAttribute("data-hidden", !chosen);
    if (chosen && focus) tab.focus();
    if (chosen && pane.dataset.lazy) {
      htmx.ajax("GET", pane.dataset.lazy, { target: pane, swap: "innerHTML" });
      delete pane.dataset.lazy;
    }
  }
}

export const now = () => document.querySelector(`${TABS}[aria-selected=true]`).getAttribute("aria-controls");
export const status = () => document.querySelector("[data-status][aria-pressed=true]")?.dataset.status;

export function sift(wanted) {
  const known = $("[data-status]").map(button => button.dataset.status);
  const chosen = known.includes(wanted) ? wanted : known[0];
  $(".check").forEach(card => card.classList.toggle("gone", chosen !== "all" && card.dataset.of !== chosen));
  $("[data-status]").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.status === chosen)));
}

export function clear() { $(".lit").forEach(element => element.classList.remove("lit")); }

function spots(ranges) {
  return $(SPOTS).filter(({ dataset: { a, b } }) => ranges.some(([low, high]) => +a < high && low < +b));
}

function where(text) { document.querySelector("#source .where").textContent = text; }

export function rove(mark) {
  $("mark[tabindex='0']").forEach(each => { each.tabIndex = -1; });
  if (mark.matches("mark")) mark.tabIndex = 0;
}

export function light(element) {
  const ranges = read(element.dataset.at), found = spots(ranges);
  clear();
  if (!element.dataset.value && !element.closest("#inspector")) shut();
  element.classList.add("lit");
  found.forEach(spot => spot.classList.add("lit"));
  where(found.length ? `标出 ${ranges.length} 处` : "原文中没有可标出的位置");
  if (!found.length) return;
  show("source");
  rove(found[0]);
  found[0].scrollIntoView({ block: "center" });
}

export function inspect(target) {
  const { review } = document.querySelector("[data-review]").dataset;
  return htmx.ajax("GET", `/reviews/${review}/value?target=${encodeURIComponent(target)}`, { target: "#inspector", swap: "outerHTML" });
}

export function shut() {
  const pane = document.getElementById("inspector");
  pane.replaceChildren();
  pane.classList.remove("open");
}

let last = null, turn = 0;
export function reveal(spot) {
  const a = +spot.dataset.a, b = +spot.dataset.b;
  const found = $("#panel [data-at]").map(element => ({ element, ranges: read(element.dataset.at), rank: element.closest(".operands, .meta") ? 3 : RANKS[element.dataset.kind] ?? 0 }))
    .filter(({ ranges }) => ranges.some(([c, d]) => c <= a && b <= d))
    .sort((one, other) => one.rank - other.rank || size(one.ranges) - size(other.ranges));
  const seen = found.filter(({ rank }) => rank < 3);
  const items = seen.length ? seen : found;
  if (!items.length) return;
  turn = spot === last ? (turn + 1) % items.length : 0;
  last = spot;
  const { element, ranges } = items[turn];
  clear();
  spots(ranges).forEach(each => each.classList.add("lit"));
  bring(element);
  if (element.dataset.value) inspect(element.dataset.value);
  show("panel");
  where(items.length > 1 ? `第 ${turn + 1} 处引用，共 ${items.length} 处，再点看下一处` : "");
}

export function bring(element) {
  const card = element.closest(".check");
  open(element.closest("[role=tabpanel]").id);
  if (card) sift(card.dataset.of);
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.classList.add("lit");
  element.scrollIntoView({ block: "center" });
}
