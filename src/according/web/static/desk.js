// The desk without waiting: answers take the place of the panes that differ, keys press the buttons that show them.
// Everything here is also done by plain links and forms.

const PANES = ["desk-head", "progress", "claims", "text", "inspector"];
const FIELDS = "input:not([type=hidden]), select, textarea";
const screen = document.querySelector("[data-coding]");
const said = document.getElementById("said");
const phone = matchMedia("(max-width: 46rem)");
let asked = 0;
let sending = false;

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button) setTimeout(() => { button.disabled = true; button.textContent = form.dataset.busy; });
  });
}
document.addEventListener("keydown", (event) => {
  if (isTyping(event.target)) return typing(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (screen && (event.key === "j" || event.key === "k")) step(event.key === "j" ? 1 : -1);
  else if (screen && event.key === "e") document.querySelector("[data-focus]")?.focus();
  else {
    if (screen) offer(); // a key may come before word of the selection does
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});

function isTyping(element) {
  return element instanceof HTMLElement && element.matches("input, select, textarea");
}

function typing(event) {
  if (event.key === "Escape") event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form?.querySelector("[data-save]")?.click();
  }
}

if (screen) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-live]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.getSelection().isCollapsed) return;
    event.preventDefault();
    mark(link.href);
    show(link.href).then(() => { if (phone.matches) document.getElementById("inspector").scrollIntoView(); });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const address = event.submitter?.getAttribute("formaction") || form.getAttribute("action");
    if (sending) return;
    sending = true;
    show(address, { method: "POST", body }).finally(() => { sending = false; });
  });
  document.addEventListener("selectionchange", offer);
  document.addEventListener("input", (event) => { if (event.target.matches(FIELDS)) differ(event.target); });
  window.addEventListener("popstate", () => show(location.href, {}, false));
  for (const button of document.querySelectorAll("[data-fill]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => fill(button.dataset.fill));
  }
  document.querySelector("[data-pick]").hidden = false;
  reveal();
}

async function show(address, how = {}, remember = true) {
  const turn = ++asked;
  const held = place(document.activeElement);
  screen.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...how, headers: { Accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    if (!page.getElementById("inspector")) throw new Error(page.querySelector("h1, .mistake")?.textContent || "The desk did not answer.");
    for (const name of PANES) swap(document.getElementById(name), page.getElementById(name));
    if (remember && answer.ok) history.pushState(null, "", answer.url);
    said.textContent = document.querySelector("#inspector [role=alert], #progress p")?.textContent ?? "";
    reveal();
    regain(held);
  } catch (error) {
    said.textContent = `${error.message}`;
    tell(error.message);
  } finally {
    if (turn === asked) screen.removeAttribute("aria-busy");
  }
}

function swap(old, fresh) {
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return;
  const at = old.scrollTop;
  old.replaceChildren(...fresh.childNodes);
  old.scrollTop = at;
}

// What has the focus, in words that find it again, or what does its work, once the panes have changed.
function place(element) {
  const pane = PANES.find((name) => document.getElementById(name)?.contains(element));
  if (!pane || element.id === pane) return null;
  const row = element.closest("li[id]");
  const marks = ["data-key", "data-save", "formaction", "name", "href"].filter((name) => element.hasAttribute(name));
  const tries = marks.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  return { pane, tries: row ? tries.map((one) => `#${row.id} ${one}`) : tries };
}

function regain(held) {
  const inspector = document.getElementById("inspector");
  const alert = inspector.querySelector("[role=alert]");
  if (alert) {
    alert.tabIndex = -1;
    alert.focus();
    return;
  }
  if (!held || document.body !== document.activeElement) return;
  const pane = document.getElementById(held.pane);
  const again = held.tries.map((one) => pane.querySelector(one)).find((one) => one);
  (again ?? inspector).focus({ preventScroll: true });
}

function tell(message) {
  const line = document.createElement("p");
  line.className = "trouble";
  line.setAttribute("role", "alert");
  line.textContent = message;
  document.querySelector("#inspector .trouble")?.remove();
  document.getElementById("inspector").prepend(line);
}

function reveal() {
  const first = [document.querySelector("#claims li.chosen"), document.querySelector("#text .chosen")];
  for (const chosen of first.filter((one) => one)) {
    const pane = chosen.closest(".scrolls");
    const [box, frame] = [chosen.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (pane.scrollHeight > pane.clientHeight && (box.top < frame.top || box.bottom > frame.bottom)) {
      pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
    }
  }
}

function rows() {
  return [...document.querySelectorAll("#claims .pickrow")];
}

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.closest("li").classList.contains("chosen"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next && all.indexOf(next) !== at) { mark(next.href); show(next.href); }
}

function mark(address) {
  for (const row of rows()) row.closest("li").classList.toggle("chosen", row.href === address);
}

function selected() {
  const selection = window.getSelection();
  const text = document.getElementById("text");
  if (selection.isCollapsed || !selection.rangeCount || !text.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const from = range.startContainer.parentElement?.closest("[data-start]");
  const words = selection.toString().trim();
  if (!words) return null;
  const before = from ? [...range.startContainer.textContent.slice(0, range.startOffset)].length : 0;
  return { words, start: from ? Number(from.dataset.start) + before : null };
}

function offer() {
  const none = selected() === null;
  for (const button of document.querySelectorAll("[data-fill]")) {
    button.disabled = none || (button.dataset.fill !== "new" && !document.querySelector("[data-tell] [data-save]"));
  }
}

function fill(role) {
  const chosen = selected();
  if (!chosen) return;
  if (role === "new") {
    const start = chosen.start === null ? "" : `&start=${chosen.start}`;
    show(`${screen.dataset.coding}?claim=new&quote=${encodeURIComponent(chosen.words)}${start}`);
    window.getSelection().removeAllRanges();
    return;
  }
  const field = document.querySelector(`[data-tell] [data-role="${role}"]`);
  if (!field) return;
  field.value = chosen.words;
  differ(field);
}

function differ(field) {
  if (!field.closest("[data-tell]") || field.name === "reason") return;
  const before = field.matches("select") ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue;
  field.classList.toggle("differs", field.value !== before);
}
