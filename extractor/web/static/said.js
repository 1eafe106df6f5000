// What the server says, in a corner of the page; a refusal says why and what to do.
const said = () => document.getElementById("said");

export function say(text, wrong = false) {
  const toast = document.createElement("div"), line = document.createElement("p"), close = document.createElement("button");
  toast.className = wrong ? "toast wrong" : "toast";
  if (wrong) toast.setAttribute("role", "alert");
  line.textContent = text;
  close.type = "button";
  close.className = "quiet";
  close.dataset.do = "hush";
  close.setAttribute("aria-label", "关闭提示");
  close.textContent = "×";
  toast.append(line, close);
  said().replaceChildren(toast);
}

function why(request) {
  try { return JSON.parse(request.responseText).detail; } catch { return `没有完成（${request.status}）；请稍后重试`; }
}

document.addEventListener("htmx:responseError", event => {
  if (event.detail.xhr.status === 401) { location.href = "/login"; return; }
  say(why(event.detail.xhr), true);
});
document.addEventListener("htmx:sendError", () => say("连不上审核台；请确认它还开着，再试一次", true));
document.addEventListener("click", event => {
  if (event.target.closest("[data-do=hush]")) said().replaceChildren();
  const menu = event.target.closest("a") ? null : event.target.closest("details.menu");
  document.querySelectorAll("details.menu[open]").forEach(each => { if (each !== menu) each.open = false; });
});
