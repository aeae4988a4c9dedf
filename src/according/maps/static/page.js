/* The offline map page. All text from reports goes in as text, never as markup. */
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const marks = new Map(data.marks.map((mark) => [mark.id, mark]));
  const spots = []; // the map's symbols: {ids, button}
  const sea = new Set(data.sea);
  let map = null;
  let selected = null;
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
    return [el("h3", {}, mark.title), ...lines, ...mark.quotes.map(quoteNode)];
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
    const button = el("button", { type: "button", "data-mark": mark.id, onclick: () => select(mark.id, true) }, badge(mark), words);
    button.addEventListener("mouseenter", () => heat(mark.id, true));
    button.addEventListener("mouseleave", () => heat(mark.id, false));
    return el("li", {}, button);
  }

  function tableRow(mark) {
    const open = el("button", { type: "button", onclick: () => select(mark.id, true) }, mark.title);
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
  }

  function select(id, travel) {
    selected = id;
    const mark = marks.get(id);
    const card = $("card");
    card.hidden = !mark;
    if (mark) {
      const close = el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => select(null, false) }, "×");
      card.replaceChildren(close, ...details(mark));
      card.scrollTop = 0;
    }
    for (const node of document.querySelectorAll("[data-mark]")) {
      node.setAttribute("aria-current", String(node.dataset.mark === id));
    }
    for (const spot of spots) spot.button.setAttribute("aria-pressed", String(spot.ids.includes(id)));
    $("tip").hidden = true;
    if (mark && travel && map && mark.at && !map.getBounds().contains(mark.at)) map.panTo(mark.at, { animate: false });
    remember();
  }

  function selectSpot(spot) {
    // Several incidents in one symbol: each tap opens the next.
    const open = spot.ids.filter((id) => shown.has(id));
    const next = open[(open.indexOf(selected) + 1) % open.length];
    select(next, false);
    const row = document.querySelector('#list [data-mark="' + CSS.escape(next) + '"]');
    if (row && matchMedia("(min-width: 761px)").matches) row.scrollIntoView({ block: "nearest" });
  }

  function heat(id, on) {
    for (const spot of spots) if (spot.ids.includes(id)) spot.button.classList.toggle("hot", on);
  }

  function showTip(spot) {
    const tip = $("tip");
    const open = spot.ids.filter((id) => shown.has(id));
    if (!open.length) return;
    tip.replaceChildren(...open.slice(0, 3).map((id) => brief(marks.get(id))));
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
    for (const spot of spots) spot.button.classList.toggle("out", !spot.ids.some((id) => shown.has(id)));
    const all = data.marks.length;
    $("count").textContent = shown.size === all ? all + " marks" : shown.size + " of " + all + " marks";
    if (map && map.getLayer("marks")) {
      const orders = spots.filter((spot) => spot.ids.some((id) => shown.has(id))).map((spot) => spot.order);
      map.setFilter("marks", shown.size === all ? null : ["in", ["get", "order"], ["literal", orders]]);
    }
    drawHistogram();
    remember();
  }

  function drawHistogram() {
    const dated = data.marks.filter((mark) => mark.earliest && mark.kind !== "town");
    const box = $("histogram");
    if (dated.length < 2) return void (box.hidden = true);
    const times = dated.map((mark) => Date.parse(mark.earliest)).filter((time) => !Number.isNaN(time));
    const [first, last] = [Math.min(...times), Math.max(...times)];
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
    if (selected) state.set("mark", selected);
    if (!$("table").hidden) state.set("view", "table");
    history.replaceState(null, "", "#" + state);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [key, id] of Object.entries(FIELDS)) if (state.get(key)) $(id).value = state.get(key);
    const at = (state.get("at") || "").split("/").map(Number);
    const isView = at.length === 3 && at.every(Number.isFinite) && Math.abs(at[1]) <= 85;
    return { at: isView ? at : null, mark: state.get("mark"), view: state.get("view") };
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

  function placeButton(symbol, order) {
    const names = symbol.ids.map((id) => marks.get(id)).map((mark) => mark.title + ". " + (mark.lines[0] || ""));
    const button = el("button", { type: "button", class: "mark" + (symbol.square ? " square" : ""), "data-label": names.join("; ") });
    const spot = { ids: symbol.ids, order, button, box: () => button.getBoundingClientRect() };
    button.style.width = button.style.height = Math.max(24, symbol.reach * 2 * scale()) + "px";
    button.addEventListener("click", (event) => (event.stopPropagation(), selectSpot(spot)));
    for (const name of ["mouseenter", "focus"]) button.addEventListener(name, () => showTip(spot));
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, hideTip);
    spots.push(spot);
    return button;
  }

  // Beyond this many symbols, buttons would slow the map down: then the map's own layer answers the pointer, and the
  // keyboard goes through the list and the table.
  const MOST_BUTTONS = 400;

  function answerPointer() {
    data.symbols.forEach(placeButton);
    spots.forEach((spot, order) => {
      const { at, shift, reach } = data.symbols[order];
      spot.box = () => {
        const stage = $("stage").getBoundingClientRect();
        const pixel = map.project(at);
        const [x, y] = [stage.left + pixel.x + shift[0] * scale(), stage.top + pixel.y + shift[1] * scale()];
        return { left: x - reach, top: y - reach, bottom: y + reach };
      };
    });
    let over = null;
    map.on("mousemove", (event) => {
      const spot = spotUnder(event.point);
      if (spot === over) return;
      over = spot;
      map.getCanvas().style.cursor = spot ? "pointer" : "";
      hideTip();
      if (spot) showTip(spot);
    });
    map.on("click", (event) => {
      const spot = spotUnder(event.point);
      if (!spot) return;
      event.preventDefault();
      selectSpot(spot);
    });
  }

  function spotUnder(point) {
    // The last drawn lies on top.
    return spots.findLast((spot) => {
      const { at, shift, reach } = data.symbols[spot.order];
      const pixel = map.project(at);
      const away = Math.hypot(pixel.x + shift[0] * scale() - point.x, pixel.y + shift[1] * scale() - point.y);
      return away <= reach * scale() && spot.ids.some((id) => shown.has(id));
    });
  }

  function addButtons() {
    if (data.symbols.length > MOST_BUTTONS) return answerPointer();
    data.symbols.forEach((symbol, order) => {
      const element = placeButton(symbol, order);
      const offset = symbol.shift.map((pixels) => pixels * scale());
      new maplibregl.Marker({ element, offset, anchor: "center" }).setLngLat(symbol.at).addTo(map);
      element.removeAttribute("role"); // the library calls it an image named "Map marker"; it is a button
      element.setAttribute("aria-label", element.dataset.label);
      element.tabIndex = 0;
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
    map.on("moveend", remember);
    map.once("load", () => {
      addButtons();
      map.on("click", (event) => event.defaultPrevented || select(null, false)); // after the marks had their turn
      drawScale();
      filter();
      document.documentElement.classList.add("map-ready");
    });
  }

  function padding() {
    const small = $("stage").clientWidth < 700;
    return small ? { top: 70, bottom: 36, left: 40, right: 60 } : { top: 110, bottom: 70, left: 90, right: 140 };
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
    layers.find((layer) => layer.id === "marks").layout["icon-size"] = scale();
    const names = layers.find((layer) => layer.id === "site-names").layout;
    names["text-radial-offset"] = ["*", scale(), names["text-radial-offset"]];
    return { ...data.style, layers };
  }

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("theme").textContent = dark ? "Light" : "Dark";
    if (map) {
      map.setStyle(themed());
      map.once("idle", filter);
    }
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
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
  if (hasWebGL()) startMap(state.at);
  else withoutMap();
  $("theme").addEventListener("click", () => setTheme(!isDark()));
  $("show-map").addEventListener("click", () => setView(false));
  $("show-table").addEventListener("click", () => setView(true));
  $("filter").addEventListener("input", filter);
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideTip();
      select(null, false);
    }
  });
  filter();
  if (state.view === "table") setView(true);
  if (marks.has(state.mark)) select(state.mark, false);
})();
