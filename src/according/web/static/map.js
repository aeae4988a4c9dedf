// The map of the front page: incidents and towns that fit the choices, over the world; all of it served from here.
const frame = document.querySelector(".world");
const stage = frame.querySelector(".stage");
const dark = matchMedia("(prefers-color-scheme: dark)");
const BETWEEN = frame.dataset.between;
const asked = frame.dataset.asked;
let version = "";

const load = (address) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = address;
  script.onload = done;
  script.onerror = () => failed(new Error(`${address} did not load`));
  document.head.append(script);
});

const json = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

function styled() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/map/maplibre-gl.css";
  document.head.prepend(sheet);
}

// Symbols are drawn by the server, as those of its pictures are. What a map lacks is fetched together; nothing stands in
// for a symbol until it is there.
const MOST_LOOKS = 60;
const NOTHING = { width: 1, height: 1, data: new Uint8Array(4) };
let wanted = [];

function want(map, name) {
  if (map.hasImage(name)) return;
  map.addImage(name, NOTHING);
  if (!wanted.length) setTimeout(() => fetchLooks(map), 8);
  wanted.push(name);
}

function fetchLooks(map) {
  const names = wanted;
  wanted = [];
  for (let first = 0; first < names.length; first += MOST_LOOKS) {
    drawLooks(map, names.slice(first, first + MOST_LOOKS)).catch((problem) => console.warn("symbols are missing:", problem.message));
  }
}

async function drawLooks(map, names) {
  const query = new URLSearchParams(names.map((name) => ["look", name]));
  query.set("v", version);
  const [index, sheet] = await Promise.all([json(`/tiles/looks.json?${query}`), picture(`/tiles/looks.png?${query}`)]);
  const paper = document.createElement("canvas");
  [paper.width, paper.height] = [sheet.width, sheet.height];
  const pen = paper.getContext("2d", { willReadFrequently: true });
  pen.drawImage(sheet, 0, 0);
  for (const [name, { x, y, width, height, pixelRatio }] of Object.entries(index)) {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, pen.getImageData(x, y, width, height), { pixelRatio });
  }
}

async function picture(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return createImageBitmap(await answer.blob());
}

const text = (field) => ["to-string", ["coalesce", ["get", field], ""]];
const several = [">", ["get", "count"], 1];
// Whole pixels, so that few symbols differ: by the toll of one incident, or by how many a mark stands for.
const radius = ["round", ["case", several, ["min", 26, ["+", 14, ["*", 2, ["ln", ["get", "count"]]]]],
  ["+", 9, ["*", 15, ["sqrt", ["/", ["min", 100, ["coalesce", ["get", "least"], 0]], 100]]]]]];
const symbol = ["concat", "mark:", ["case", several, "none", text("kind")], ":", ["to-string", radius], ":",
  ["case", several, "unclear", text("status")], ":", text("rings"), ":", ["match", text("grade"), ["weak", "discounted"], "1", "0"]];
const square = ["concat", "town:", text("holders"), "|", text("besiegers"), "|", text("claimed"), "|", ["case", ["==", ["get", "denied"], true], "1", "0"]];
const span = ["case", ["!", ["has", "least"]], "", ["==", ["get", "open"], true], ["concat", text("least"), "+"],
  ["==", ["get", "least"], ["get", "most"]], text("least"), ["concat", text("least"), "–", text("most")]];

function marks(map) {
  const paper = dark.matches ? "#17181a" : "#ffffff";
  map.addSource("told", { type: "vector", url: new URL(`/tiles.json${asked}`, location.href).href });
  const from = { source: "told", "source-layer": "incidents" };
  // A square hangs beside its place, so that a mark there leaves it to be seen.
  map.addLayer({
    id: "places-of-towns", type: "circle", source: "told", "source-layer": "towns",
    paint: { "circle-radius": 2.6, "circle-color": dark.matches ? "#f3f3f1" : "#171715", "circle-stroke-color": paper, "circle-stroke-width": 1.2 },
  });
  map.addLayer({
    id: "marks", type: "symbol", ...from,
    layout: { "icon-image": symbol, "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["coalesce", ["get", "least"], 0] },
  });
  map.addLayer({
    id: "counts", type: "symbol", ...from, filter: several,
    layout: {
      "text-field": ["format", ["concat", "×", text("count")], {}, "\n", {}, span, { "font-scale": 0.75 }],
      "text-font": ["Noto Sans Bold"], "text-size": 12, "text-line-height": 0.95, "text-allow-overlap": true, "text-ignore-placement": true,
    },
    paint: { "text-color": "#ffffff" },
  });
  map.addLayer({
    id: "towns", type: "symbol", source: "told", "source-layer": "towns",
    layout: {
      "icon-image": square, "icon-size": 0.8, "icon-anchor": "top-left", "icon-offset": [8, 8], "icon-allow-overlap": false, "icon-padding": 1,
      "text-field": ["step", ["zoom"], "", 5, ["get", "name"]], "text-font": ["Noto Sans Bold"], "text-size": 12, "text-anchor": "left", "text-offset": [3, 1.9], "text-optional": true,
    },
    paint: { "text-color": dark.matches ? "#f3f3f1" : "#171715", "text-halo-color": paper, "text-halo-width": 1.5 },
  });
}

function entry(title, address, said) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  const more = document.createElement("span");
  more.className = "meta";
  more.textContent = said;
  item.append(link, more);
  return item;
}

