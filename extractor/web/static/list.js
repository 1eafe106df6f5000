// The list: dropping files, how much of them is sent, picking two to compare.
const form = document.getElementById("hand-in");

function chosen() {
  const names = [...document.getElementById("files").files].map(file => file.name);
  form.querySelector(".chosen").textContent = names.length > 3 ? `${names.slice(0, 3).join("、")} 等 ${names.length} 个文件` : names.join("、");
}

if (form) {
  const input = document.getElementById("files"), bar = form.querySelector("progress");
  input.addEventListener("change", () => { chosen(); if (input.files.length) form.requestSubmit(); });
  for (const kind of ["dragenter", "dragover"])
    document.addEventListener(kind, event => { event.preventDefault(); form.classList.add("over"); });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", event => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    chosen();
    form.requestSubmit();
  });
  form.addEventListener("htmx:xhr:progress", event => {
    if (!event.detail.lengthComputable || !event.detail.total) return;
    bar.hidden = event.detail.loaded >= event.detail.total;
    bar.value = 100 * event.detail.loaded / event.detail.total;
  });
  form.addEventListener("htmx:afterRequest", event => {
    bar.hidden = true;
    if (event.detail.successful) { form.reset(); chosen(); }
  });
}

function picks() {
  const button = document.getElementById("compare");
  if (button) button.disabled = document.querySelectorAll("[name=pick]:checked").length !== 2;
}

document.addEventListener("change", event => {
  if (event.target.id === "differing") document.body.classList.toggle("differing", event.target.checked);
  else picks();
});
document.addEventListener("htmx:afterSettle", picks);
picks();
