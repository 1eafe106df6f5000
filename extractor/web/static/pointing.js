// Pointing at the source: text that is selected, or a box drawn on a page.
import { say } from "./said.js";
import { show } from "./places.js";

const SVG = "http://www.w3.org/2000/svg";
let asked = null, picked = null, drawn = null, began = null;

const bar = () => document.querySelector("#source .pointing");
const points = text => [...text].length; // the server counts code points

function offset(node, at) {
  const home = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!home) return null;
  const before = document.createRange();
  before.setStart(home, 0);
  before.setEnd(node, at);
  return +home.dataset.start + points(before.toString());
}

function told() {
  if (!asked) return;
  const label = bar().querySelector(".grow"), button = bar().querySelector("[data-do=take]");
  button.disabled = !picked;
  label.textContent = picked ? (picked.box ? `第 ${picked.page} 页所画的框` : `所选：${picked.text.slice(0, 40)}`)
    : "请在原文中选取这个值的文字；在页面图像上请拖动画框。";
}

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  if (!document.getElementById("source")?.contains(range.commonAncestorContainer)) return;
  const start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  picked = { start, end, text: chosen.toString().trim() };
  told();
});

function place(svg, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}

function stretch(event) {
  const [x, y] = place(began.svg, event), [left, top] = began.at;
  const box = [Math.min(x, left), Math.min(y, top), Math.max(x, left), Math.max(y, top)].map(each => Math.round(each * 10) / 10);
  drawn.setAttribute("x", box[0]);
  drawn.setAttribute("y", box[1]);
  drawn.setAttribute("width", box[2] - box[0]);
  drawn.setAttribute("height", box[3] - box[1]);
  return box;
}

document.addEventListener("pointerdown", event => {
  const svg = asked && event.target.closest?.("svg.boxes");
  if (!svg) return;
  event.preventDefault();
  drawn?.remove();
  drawn = document.createElementNS(SVG, "rect");
  drawn.setAttribute("class", "drawn");
  svg.append(drawn);
  svg.setPointerCapture(event.pointerId);
  began = { svg, at: place(svg, event) };
});
document.addEventListener("pointermove", event => { if (began) stretch(event); });
document.addEventListener("pointerup", event => {
  if (!began) return;
  const box = stretch(event);
  picked = box[2] - box[0] > 2 && box[3] - box[1] > 2 ? { page: +began.svg.dataset.page, box: box.join(" ") } : null;
  began = null;
  told();
});

export const pointing = () => asked !== null;

export function ask(target, version) {
  asked = { target, version };
  picked = null;
  document.body.classList.add("pointing");
  bar().hidden = false;
  show("source");
  told();
}

export function leave() {
  asked = picked = null;
  drawn?.remove();
  document.body.classList.remove("pointing");
  if (bar()) bar().hidden = true;
}

export function take() {
  const { review } = document.querySelector("[data-review]").dataset;
  const where = picked.box ? { page: picked.page, box: picked.box } : { start: picked.start, end: picked.end };
  htmx.ajax("POST", `/reviews/${review}/point`, { target: "#panel", swap: "outerHTML", values: { ...asked, ...where } });
  leave();
}

export function quote(form) {
  if (!picked || picked.box) { say("请先在原文中选取文字", true); return; }
  form.elements.start.value = picked.start;
  form.elements.end.value = picked.end;
  form.querySelector(".quoted span").textContent = `引用：${picked.text}`;
}
