// What a little script makes nicer in the discussion: voting, answering and loading more in place, and commenting on
// words by selecting them. Without it all of this works by links and forms.
const thread = document.getElementById("discussion");
const form = document.getElementById("write");
const home = form && { parent: form.parentNode, next: form.nextSibling };
const said = document.getElementById("said");
const tell = (words) => { if (said) said.textContent = words; };

/* Voting */
thread?.addEventListener("click", async (event) => {
  const button = event.target.closest(".vote");
  if (!button) return;
  event.preventDefault();
  const up = button.value === "up";
  const body = new URLSearchParams(new FormData(document.getElementById("acts")));
  body.set("way", button.value);
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) { tell(told.error.message); return; }
    button.value = up ? "back" : "up";
    button.setAttribute("aria-pressed", String(up));
    button.querySelector(".votes").textContent = told.votes || "";
    tell(up ? "Recommended." : "Taken back.");
  } catch {
    tell("That did not reach the site. Please try again.");
  } finally {
    button.disabled = false;
  }
});

/* Answering */
function answer(link) {
  const conversation = link.closest(".talk");
  form.elements.parent.value = link.dataset.parent;
  const line = form.querySelector(".to-whom");
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.textContent = "Cancel";
  cancel.addEventListener("click", () => { goHome(); link.focus(); });
  const name = document.createElement("bdi");
  name.textContent = link.dataset.name;
  line.replaceChildren("In answer to ", name, cancel);
  line.hidden = false;
  aim("", "");
  conversation.append(form);
  form.elements.text.focus();
}

function goHome() {
  form.elements.parent.value = "";
  form.querySelector(".to-whom").hidden = true;
  home.parent.insertBefore(form, home.next);
}

thread?.addEventListener("click", (event) => {
  const link = event.target.closest(".reply");
  if (!link || !form || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  answer(link);
});

/* Commenting on a claim or on selected words */
function aim(claim, words, prefix = "", suffix = "") {
  const on = form.querySelector(".on-words");
  form.elements.claim.value = claim;
  form.elements.exact.value = claim ? "" : words;
  form.elements.prefix.value = prefix;
  form.elements.suffix.value = suffix;
  on.querySelector("blockquote").textContent = words;
  on.hidden = !words;
  const details = form.querySelector(".exact");
  if (details) details.hidden = Boolean(words);
}

function write() {
  goHome();
  form.scrollIntoView({ block: "center" });
  form.elements.text.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.comment-on, .choose a");
  if (!link || !form || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const claim = new URL(link.href).searchParams.get("claim");
  const passage = document.querySelector(`[data-claims~="${CSS.escape(claim)}"]`);
  const words = link.querySelector("q")?.textContent ?? passage?.textContent;
  if (!words) return;
  event.preventDefault();
  aim(claim, words.trim());
  write();
});
form?.querySelector(".whole").addEventListener("click", (event) => { event.preventDefault(); aim("", ""); form.elements.text.focus(); });

const choosing = document.createElement("button");
choosing.type = "button";
choosing.className = "choosing";
choosing.textContent = "Comment on these words";
choosing.hidden = true;
let chosen = null;

function selected() {
  const selection = getSelection();
  if (!form || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const first = range.startContainer.parentElement?.closest(".said");
  const last = range.endContainer.parentElement?.closest(".said");
  const words = selection.toString().replace(/\s+/g, " ").trim();
  if (!first || !last || words.length < 2 || words.length > 600) return null;
  const before = document.createRange();
  before.setStart(first, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(last, last.childNodes.length);
  return { words, prefix: before.toString().slice(-48), suffix: after.toString().slice(0, 48), box: range.getBoundingClientRect() };
}

if (form && document.querySelector(".said")) {
  document.body.append(choosing);
  document.addEventListener("selectionchange", () => {
    chosen = selected();
    choosing.hidden = !chosen;
    if (!chosen) return;
    const left = Math.max(8, Math.min(chosen.box.left, innerWidth - choosing.offsetWidth - 8));
    choosing.style.left = `${left + scrollX}px`;
    choosing.style.top = `${chosen.box.bottom + scrollY + 10}px`;
  });
  choosing.addEventListener("pointerdown", (event) => event.preventDefault());
  choosing.addEventListener("click", () => {
    const { words, prefix, suffix } = chosen;
    getSelection().removeAllRanges();
    aim("", words, prefix, suffix);
    write();
  });
}

/* The words that comments are on, marked in the report */
function rangeOf(words) {
  const wanted = words.replace(/\s+/g, " ").trim();
  for (const passage of document.querySelectorAll(".said")) {
    const places = [];
    let text = "";
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.data.length; at += 1) {
        const plain = /\s/.test(node.data[at]) ? " " : node.data[at];
        if (plain === " " && text.endsWith(" ")) continue;
        text += plain;
        places.push([node, at]);
      }
    }
    const at = text.indexOf(wanted);
    if (at < 0 || at + wanted.length > places.length) continue;
    const range = document.createRange();
    const [end, offset] = places[at + wanted.length - 1];
    range.setStart(...places[at]);
    range.setEnd(end, offset + 1);
    return range;
  }
  return null;
}

function markCommented() {
  if (!globalThis.Highlight || !document.querySelector(".said")) return;
  const ranges = [...document.querySelectorAll(".on:not(.orphaned) [data-exact]")].map((one) => rangeOf(one.dataset.exact));
  CSS.highlights.set("commented", new Highlight(...ranges.filter(Boolean)));
}

thread?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-exact]");
  const range = link && globalThis.Highlight && rangeOf(link.dataset.exact);
  if (!range) return;
  event.preventDefault();
  CSS.highlights.set("asked", new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
});
markCommented();

/* Loading more */
thread?.addEventListener("click", async (event) => {
  const link = event.target.closest(".more");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const more = [...page.querySelectorAll("#comments > .talk")];
    document.getElementById("comments").append(...more);
    more[0]?.querySelector(".comment").focus();
    const next = page.querySelector(".more");
    if (next) link.href = next.getAttribute("href");
    else link.parentElement.remove();
    tell(`${more.length} more comments.`);
    markCommented();
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
});
