// The map of the front page: incidents and towns that fit the choices, over the world; all of it served from here.
const frame = document.querySelector(".world");
const stage = frame.querySelector(".stage");
const dark = matchMedia("(prefers-color-scheme: dark)");
const RED = "#b3261e";
const BETWEEN = frame.dataset.between;
const asked = frame.dataset.asked;
let actors = {};

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

// A town is a square in its holder's colour with the holder's letters, split where several contest it, framed by the
// colour of whoever besieges it; drawn when the map first asks for it.
function square(name) {
  const [holders, besiegers] = name.replace("town:", "").split("|").map((names) => (names ? names.split(BETWEEN) : []));
  const paper = document.createElement("canvas");
  paper.width = paper.height = 60;
  const pen = paper.getContext("2d");
  const colour = (who) => (actors[who] || { colour: "#6b6964" }).colour;
  if (besiegers.length) { pen.fillStyle = colour(besiegers[0]); pen.fillRect(0, 0, 60, 60); }
  pen.fillStyle = "#ffffff";
  pen.fillRect(6, 6, 48, 48);
  const shown = holders.slice(0, 2);
  shown.forEach((who, at) => { pen.fillStyle = colour(who); pen.fillRect(9 + (42 / shown.length) * at, 9, 42 / shown.length, 42); });
  if (!shown.length) { pen.strokeStyle = "#6b6964"; pen.lineWidth = 3; pen.strokeRect(10.5, 10.5, 39, 39); }
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = shown.length === 1 ? (actors[shown[0]] || { ink: "#ffffff" }).ink : shown.length ? "#ffffff" : "#6b6964";
  const letters = shown.length === 1 ? (actors[shown[0]] || { letters: "?" }).letters : shown.length ? "" : "?";
  pen.font = `700 ${letters.length > 2 ? 17 : 22}px "Noto Sans", sans-serif`;
  pen.fillText(letters, 30, 31);
  return pen.getImageData(0, 0, 60, 60);
}

const text = (field) => ["to-string", ["coalesce", ["get", field], ""]];
const several = [">", ["get", "count"], 1];
const size = (more) => ["case", several, ["min", 27 + more, ["+", 13 + more, ["*", 2, ["ln", ["get", "count"]]]]],
  ["min", 24 + more, ["+", 6.5 + more, ["sqrt", ["*", 2.4, ["coalesce", ["get", "least"], 0]]]]]];
const span = ["case", ["!", ["has", "least"]], "", ["==", ["get", "open"], true], ["concat", text("least"), "+"],
  ["==", ["get", "least"], ["get", "most"]], text("least"), ["concat", text("least"), "–", text("most")]];

function marks(map) {
  const paper = dark.matches ? "#17181a" : "#ffffff";
  map.addSource("told", { type: "vector", url: new URL(`/tiles.json${asked}`, location.href).href });
  const from = { source: "told", "source-layer": "incidents" };
  map.addLayer({
    id: "towns", type: "symbol", source: "told", "source-layer": "towns",
    layout: {
      "icon-image": ["concat", "town:", text("holders"), "|", text("besiegers")], "icon-size": 0.75, "icon-allow-overlap": false, "icon-padding": 1,
      "text-field": ["step", ["zoom"], "", 5, ["get", "name"]], "text-font": ["Noto Sans Bold"], "text-size": 12, "text-anchor": "left", "text-offset": [1.3, 0], "text-optional": true,
    },
    paint: { "text-color": dark.matches ? "#f3f3f1" : "#171715", "text-halo-color": paper, "text-halo-width": 1.5, "icon-opacity": 0.95 },
  });
  map.addLayer({ id: "halo", type: "circle", ...from, paint: { "circle-color": paper, "circle-opacity": 0.92, "circle-radius": size(2.5) } });
  map.addLayer({
    id: "marks", type: "circle", ...from,
    paint: { "circle-color": RED, "circle-radius": size(0), "circle-opacity": ["match", text("grade"), "discounted", 0.4, "weak", 0.8, 1] },
  });
  map.addLayer({
    id: "counts", type: "symbol", ...from, filter: several,
    layout: {
      "text-field": ["format", ["concat", "×", text("count")], {}, "\n", {}, span, { "font-scale": 0.75 }],
      "text-font": ["Noto Sans Bold"], "text-size": 12, "text-line-height": 0.95, "text-allow-overlap": true, "text-ignore-placement": true,
    },
    paint: { "text-color": "#ffffff" },
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
  const held = one.holders ? `${one.state} by ${one.holders.split(BETWEEN).join(", ")}` : "state reported, holder not told";
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
  ({ actors } = await described);
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
  map.on("styleimagemissing", ({ id }) => { if (id.startsWith("town:") && !map.hasImage(id)) map.addImage(id, square(id), { pixelRatio: 2 }); });
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
