// What was read from a marked passage, shown beside it: on pointing, on focus, on tapping. Without this script the
// passages are links to their claims.
const places = new Map([...document.querySelectorAll("[data-claim]")].map((card) => [card.dataset.claim, card]));
const panel = document.createElement("div");
panel.className = "panel";
panel.id = "claim-panel";
panel.hidden = true;
panel.setAttribute("role", "status");
document.body.append(panel);
const narrow = matchMedia("(max-width: 60rem)");
const hovers = matchMedia("(hover: hover)");
let shown = null;
let leaving = 0;

const claimsOf = (passage) => passage.dataset.claims.split(" ").map((id) => places.get(id)).filter(Boolean);

function light(passage, on) {
  passage.classList.toggle("hot", on);
  for (const card of claimsOf(passage)) card.classList.toggle("hot", on);
}

function copyOf(card) {
  const part = document.createElement("section");
  const details = card.querySelector("details");
  if (!details) {
    part.append(card.querySelector(".brief").cloneNode(true));
    return part;
  }
  const head = document.createElement("p");
  head.className = "head";
  head.append(...[...details.querySelector("summary").childNodes].map((node) => node.cloneNode(true)));
  head.querySelectorAll(".gist").forEach((gist) => gist.remove());
  part.append(head, ...[...details.children].slice(1).map((node) => node.cloneNode(true)));
  part.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
  return part;
}

function show(passage) {
  clearTimeout(leaving);
  if (shown === passage) return;
  hide();
  shown = passage;
  light(passage, true);
  panel.replaceChildren(...claimsOf(passage).map(copyOf));
  panel.hidden = false;
  passage.setAttribute("aria-describedby", panel.id);
  if (narrow.matches) {
    panel.style.removeProperty("inset-block-start");
    panel.style.removeProperty("left");
    return;
  }
  const box = passage.getClientRects()[0];
  const left = Math.max(12, Math.min(box.left, innerWidth - panel.offsetWidth - 12));
  const last = passage.getBoundingClientRect();
  const below = last.bottom + 8;
  const fits = below + panel.offsetHeight < innerHeight || box.top < panel.offsetHeight + 12;
  panel.style.left = `${left + scrollX}px`;
  panel.style.insetBlockStart = `${(fits ? below : box.top - panel.offsetHeight - 8) + scrollY}px`;
}

function hide() {
  if (!shown) return;
  light(shown, false);
  shown.removeAttribute("aria-describedby");
  shown = null;
  panel.hidden = true;
}

const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 180); };

for (const passage of document.querySelectorAll(".read")) {
  passage.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse" && hovers.matches) show(passage); });
  passage.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
  passage.addEventListener("focus", () => { if (passage.matches(":focus-visible")) show(passage); });
  passage.addEventListener("blur", leave);
  passage.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const again = shown === passage && panel.dataset.kept === "yes";
    if (again) { panel.dataset.kept = ""; hide(); return; }
    show(passage);
    panel.dataset.kept = "yes";
    history.replaceState(null, "", passage.hash);
  });
}
panel.addEventListener("pointerenter", () => clearTimeout(leaving));
panel.addEventListener("pointerleave", leave);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
document.addEventListener("pointerdown", (event) => {
  if (shown && !panel.contains(event.target) && !event.target.closest(".read")) hide();
});

for (const card of places.values()) {
  const passages = [...document.querySelectorAll(".read")].filter((one) => one.dataset.claims.split(" ").includes(card.dataset.claim));
  card.addEventListener("pointerenter", () => passages.forEach((one) => one.classList.add("hot")));
  card.addEventListener("pointerleave", () => passages.forEach((one) => one.classList.remove("hot")));
}

function openAsked() {
  const asked = location.hash.startsWith("#claim-") && document.getElementById(location.hash.slice(1));
  const details = asked && asked.querySelector("details");
  if (details) { details.open = true; asked.scrollIntoView({ block: "center" }); }
}
addEventListener("hashchange", openAsked);
openAsked();
