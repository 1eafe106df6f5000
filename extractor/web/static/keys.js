// The desk by keyboard.
import { $, clear, inspect, light, now, open, reveal, rove, shut } from "./places.js";
import { leave, pointing } from "./pointing.js";

const PANES = ["points", "values", "ledger", "opinion", "follow", "raw", "past"];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const visible = element => element.offsetParent !== null;

function walk(step) {
  const items = $(`#${now()} :is(.card, button.v, summary[data-at], .history li)`)
    .filter(each => visible(each) && (each.matches(".card") || !each.closest(".card")));
  if (!items.length) return;
  const at = items.indexOf(document.activeElement.closest(".card, button.v, summary"));
  const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1)];
  if (next.dataset.at) light(next);
  if (next.dataset.value && document.getElementById("inspector").classList.contains("open")) inspect(next.dataset.value);
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function act(name) {
  const card = document.activeElement.closest(".note") ?? document.querySelector(`#${now()} .note.lit`);
  const button = card?.querySelector(`[data-act=${name}]`);
  if (!button) return false;
  button.click();
  const fold = button.closest("details");
  if (fold) setTimeout(() => fold.querySelector("textarea, select")?.focus());
  return true;
}

function edit() {
  if (act("edit")) return;
  const field = document.getElementById("edit-text");
  if (field) { field.focus(); field.select(); }
}

function escape() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  else if (pointing()) leave();
  else if (document.getElementById("inspector").classList.contains("open")) shut();
  else clear();
}

const KEYS = {
  j: () => walk(1), k: () => walk(-1), e: edit, a: () => act("accept"), x: () => act("dismiss"),
  u: () => document.querySelector("[data-act=undo]")?.click(), "?": () => document.getElementById("keys").showModal(),
};

function inSource(event) {
  const mark = event.target, step = STEPS[event.key], marks = $("#source mark");
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); reveal(mark); return; }
  const next = step && marks[marks.indexOf(mark) + step];
  if (next) { event.preventDefault(); rove(next); next.focus(); }
}

document.addEventListener("keydown", event => {
  const target = event.target;
  if (event.key === "Escape" && !target.closest("dialog")) { escape(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select") || target.closest("dialog")) return;
  if (target.matches("mark")) inSource(event);
  if (target.matches("[role=tab]") && STEPS[event.key]) {
    const tabs = $("#panel [role=tab]");
    event.preventDefault();
    open(tabs[(tabs.indexOf(target) + STEPS[event.key] + tabs.length) % tabs.length].getAttribute("aria-controls"), true);
  } else if (target.matches(".card[data-at]") && event.key === "Enter") light(target);
  else if (PANES[event.key - 1]) open(PANES[event.key - 1], true);
  else if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});