function told(features, more) {
  const list = document.createElement("ul");
  list.className = "plain";
  for (const { properties: one } of features.slice(0, 12)) {
    list.append(entry(one.title, new URL(one.address).pathname, `${one.when} · ${one.toll || "no toll told"} · graded ${one.grade}`));
  }
  if (features.length > 12 || more) list.append(entry("All of them", more, ""));
  return list;
}

const page = (referent) => `/place/${referent.replace(/^place:/, "")}`;

async function within(one) {
  if (one.id) return told([await json(`/incident/${one.id.replace("incident:", "")}.geojson`)]);
  const query = new URLSearchParams(frame.dataset.choices);
  query.set("place", one.place);
  const { features } = await json(`/feed.geojson?${query}`);
  return told(features, page(one.place));
}

function town(one) {
  const list = document.createElement("ul");
  list.className = "plain";
  const own = one.claimed ? one.claimed.split(BETWEEN) : [];
  const holders = one.holders ? one.holders.split(BETWEEN).map((who) => (own.includes(who) ? `${who} (its own word alone)` : who)) : [];
  const verb = one.state === "held" && own.length ? "claimed" : one.state;
  const held = holders.length ? `${verb} by ${holders.join(", ")}${one.denied ? "; others say otherwise" : ""}` : "state reported, holder not told";
  const siege = one.besiegers ? `; besieged by ${one.besiegers.split(BETWEEN).join(", ")}` : "";
  list.append(entry(one.name, page(one.place), `last reported ${held}${siege}`));
  return list;
}

async function open(map, event) {
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ["marks", "towns"] });
  if (!feature) return;
  const one = feature.properties;
  const at = feature.geometry.coordinates;
  const isTown = feature.layer.id === "towns";
  if (!isTown && !one.id && !one.place) { map.easeTo({ center: at, zoom: map.getZoom() + 2 }); return; }
  const popup = new maplibregl.Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(at).setHTML("…").addTo(map);
  try {
    popup.setDOMContent(isTown ? town(one) : await within(one));
  } catch {
    popup.setText("This could not be fetched; the list below has it too.");
  }
}

// What belongs to the map comes from wherever the page came from, whatever name of the site the style was written with.
function here(url) {
  const { pathname, search } = new URL(url, location.href);
  return { url: location.origin + pathname + search };
}

async function start() {
  styled();
  const described = json(`/tiles.json${asked}`);
  await load("/map/maplibre-gl.js");
  ({ version } = await described);
  maplibregl.setRTLTextPlugin(new URL("/map/rtl-text.js", location.href).href, true);
  const room = document.createElement("div");
  room.className = "map";
  stage.append(room);
  const bounds = frame.dataset.bounds ? frame.dataset.bounds.split(" ").map(Number) : null;
  const style = () => `/map/${dark.matches ? "dark" : "light"}.json`;
  const map = new maplibregl.Map({
    container: room, style: style(), transformRequest: here, hash: "map", attributionControl: false, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, renderWorldCopies: false, minZoom: 0.6, maxZoom: 13, fadeDuration: 0,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    ...(bounds ? { bounds: [[bounds[0], bounds[1]], [bounds[2], bounds[3]]], fitBoundsOptions: { padding: 60, maxZoom: 7 } } : { center: [30, 20], zoom: 1.2 }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.on("styleimagemissing", ({ id }) => { if (/^(town|mark):/.test(id)) want(map, id); });
  map.on("load", () => {
    marks(map);
    for (const layer of ["marks", "towns"]) {
      map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
    }
    map.on("click", (event) => open(map, event));
    map.once("idle", () => frame.classList.add("drawn"));
  });
  dark.addEventListener("change", () => {
    map.setStyle(style());
    map.once("styledata", () => marks(map));
  });
}

const watcher = new IntersectionObserver(([seen]) => {
  if (!seen.isIntersecting) return;
  watcher.disconnect();
  start().catch((problem) => console.warn("the map stays a picture:", problem.message));
});
watcher.observe(frame);
