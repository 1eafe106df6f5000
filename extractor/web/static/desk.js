// The desk: clicks, and what stays as it was when the server sends a part of the page anew.
import "./keys.js";
import { $, bring, clear, inspect, light, now, open, reveal, rove, show, shut, sift, status } from "./places.js";
import { ask, leave, quote, take, pointing } from "./pointing.js";

const DO = {
  print: () => print(), zoom: button => button.setAttribute("aria-pressed", String(document.body.classList.toggle("zoomed"))),
  keys: () => document.getElementById("keys").showModal(), take, leave,
  close: () => { shut(); clear(); },
  point: button => ask(button.dataset.target, button.dataset.version),
  quote: button => quote(button.form),
};

function goTo(id, element) {
  if (!element) return;
  open(id);
  bring(element);
  if (element.dataset.at) light(element);
  element.focus({ preventScroll: true });
}

function click(target) {
  const spot = target.closest("#source mark, #source rect[data-a]"), value = target.closest("[data-value]");
  const wanted = name => target.closest(`[data-${name}]`)?.dataset[name];
  const done = target.closest("[data-do]");
  if (spot && !pointing()) { rove(spot); if (getSelection().isCollapsed) reveal(spot); }
  else if (done && DO[done.dataset.do]) DO[done.dataset.do](done);
  else if (target.closest("[role=tab]")) {
    if (matchMedia("(max-width: 800px)").matches) shut(); // it would hide half of what is asked for
    open(target.closest("[role=tab]").getAttribute("aria-controls"));
  }
  else if (wanted("status")) sift(wanted("status"));
  else if (wanted("show")) { open("ledger", true); sift(wanted("show")); }
  else if (wanted("check")) goTo("ledger", document.getElementById(`check-${wanted("check")}`));
  else if (wanted("tab")) open(wanted("tab"), true);
  else if (wanted("go")) goTo("opinion", document.getElementById(`note-${wanted("go")}`));
  else if (value) { light(value); inspect(value.dataset.value); }
  else if (target.closest(".switch")) show(wanted("side"));
  else if (target.closest("[data-at]") && !target.closest("form, .acts, a")) light(target.closest("[data-at]"));
}
document.addEventListener("click", event => click(event.target));

// Every act says how the source is being looked at, so that its marks come back in the same way.
document.addEventListener("htmx:configRequest", event => {
  const way = document.getElementById("source")?.dataset.way;
  if (event.detail.verb === "post" && way) event.detail.path += `?way=${way}`;
});

let kept = null;
const folds = () => $("#values details, #opinion > details:not(.own)");
document.addEventListener("htmx:beforeSwap", event => {
  if (event.detail.target.id !== "panel" || !event.detail.shouldSwap) return;
  kept = {
    tab: now(), status: status(), folds: new Map(folds().map(fold => [fold.id, fold.open])),
    tops: new Map($("#panel .pane").map(pane => [pane.id, pane.scrollTop])), card: document.activeElement.closest("[data-key]")?.id,
    source: document.querySelector("#source .scroll").scrollTop,
  };
});
// Not before it has settled: htmx gives elements with an id the classes the server sent only then.
document.addEventListener("htmx:afterSettle", event => {
  if (event.detail.target.id !== "panel" || !kept) return;
  open(kept.tab);
  sift(kept.status);
  for (const fold of folds()) if (kept.folds.has(fold.id)) fold.open = kept.folds.get(fold.id);
  for (const pane of $("#panel .pane")) pane.scrollTop = kept.tops.get(pane.id) ?? 0;
  document.querySelector("#source .scroll").scrollTop = kept.source;
  if (kept.card) document.getElementById(kept.card)?.focus({ preventScroll: true });
  $("#said [data-check]").forEach(each => document.getElementById(`check-${each.dataset.check}`)?.classList.add("turned"));
  const target = document.getElementById("inspector").dataset.target;
  if (target) relight(target);
  kept = null;
});
document.addEventListener("change", event => {
  if (event.target.files?.length) event.target.form.requestSubmit();
});

function relight(target) {
  const place = $("#panel [data-value]").find(each => each.dataset.value === target);
  if (place) light(place);
}

show("panel");
sift("fail");
const first = document.querySelector("#source mark");
if (first) first.tabIndex = 0;
const asked = decodeURIComponent(location.hash.slice(1));
const value = asked && $("#panel [data-value]").find(each => each.dataset.value === asked);
if (value) { bring(value); light(value); inspect(asked); }
