/* The offline map page. All text from reports goes in as text, never as markup. */
"use strict";
(async () => {
  const $ = (id) => document.getElementById(id);

  // --- unpacking -------------------------------------------------------------------------------------------------

  function bytes(base64) {
    const letters = atob(base64);
    const found = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
    return found;
  }

  function unpack(packed) {
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  function carried(id) {
    return unpack(bytes($(id).textContent)).text();
  }

  function runLibrary(code) {
    return new Promise((done, failed) => {
      const script = el("script", { src: URL.createObjectURL(new Blob([code], { type: "text/javascript" })), onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  const library = carried("library"); // unpacked beside everything else
  const data = JSON.parse(await carried("data"));
  const sources = data.sources.map(([source, url, published, out]) => ({ source, url, published, out }));
  const quotes = data.quotes.map(([text, voices, source, against]) => ({ text, voices, against: Boolean(against), ...sources[source] }));
  for (const mark of data.marks) mark.quotes = mark.quotes.map((each) => quotes[each]);
  const idOf = (place) => data.marks[place].id;
  for (const symbol of data.symbols) symbol.ids = symbol.ids.map(idOf);
  for (const { properties } of data.labels) properties.ids = properties.ids.map(idOf);
  for (const { dots } of data.levels) for (const dot of dots) [dot[0], dot[1]] = [idOf(dot[0]), dot[1].map(idOf)];

  const marks = new Map(data.marks.map((mark) => [mark.id, mark]));
  const BUILT = ["areas", "leaders", "labels", "marks", "dots"];
  let spots = []; // the marks drawn at this zoom: {ids, symbol, button, marker}
  let level = null; // which of the layouts that is
  const sea = new Set(data.sea);
  let map = null;
  let mapIsDrawn = false;
  let isLate = false; // whether the filters changed while the map was loading what they left before
  let selected = []; // the ids of the marks in the card
  let shown = new Set(marks.keys()); // the marks that the filters leave
  let views = new Map(data.marks.map((mark) => [mark.id, null])); // each mark as it stands on the chosen days

  // A mark as it is shown; one of which nothing was known then is told as it is known now, by whoever asks for it.
  function view(id) {
    return views.get(id) || moment.view(marks.get(id), "", "") || marks.get(id);
  }

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "class") node.className = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  // --- words ---------------------------------------------------------------------------------------------------

  function quoteNode(quote) {
    const source = quote.url
      ? el("a", { href: quote.url, rel: "noopener noreferrer", target: "_blank" }, quote.source)
      : quote.source;
    const footer = el("footer", {}, quote.voices + " · ", source, quote.published ? " · " + quote.published : "");
    const against = quote.against ? el("span", { class: "against-word" }, "Says otherwise: ") : null;
    return el("blockquote", { class: quote.against ? "against" : "" }, el("p", {}, against, "“" + quote.text + "”"), footer);
  }

  function details(mark) {
    const lines = mark.lines.map((line) => el("p", {}, line));
    return [el("h2", {}, mark.title), ...lines, ...mark.quotes.map(quoteNode)];
  }

  function brief(mark) {
    const quote = mark.quotes[0];
    const said = quote ? el("p", {}, "“" + quote.text + "” ", el("span", { class: "quiet" }, quote.voices + ", " + quote.source)) : null;
    return el("div", {}, el("b", {}, mark.title), el("p", { class: "quiet" }, mark.lines[0] || ""), said);
  }

  // --- list, table, card ------------------------------------------------------------------------------------------

  const rows = new Map(); // for each mark its place in the list and in the table, and the view each of them shows

  function badge(mark) {
    if (mark.number) return el("span", { class: "number" }, String(mark.number));
    if (mark.kind !== "town") return el("span", { class: "number" }, "•");
    const [src, side] = data.chips[mark.chip];
    return el("img", { class: "chip", src, width: side, height: side, alt: "" });
  }

  function listItem(mark) {
    const button = el("button", { type: "button", "data-mark": mark.id, onclick: () => select([mark.id], true) });
    button.addEventListener("mouseenter", () => heat(mark.id, true));
    button.addEventListener("mouseleave", () => heat(mark.id, false));
    const row = { item: el("li", {}, button), button, line: el("tr", { "data-mark": mark.id }), listed: null, tabled: null };
    rows.set(mark.id, row);
    return row.item;
  }

  function fillItem(row, mark) {
    const words = el("span", {}, el("b", {}, mark.title), el("small", {}, mark.lines.slice(0, 2).join(" · ")));
    row.button.replaceChildren(badge(mark), words);
    row.listed = mark;
  }

  function fillLine(row, mark) {
    const open = el("button", { type: "button", onclick: () => select([mark.id], true) }, mark.title);
    const quotes = el("td", {}, ...mark.quotes.map(quoteNode));
    row.line.replaceChildren(el("td", {}, open), ...mark.cells.map((cell) => el("td", {}, cell)), quotes);
    row.tabled = mark;
  }

  // Only what changed is written anew, and the table only while it is seen; of a long list the rest when there is time.
  const FILLED_AT_ONCE = 100;
  let filling = 0;

  function fillLists() {
    const tableSeen = !$("table").hidden;
    clearTimeout(filling);
    const stale = [];
    for (const [id, row] of rows) {
      row.item.hidden = !shown.has(id) || !isInView(id);
      row.line.hidden = !shown.has(id);
      if (!shown.has(id)) continue;
      const mark = view(id);
      if (row.listed !== mark) stale.push([row, mark]);
      if (tableSeen && row.tabled !== mark) fillLine(row, mark);
    }
    fillSome(stale, 0);
  }

  function fillSome(stale, from) {
    for (const [row, mark] of stale.slice(from, from + FILLED_AT_ONCE)) fillItem(row, mark);
    const next = from + FILLED_AT_ONCE;
    if (next < stale.length) filling = setTimeout(fillSome, mapIsDrawn ? 20 : 300, stale, next);
  }

  function buildLists() {
    $("list").classList.toggle("long", data.marks.length > FILLED_AT_ONCE);
    $("list").replaceChildren(...data.marks.map(listItem));
    const head = el("tr", {}, ...data.columns.map((name) => el("th", { scope: "col" }, name)));
    const table = el("table", {}, el("caption", {}, "Every mark that the filters leave, with the sentences it rests on."), el("thead", {}, head));
    table.append(el("tbody", {}, ...[...rows.values()].map((row) => row.line)));
    $("table").replaceChildren(table);
    for (const kind of data.kinds) $("kind").append(el("option", { value: kind.kind }, kind.name));
    data.regions.forEach((region, number) => $("region").append(el("option", { value: number }, region.name)));
    $("regions").hidden = data.regions.length < 2;
    $("list").addEventListener("keydown", stepInList);
  }

  // Up and Down go through the list, so that Tab need not.
  function stepInList(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const open = [...rows.values()].filter((row) => !row.item.hidden).map((row) => row.button);
    open[open.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }

  // The lowest figure of any incident to the highest; figures of several are never added up.
  function tollsOf(ids) {
    const known = ids.map(view).filter((mark) => mark.least !== null);
    const [lows, highs] = [known.map((mark) => mark.least), known.map((mark) => mark.most ?? mark.least)];
    const [least, most] = [lows.reduce((a, b) => Math.min(a, b), Infinity), highs.reduce((a, b) => Math.max(a, b), 0)];
    return { known: known.length, span: least === most ? String(least) : least + "–" + most, isOpen: known.some((mark) => mark.most === null) };
  }

  function tolls(ids) {
    const { known, span, isOpen } = tollsOf(ids);
    if (!known) return ", no toll given";
    const missing = ids.length > known ? ", not given for " + (ids.length - known) : "";
    return ", toll " + span + (isOpen ? " or more" : "") + " each" + missing;
  }

  function tollSpan(ids) {
    const { known, span, isOpen } = tollsOf(ids);
    return known ? span + (isOpen ? "+" : "") : "?";
  }

  function headline(ids) {
    const towns = ids.every((id) => marks.get(id).kind === "town");
    return ids.length + (towns ? " towns" : " incidents" + tolls(ids));
  }

  function openTo(id) {
    const mark = view(id);
    return el("button", { type: "button", class: "of", onclick: () => select([id], true) }, el("b", {}, mark.title), el("br"), mark.lines[0] || "");
  }

  function select(ids, travel) {
    selected = ids.filter((id) => marks.has(id));
    fillCard();
    $("card").scrollTop = 0;
    for (const node of document.querySelectorAll("[data-mark]")) {
      node.setAttribute("aria-current", String(selected.includes(node.dataset.mark)));
    }
    press();
    $("tip").hidden = true;
    const at = selected.length === 1 && marks.get(selected[0]).at;
    if (at && travel && map && !map.getBounds().contains(at)) map.panTo(at, { animate: false });
    remember();
  }

  function fillCard() {
    const card = $("card");
    card.hidden = !selected.length;
    if (!selected.length) return;
    const close = el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => select([], false) }, "×");
    const first = views.get(selected[0]);
    const alone = first ? details(first) : [el("h2", {}, view(selected[0]).title), el("p", {}, "Nothing had been told of this on the days chosen.")];
    card.replaceChildren(close, ...(selected.length === 1 ? alone : [el("h2", {}, headline(selected)), ...selected.map(openTo)]));
  }

  function press() {
    for (const spot of spots) spot.button?.setAttribute("aria-pressed", String(spot.ids.some((id) => selected.includes(id))));
  }

  function selectSpot(spot) {
    select(spot.ids, false);
    if (matchMedia("(min-width: 761px)").matches) rows.get(spot.ids[0]).button.scrollIntoView({ block: "nearest" });
  }

  function heat(id, on) {
    for (const spot of spots) if (spot.ids.includes(id)) spot.button?.classList.toggle("hot", on);
  }

  function showTip(spot) {
    const tip = $("tip");
    const open = spot.ids;
    const head = open.length > 1 ? [el("p", {}, el("b", {}, headline(open)))] : [];
    tip.replaceChildren(...head, ...open.slice(0, 3).map((id) => brief(view(id))));
    if (open.length > 3) tip.append(el("p", { class: "quiet" }, "and " + (open.length - 3) + " more: open to read"));
    tip.hidden = false;
    const stage = $("stage").getBoundingClientRect();
    const box = spot.box();
    const left = Math.min(Math.max(4, box.left - stage.left - 20), stage.width - tip.offsetWidth - 4);
    const above = box.top - stage.top - tip.offsetHeight - 8;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = (above > 4 ? above : box.bottom - stage.top + 8) + "px";
    for (const id of open) {
      rows.get(id).button.classList.add("hot");
    }
  }

  function hideTip() {
    $("tip").hidden = true;
    for (const row of document.querySelectorAll("#list .hot")) row.classList.remove("hot");
  }

  // --- filters -----------------------------------------------------------------------------------------------------

  function passes(mark) {
    const wanted = $("search").value.trim().toLowerCase();
    const kind = $("kind").value;
    const [from, to] = [$("from").value, $("to").value];
    const now = views.get(mark.id);
    if (!now || (kind && mark.kind !== kind)) return false;
    if ((from || to) && mark.kind !== "town") {
      if (!mark.earliest && !mark.latest) return false; // a mark without a date lies in no stretch of time
      if (from && (mark.latest || mark.earliest) < from) return false;
      if (to && (mark.earliest || mark.latest) > to) return false;
    }
    return !wanted || moment.words(now).includes(wanted);
  }

  function isInView(id) {
    const at = marks.get(id).at;
    return !$("in-view").checked || !map || (at !== null && map.getBounds().contains(at));
  }

  function filter() {
    const [day, known] = [$("to").value, $("known").value];
    views = new Map(data.marks.map((mark) => [mark.id, moment.view(mark, day, known)]));
    shown = new Set(data.marks.filter(passes).map((mark) => mark.id));
    fillLists();
    tellCount();
    if (selected.length) fillCard();
    redrawMarks();
    drawHistogram();
    followSlider();
    remember();
  }

  function tellCount() {
    const all = data.marks.length;
    const listed = [...rows.values()].filter((row) => !row.item.hidden).length;
    const known = $("known").value;
    const out = data.reports.filter((day) => moment.wasOut(day, known)).length;
    const told = [(listed === all ? all : listed + " of " + all) + " marks"];
    const hasTowns = data.marks.some((mark) => mark.kind === "town" && shown.has(mark.id));
    if (hasTowns && $("to").value) told.push("towns as they stood on " + $("to").value);
    if (known) told.push("from " + out + " of " + data.reports.length + " reports, those out by " + known);
    if ($("from").value && $("to").value && $("from").value > $("to").value) told.push("the first day is after the last");
    $("count").textContent = told.join("; ");
  }

  // --- through time ----------------------------------------------------------------------------------------------

  const DAY = 864e5;
  const dated = data.marks.filter((mark) => mark.kind !== "town" && !Number.isNaN(Date.parse(mark.earliest)));
  const turns = data.marks.flatMap((mark) => (mark.kind === "town" ? mark.epochs.at(-1).days.map(([day]) => day) : []));
  const times = [...dated.map((mark) => mark.earliest), ...turns].map((day) => Date.parse(day)).filter((time) => !Number.isNaN(time));
  const [first, last] = [times.reduce((a, b) => Math.min(a, b), Infinity), times.reduce((a, b) => Math.max(a, b), -Infinity)];
  let playing = 0;

  function startSlider() {
    $("time").hidden = first >= last || times.length < 2;
    $("day").max = $("time").hidden ? 0 : Math.round((last - first) / DAY);
    $("day").addEventListener("input", () => (pause(), showUntil(Number($("day").value))));
    $("play").addEventListener("click", () => (playing ? pause() : play()));
    const out = data.reports.filter((day) => day).sort();
    $("knowing").hidden = out.length < 2;
    [$("known").min, $("known").max] = [out[0] || "", out.at(-1) || ""];
  }

  function showUntil(day) {
    // The far right is no limit at all, which brings back what has no date.
    $("to").value = day >= Number($("day").max) ? "" : new Date(first + day * DAY).toISOString().slice(0, 10);
    filter();
  }

  function followSlider() {
    if ($("time").hidden) return;
    const to = Date.parse($("to").value);
    $("day").value = Number.isNaN(to) ? $("day").max : Math.min(Number($("day").max), Math.max(0, Math.round((to - first) / DAY)));
    $("until").textContent = $("to").value || "the end";
    $("day").setAttribute("aria-valuetext", $("until").textContent);
  }

  function play() {
    const step = Math.max(1, Math.round(Number($("day").max) / 60));
    let day = Number($("day").value) >= Number($("day").max) ? -step : Number($("day").value);
    $("play").textContent = "Pause";
    $("count").setAttribute("aria-live", "off"); // five changes a second are no help to a listener
    playing = setInterval(() => {
      day += step;
      showUntil(day);
      if (day >= Number($("day").max)) pause();
    }, 200);
  }

  function pause() {
    clearInterval(playing);
    playing = 0;
    $("play").textContent = "Play";
    $("count").setAttribute("aria-live", "polite");
  }

  function drawHistogram() {
    const box = $("histogram");
    if (times.length < 2 || first >= last || !dated.length) return void (box.hidden = true);
    const bins = Math.min(60, Math.max(2, Math.round((last - first) / DAY) + 1));
    const counts = Array.from({ length: bins }, () => [0, 0]);
    for (const mark of dated) {
      const bin = Math.min(bins - 1, Math.floor(((Date.parse(mark.earliest) - first) / (last - first || 1)) * bins));
      if (counts[bin]) counts[bin][shown.has(mark.id) ? 1 : 0] += 1;
    }
    const most = Math.max(...counts.map(([out, inside]) => out + inside));
    box.replaceChildren(...counts.map(([out, inside]) => {
      const bar = el("i", { class: inside ? "in" : "" });
      bar.style.height = Math.round(((out + inside) / most) * 34) + "px";
      return bar;
    }));
  }

  // --- the address restores the view ----------------------------------------------------------------------------

  const FIELDS = { q: "search", kind: "kind", from: "from", to: "to", known: "known" };
  const SWITCHES = { disputed: ["disputed", true], inview: ["in-view", false] };
  let chosenTheme = null; // the theme, when it is not the system's

  function remember() {
    const state = new URLSearchParams();
    if (map) {
      const centre = map.getCenter();
      state.set("at", [map.getZoom().toFixed(2), centre.lat.toFixed(4), centre.lng.toFixed(4)].join("/"));
    }
    for (const [key, id] of Object.entries(FIELDS)) if ($(id).value) state.set(key, $(id).value);
    if (selected.length) state.set("mark", selected.join("|"));
    for (const [key, [id, usual]] of Object.entries(SWITCHES)) {
      if ($(id).checked !== usual) state.set(key, $(id).checked ? "on" : "off");
    }
    if (!$("table").hidden) state.set("view", "table");
    if (chosenTheme) state.set("theme", chosenTheme);
    history.replaceState(null, "", "#" + state);
  }

  // Sets every control as the address says, and gives what is left: where the map is, the open mark, the view.
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [key, id] of Object.entries(FIELDS)) $(id).value = state.get(key) || "";
    for (const [key, [id, usual]] of Object.entries(SWITCHES)) $(id).checked = state.has(key) ? state.get(key) === "on" : usual;
    chosenTheme = ["dark", "light"].includes(state.get("theme")) ? state.get("theme") : null;
    const at = (state.get("at") || "").split("/").map(Number);
    const isView = at.length === 3 && at.every(Number.isFinite) && Math.abs(at[1]) <= 85;
    return { at: isView ? at : null, mark: (state.get("mark") || "").split("|"), isTable: state.get("view") === "table" };
  }

  function systemTheme() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  // Somebody followed a link to another view of this page, or changed its address.
  function revisit() {
    pause();
    const state = recall();
    setTheme(chosenTheme || systemTheme());
    if (map && state.at) map.jumpTo({ zoom: state.at[0], center: [state.at[2], state.at[1]] });
    setView(state.isTable);
    showDisputed();
    filter();
    select(state.mark, false);
  }

  // --- the map -----------------------------------------------------------------------------------------------------

  const NOT_CARRIED = 410; // not 404, which the library takes for an empty tile

  let redraw = 0;
  function complain(event) {
    if (!event.error || event.error.status !== NOT_CARRIED) return console.error(event.error);
    clearTimeout(redraw);
    redraw = setTimeout(() => map.jumpTo({ center: map.getCenter() }), 60); // look for the zoom above
  }

  async function serve(request) {
    const [kind, ...rest] = request.url.slice("according://".length).split("/");
    if (kind.startsWith("sprite")) {
      if (request.type === "json") return { data: data.sprite.index };
      return { data: bytes(data.sprite.picture).buffer };
    }
    const stored = data[kind][rest.map(decodeURIComponent).join("/")];
    if (stored) return { data: kind === "tiles" ? await unpack(bytes(stored)).arrayBuffer() : bytes(stored).buffer };
    if (kind === "glyphs") return { data: bytes(data.noGlyphs).buffer };
    if (sea.has(rest.join("/"))) return { data: new ArrayBuffer(0) };
    // The library then draws the tile of the zoom above, enlarged.
    throw new maplibregl.AJAXError(NOT_CARRIED, "outside the part of the world this page carries", request.url, new Blob());
  }

  // The layouts are made for symbols of full size; smaller ones leave as much room as a closer zoom does.
  function levelAt(zoom) {
    const room = zoom - Math.log2(scale());
    return Math.max(0, data.levels.findLastIndex((each) => each.zoom <= room));
  }

  function point(at, properties) {
    return { type: "Feature", properties, geometry: { type: "Point", coordinates: at } };
  }

  function collection(features) {
    return { type: "FeatureCollection", features };
  }

  function markFeature(symbol, open, order) {
    const alone = { sprite: symbol.sprite, shift: symbol.shift, order };
    if (symbol.square || symbol.leader) {
      return point(symbol.at, symbol.square && open.length === 1 ? { ...alone, sprite: view(open[0]).sprites[0] } : alone);
    }
    const [single, crowd] = view(open[0]).sprites;
    if (open.length === 1) return point(symbol.at, { ...alone, sprite: single });
    const count = { ...alone, sprite: crowd, count: "×" + open.length, size: symbol.size * scale() };
    return point(symbol.at, symbol.spans && scale() === 1 ? { ...count, span: tollSpan(open) } : count);
  }

  // What is drawn at a level: each symbol with those of its marks that the filters leave.
  function drawnAt(number) {
    const here = data.levels[number];
    const found = { areas: [], leaders: [], marks: [], labels: [], dots: [], open: [] };
    for (const id of shown) {
      const { area, hatch } = view(id);
      if (hatch) found.areas.push({ ...area, properties: { sprite: hatch } });
    }
    for (const index of here.symbols) {
      const symbol = data.symbols[index];
      const open = symbol.ids.filter((id) => shown.has(id));
      if (!open.length) continue;
      found[symbol.leader ? "leaders" : "marks"].push(markFeature(symbol, open, index));
      if (!symbol.leader) found.open.push({ symbol, ids: open });
    }
    for (const index of here.labels) {
      const label = data.labels[index];
      if (!label.properties.ids.some((id) => shown.has(id))) continue;
      const shift = label.properties.shift.map((ems) => ems * scale());
      found.labels.push({ ...label, properties: { ...label.properties, shift } });
    }
    for (const [id, under, ...at] of here.dots) {
      if (shown.has(id) && !under.some((each) => shown.has(each))) found.dots.push(point(at, {}));
    }
    return found;
  }

  function redrawMarks() {
    if (!map || !map.getSource("marks")) return void (isLate = map !== null);
    level = levelAt(map.getZoom());
    const drawn = drawnAt(level);
    for (const name of BUILT) map.getSource(name).setData(collection(drawn[name]));
    placeButtons(drawn.open);
  }

  function changeLevel() {
    if (level !== null && levelAt(map.getZoom()) !== level) redrawMarks();
  }

  // Beyond this many symbols, buttons would slow the map down: then the map's own layer answers the pointer, and the
  // keyboard goes through the list and the table.
  const MOST_BUTTONS = 400;

  function placeButtons(open) {
    const focused = spots.find((spot) => spot.button && spot.button === document.activeElement);
    for (const spot of spots) spot.marker?.remove();
    spots = open.map(({ symbol, ids }) => spotFor(symbol, ids));
    if (spots.length <= MOST_BUTTONS) for (const spot of spots) addMarker(spot);
    press();
    if (focused) spots.find((spot) => spot.ids.includes(focused.ids[0]))?.button?.focus();
  }

  function spotFor(symbol, ids) {
    const spot = { ids, symbol, button: null, marker: null, box: () => boxOf(spot) };
    return spot;
  }

  function buttonFor(spot) {
    const { ids, symbol } = spot;
    const names = ids.map(view).map((mark) => mark.title + ". " + (mark.lines[0] || ""));
    spot.label = (ids.length > 1 ? headline(ids) + ": " : "") + names.join("; ");
    const button = el("button", { type: "button", class: "mark" + (symbol.square ? " square" : ""), "aria-label": spot.label });
    button.style.width = button.style.height = Math.max(24, symbol.reach * 2 * scale()) + "px";
    button.addEventListener("click", (event) => (event.stopPropagation(), selectSpot(spot)));
    for (const name of ["mouseenter", "focus"]) button.addEventListener(name, () => showTip(spot));
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, hideTip);
    return button;
  }

  function addMarker(spot) {
    const element = (spot.button = buttonFor(spot));
    const { symbol } = spot;
    const offset = symbol.shift.map((pixels) => pixels * scale());
    spot.marker = new maplibregl.Marker({ element, offset, anchor: "center" }).setLngLat(symbol.at).addTo(map);
    element.removeAttribute("role"); // the library calls it an image named "Map marker"; it is a button
    element.setAttribute("aria-label", spot.label);
    element.tabIndex = 0;
  }

  function middleOf({ symbol }) {
    const pixel = map.project(symbol.at);
    return [pixel.x + symbol.shift[0] * scale(), pixel.y + symbol.shift[1] * scale()];
  }

  function boxOf(spot) {
    const stage = $("stage").getBoundingClientRect();
    const [x, y] = middleOf(spot);
    const reach = spot.symbol.reach * scale();
    return { left: stage.left + x - reach, top: stage.top + y - reach, bottom: stage.top + y + reach };
  }

  function answerPointer() {
    let over = null;
    map.on("mousemove", (event) => {
      if (spots.length <= MOST_BUTTONS) return;
      const spot = spotUnder(event.point);
      if (spot === over) return;
      over = spot;
      map.getCanvas().style.cursor = spot ? "pointer" : "";
      hideTip();
      if (spot) showTip(spot);
    });
    map.on("click", (event) => {
      const spot = spots.length > MOST_BUTTONS && spotUnder(event.point);
      if (!spot) return;
      event.preventDefault();
      selectSpot(spot);
    });
  }

  function spotUnder(at) {
    // The last drawn lies on top.
    return spots.findLast((spot) => {
      const [x, y] = middleOf(spot);
      return Math.hypot(x - at.x, y - at.y) <= spot.symbol.reach * scale();
    });
  }

  function drawScale() {
    const km = 40075.017 * Math.cos((map.getCenter().lat * Math.PI) / 180) / (512 * 2 ** map.getZoom());
    const most = km * 120;
    const power = 10 ** Math.floor(Math.log10(most));
    const round = [5, 2, 1].map((step) => step * power).find((step) => step <= most);
    const bar = el("i");
    bar.style.width = round / km + "px";
    $("scale").replaceChildren((round < 1 ? round * 1000 + " m" : round + " km"), bar);
  }

  async function startMap(from) {
    // The worker of a page opened from a file may load no further script, so the shaping of Arabic and Hebrew is
    // put into the worker's own.
    await runLibrary(await library);
    const worker = await (await fetch(maplibregl.getWorkerUrl())).text();
    const whole = new Blob([worker, "\n", await carried("rtl")], { type: "text/javascript" });
    maplibregl.setWorkerUrl(URL.createObjectURL(whole));
    maplibregl.addProtocol("according", serve);
    const [zoom, latitude, longitude] = from || [];
    map = new maplibregl.Map({
      container: "map",
      ...(from ? { center: [longitude, latitude], zoom } : { bounds: data.bounds, fitBoundsOptions: { padding: padding(), maxZoom: data.mostZoom } }),
      minZoom: 0,
      maxZoom: 12,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 0,
    });
    level = levelAt(map.getZoom());
    map.setStyle(themed());
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.on("error", complain);
    map.on("render", () => document.documentElement.classList.remove("map-still"));
    map.on("idle", () => document.documentElement.classList.add("map-still"));
    map.on("move", drawScale);
    map.on("movestart", hideTip);
    map.on("zoom", changeLevel);
    map.on("moveend", () => {
      if ($("in-view").checked) (fillLists(), tellCount());
      remember();
    });
    map.once("load", () => {
      answerPointer();
      map.on("click", (event) => event.defaultPrevented || select([], false)); // after the marks had their turn
      drawScale();
      if (isLate) redrawMarks();
      else placeButtons(drawnAt(level).open);
      if ($("in-view").checked) (fillLists(), tellCount());
      remember();
      mapIsDrawn = true;
      $("picture")?.remove(); // it stood in until now
      document.documentElement.classList.add("map-ready");
    });
  }

  function goTo() {
    const region = data.regions[$("region").value];
    if (map) map.fitBounds(region ? region.bounds : data.bounds, { padding: padding(), maxZoom: data.mostZoom, animate: false });
  }

  function padding() {
    const small = $("stage").clientWidth < 700;
    return small ? { top: 70, bottom: 46, left: 60, right: 70 } : { top: 110, bottom: 80, left: 150, right: 170 };
  }

  function withoutMap() {
    $("no-map").hidden = false;
    $("scale").hidden = true;
    $("map").hidden = true;
    if ($("picture")) $("picture").hidden = false;
    document.documentElement.classList.add("map-missing");
  }

  // --- theme and views -------------------------------------------------------------------------------------------

  let share = 1; // of their full size that symbols have

  function scale() {
    return share;
  }

  function measure() {
    share = $("stage").clientWidth < 500 ? 0.72 : 1; // symbols leave a phone some map to see
  }

  function isDark() {
    return document.documentElement.dataset.theme === "dark";
  }

  function themed() {
    const layers = structuredClone(isDark() ? data.darkLayers : data.style.layers);
    for (const layer of layers) {
      if (layer.id === "marks" || layer.id === "leaders") layer.layout["icon-size"] = scale();
      if (layer.id.endsWith("disputed")) layer.layout = { ...layer.layout, visibility: $("disputed").checked ? "visible" : "none" };
    }
    const drawn = level === null ? null : drawnAt(level);
    const built = BUILT.map((name) => [name, { ...data.style.sources[name], data: collection(drawn ? drawn[name] : []) }]);
    return { ...data.style, sources: { ...data.style.sources, ...Object.fromEntries(built) }, layers };
  }

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    $("theme").textContent = theme === "dark" ? "Light" : "Dark";
    if (map) {
      map.setStyle(themed());
    }
  }

  function showDisputed() {
    if (map && map.getLayer("line-disputed")) {
      const visibility = $("disputed").checked ? "visible" : "none";
      for (const name of ["line-disputed", "names-disputed"]) map.setLayoutProperty(name, "visibility", visibility);
    }
    remember();
  }

  function setView(table) {
    $("table").hidden = !table;
    $("stage").hidden = table;
    $("show-map").setAttribute("aria-pressed", String(!table));
    $("show-table").setAttribute("aria-pressed", String(table));
    if (!table) measure();
    if (map && !table) map.resize();
    if (table) fillLists();
    remember();
  }

  function hasWebGL() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  buildLists();
  const state = recall();
  measure();
  addEventListener("resize", measure);
  setTheme(chosenTheme || systemTheme());
  if ($("picture")) $("picture").hidden = isDark() || state.at !== null; // it shows another view than the address asks for
  if (hasWebGL()) startMap(state.at);
  else withoutMap();
  $("theme").addEventListener("click", () => {
    chosenTheme = isDark() ? "light" : "dark";
    setTheme(chosenTheme);
    remember();
  });
  $("show-map").addEventListener("click", () => setView(false));
  $("show-table").addEventListener("click", () => setView(true));
  $("disputed").addEventListener("change", showDisputed);
  $("region").addEventListener("change", goTo);
  startSlider();
  $("filter").addEventListener("input", (event) => event.target.id === "day" || filter());
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", revisit);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideTip();
      select([], false);
    }
  });
  filter();
  if (state.isTable) setView(true);
  if (state.mark.some((id) => marks.has(id))) select(state.mark, false);
})();
