/* The offline map page. All text from reports goes in as text, never as markup. */
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const marks = new Map(data.marks.map((mark) => [mark.id, mark]));
  const BUILT = ["leaders", "labels", "marks", "dots"];
  let spots = []; // the marks drawn at this zoom: {ids, symbol, button, marker}
  let level = null; // which of the layouts that is
  const sea = new Set(data.sea);
  let map = null;
  let selected = []; // the ids of the marks in the card
  let shown = new Set(marks.keys());

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

  function badge(mark) {
    if (mark.number) return el("span", { class: "number" }, String(mark.number));
    if (!mark.paint) return el("span", { class: "number" }, "•");
    const chip = el("span", { class: "chip" }, mark.paint.letters);
    chip.style.background = mark.paint.colour;
    chip.style.color = mark.paint.ink;
    return chip;
  }

  function listItem(mark) {
    const words = el("span", {}, el("b", {}, mark.title), el("small", {}, mark.lines.slice(0, 2).join(" · ")));
    const button = el("button", { type: "button", "data-mark": mark.id, onclick: () => select([mark.id], true) }, badge(mark), words);
    button.addEventListener("mouseenter", () => heat(mark.id, true));
    button.addEventListener("mouseleave", () => heat(mark.id, false));
    return el("li", {}, button);
  }

  function tableRow(mark) {
    const open = el("button", { type: "button", onclick: () => select([mark.id], true) }, mark.title);
    const quotes = el("td", {}, ...mark.quotes.map(quoteNode));
    const cells = mark.cells.map((cell) => el("td", {}, cell));
    return el("tr", { "data-mark": mark.id }, el("td", {}, open), ...cells, quotes);
  }

  function buildLists() {
    $("list").replaceChildren(...data.marks.map(listItem));
    const head = el("tr", {}, ...data.columns.map((name) => el("th", { scope: "col" }, name)));
    const table = el("table", {}, el("caption", {}, "Every mark of the map, with the sentences it rests on."), el("thead", {}, head));
    table.append(el("tbody", {}, ...data.marks.map(tableRow)));
    $("table").replaceChildren(table);
    for (const kind of data.kinds) $("kind").append(el("option", { value: kind.kind }, kind.name));
    data.regions.forEach((region, number) => $("region").append(el("option", { value: number }, region.name)));
    $("regions").hidden = data.regions.length < 2;
  }

  function tolls(ids) {
    const known = ids.map((id) => marks.get(id).size).filter((size) => size !== null && size !== undefined).sort((a, b) => a - b);
    const [least, most] = [known[0], known.at(-1)];
    return known.length ? ", toll " + (least === most ? least : least + "–" + most) : "";
  }

  function headline(ids) {
    const towns = ids.every((id) => marks.get(id).kind === "town");
    return ids.length + (towns ? " towns" : " incidents" + tolls(ids));
  }

  function openTo(id) {
    const mark = marks.get(id);
    return el("button", { type: "button", class: "of", onclick: () => select([id], true) }, el("b", {}, mark.title), el("br"), mark.lines[0] || "");
  }

  function select(ids, travel) {
    selected = ids.filter((id) => marks.has(id));
    const card = $("card");
    card.hidden = !selected.length;
    if (selected.length) {
      const close = el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => select([], false) }, "×");
      const [first] = selected;
      const within = selected.length === 1 ? details(marks.get(first)) : [el("h2", {}, headline(selected)), ...selected.map(openTo)];
      card.replaceChildren(close, ...within);
      card.scrollTop = 0;
    }
    for (const node of document.querySelectorAll("[data-mark]")) {
      node.setAttribute("aria-current", String(selected.includes(node.dataset.mark)));
    }
    press();
    $("tip").hidden = true;
    const at = selected.length === 1 && marks.get(selected[0]).at;
    if (at && travel && map && !map.getBounds().contains(at)) map.panTo(at, { animate: false });
    remember();
  }

  function press() {
    for (const spot of spots) spot.button.setAttribute("aria-pressed", String(spot.ids.some((id) => selected.includes(id))));
  }

  function selectSpot(spot) {
    select(spot.ids, false);
    const row = document.querySelector('#list [data-mark="' + CSS.escape(spot.ids[0]) + '"]');
    if (row && matchMedia("(min-width: 761px)").matches) row.scrollIntoView({ block: "nearest" });
  }

  function heat(id, on) {
    for (const spot of spots) if (spot.ids.includes(id)) spot.button.classList.toggle("hot", on);
  }

  function showTip(spot) {
    const tip = $("tip");
    const open = spot.ids;
    const head = open.length > 1 ? [el("p", {}, el("b", {}, headline(open)))] : [];
    tip.replaceChildren(...head, ...open.slice(0, 3).map((id) => brief(marks.get(id))));
    if (open.length > 3) tip.append(el("p", { class: "quiet" }, "and " + (open.length - 3) + " more: open to read"));
    tip.hidden = false;
    const stage = $("stage").getBoundingClientRect();
    const box = spot.box();
    const left = Math.min(Math.max(4, box.left - stage.left - 20), stage.width - tip.offsetWidth - 4);
    const above = box.top - stage.top - tip.offsetHeight - 8;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = (above > 4 ? above : box.bottom - stage.top + 8) + "px";
    for (const id of open) {
      const row = document.querySelector('#list [data-mark="' + CSS.escape(id) + '"]');
      if (row) row.classList.add("hot");
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
    if (kind && mark.kind !== kind) return false;
    if ((from || to) && mark.kind !== "town") {
      if (!mark.earliest && !mark.latest) return false; // a mark without a date lies in no stretch of time
      if (from && (mark.latest || mark.earliest) < from) return false;
      if (to && (mark.earliest || mark.latest) > to) return false;
    }
    return !wanted || mark.words.includes(wanted);
  }

  function filter() {
    shown = new Set(data.marks.filter(passes).map((mark) => mark.id));
    for (const node of document.querySelectorAll("#list [data-mark]")) node.parentElement.hidden = !shown.has(node.dataset.mark);
    for (const node of document.querySelectorAll("#table [data-mark]")) node.hidden = !shown.has(node.dataset.mark);
    const all = data.marks.length;
    const inTime = ($("from").value || $("to").value) && data.marks.some((mark) => mark.kind === "town" && shown.has(mark.id));
    $("count").textContent = (shown.size === all ? all : shown.size + " of " + all) + " marks" + (inTime ? "; towns in their latest state" : "");
    redrawMarks();
    drawHistogram();
    followSlider();
    remember();
  }

  // --- through time ----------------------------------------------------------------------------------------------

  const DAY = 864e5;
  const dated = data.marks.filter((mark) => mark.kind !== "town" && !Number.isNaN(Date.parse(mark.earliest)));
  const times = dated.map((mark) => Date.parse(mark.earliest));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  let playing = 0;

  function startSlider() {
    $("time").hidden = first >= last || dated.length < 2;
    $("day").max = $("time").hidden ? 0 : Math.round((last - first) / DAY);
    $("day").addEventListener("input", () => (pause(), showUntil(Number($("day").value))));
    $("play").addEventListener("click", () => (playing ? pause() : play()));
  }

  function showUntil(day) {
    // The far right is no limit at all, which brings back what has no date.
    $("to").value = day >= Number($("day").max) ? "" : new Date(first + day * DAY).toISOString().slice(0, 10);
    filter();
  }

  function followSlider() {
    if ($("time").hidden) return;
    const to = Date.parse($("to").value);
    $("day").value = Number.isNaN(to) ? $("day").max : Math.round((to - first) / DAY);
    $("until").textContent = $("to").value || "the end";
    $("day").setAttribute("aria-valuetext", $("until").textContent);
  }

  function play() {
    const step = Math.max(1, Math.round(Number($("day").max) / 60));
    let day = Number($("day").value) >= Number($("day").max) ? -step : Number($("day").value);
    $("play").textContent = "Pause";
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
  }

  function drawHistogram() {
    const box = $("histogram");
    if (dated.length < 2) return void (box.hidden = true);
    const bins = Math.min(60, Math.max(2, Math.round((last - first) / 864e5) + 1));
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

  const FIELDS = { q: "search", kind: "kind", from: "from", to: "to" };

  function remember() {
    const state = new URLSearchParams();
    if (map) {
      const centre = map.getCenter();
      state.set("at", [map.getZoom().toFixed(2), centre.lat.toFixed(4), centre.lng.toFixed(4)].join("/"));
    }
    for (const [key, id] of Object.entries(FIELDS)) if ($(id).value) state.set(key, $(id).value);
    if (selected.length) state.set("mark", selected.join("|"));
    if (!$("disputed").checked) state.set("disputed", "off");
    if (!$("table").hidden) state.set("view", "table");
    history.replaceState(null, "", "#" + state);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [key, id] of Object.entries(FIELDS)) if (state.get(key)) $(id).value = state.get(key);
    const at = (state.get("at") || "").split("/").map(Number);
    const isView = at.length === 3 && at.every(Number.isFinite) && Math.abs(at[1]) <= 85;
    return { at: isView ? at : null, mark: (state.get("mark") || "").split("|"), view: state.get("view"), disputed: state.get("disputed") !== "off" };
  }

  // --- the map -----------------------------------------------------------------------------------------------------

  function bytes(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  }

  async function unpacked(base64) {
    const stream = new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

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
      return { data: bytes(data.sprite.png).buffer };
    }
    const stored = data[kind][rest.map(decodeURIComponent).join("/")];
    if (stored) return { data: await unpacked(stored) };
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
      const one = symbol.square && open.length === 1 && symbol.ids.length > 1;
      return point(symbol.at, one ? { ...alone, sprite: marks.get(open[0]).sprites[0] } : alone);
    }
    const [single, crowd] = marks.get(open[0]).sprites;
    if (open.length === 1) return point(symbol.at, { ...alone, sprite: single });
    return point(symbol.at, { ...alone, sprite: crowd, count: "×" + open.length, size: symbol.size * scale() });
  }

  // What is drawn at a level: each symbol with those of its marks that the filters leave.
  function drawnAt(number) {
    const here = data.levels[number];
    const found = { leaders: [], marks: [], labels: [], dots: [], open: [] };
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
    if (!map || !map.getSource("marks")) return;
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
    const focused = spots.find((spot) => spot.button === document.activeElement);
    for (const spot of spots) spot.marker?.remove();
    spots = open.map(({ symbol, ids }) => spotFor(symbol, ids));
    if (spots.length <= MOST_BUTTONS) for (const spot of spots) addMarker(spot);
    press();
    if (focused) spots.find((spot) => spot.ids.includes(focused.ids[0]))?.button.focus();
  }

  function spotFor(symbol, ids) {
    const names = ids.map((id) => marks.get(id)).map((mark) => mark.title + ". " + (mark.lines[0] || ""));
    const label = (ids.length > 1 ? headline(ids) + ": " : "") + names.join("; ");
    const button = el("button", { type: "button", class: "mark" + (symbol.square ? " square" : ""), "aria-label": label });
    const spot = { ids, symbol, button, label, marker: null, box: () => boxOf(spot) };
    button.style.width = button.style.height = Math.max(24, symbol.reach * 2 * scale()) + "px";
    button.addEventListener("click", (event) => (event.stopPropagation(), selectSpot(spot)));
    for (const name of ["mouseenter", "focus"]) button.addEventListener(name, () => showTip(spot));
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, hideTip);
    return spot;
  }

  function addMarker(spot) {
    const { button: element, symbol } = spot;
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
    const worker = await (await fetch(maplibregl.getWorkerUrl())).text();
    const whole = new Blob([worker, "\n", $("rtl").textContent], { type: "text/javascript" });
    maplibregl.setWorkerUrl(URL.createObjectURL(whole));
    maplibregl.addProtocol("according", serve);
    const [zoom, latitude, longitude] = from || [];
    map = new maplibregl.Map({
      container: "map",
      style: themed(),
      ...(from ? { center: [longitude, latitude], zoom } : { bounds: data.bounds, fitBoundsOptions: { padding: padding(), maxZoom: data.mostZoom } }),
      minZoom: 1,
      maxZoom: 12,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 0,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.on("error", complain);
    map.on("move", drawScale);
    map.on("movestart", hideTip);
    map.on("zoom", changeLevel);
    map.on("moveend", remember);
    map.once("load", () => {
      answerPointer();
      map.on("click", (event) => event.defaultPrevented || select([], false)); // after the marks had their turn
      drawScale();
      filter();
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
    if (data.picture) $("stage").append(el("img", { src: data.picture, alt: "The map as a picture; the list and the table give every mark in words." }));
    document.documentElement.classList.add("map-missing");
  }

  // --- theme and views -------------------------------------------------------------------------------------------

  function scale() {
    return $("stage").clientWidth < 500 ? 0.72 : 1; // symbols leave a phone some map to see
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

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("theme").textContent = dark ? "Light" : "Dark";
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
    if (map && !table) map.resize();
    remember();
  }

  function hasWebGL() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  buildLists();
  const state = recall();
  $("disputed").checked = state.disputed;
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
  if (hasWebGL()) startMap(state.at);
  else withoutMap();
  $("theme").addEventListener("click", () => setTheme(!isDark()));
  $("show-map").addEventListener("click", () => setView(false));
  $("show-table").addEventListener("click", () => setView(true));
  $("disputed").addEventListener("change", showDisputed);
  $("region").addEventListener("change", goTo);
  startSlider();
  $("filter").addEventListener("input", (event) => event.target.id === "day" || filter());
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideTip();
      select([], false);
    }
  });
  filter();
  if (state.view === "table") setView(true);
  if (state.mark.some((id) => marks.has(id))) select(state.mark, false);
})();
