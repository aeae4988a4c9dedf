// The map of the front page: the incidents that fit the choices, over the world that is served from here.
const frame = document.querySelector(".world");
const stage = frame.querySelector(".stage");
const dark = matchMedia("(prefers-color-scheme: dark)");
const RED = "#b3261e";

const load = (address) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = address;
  script.onload = done;
  script.onerror = () => failed(new Error(`${address} did not load`));
  document.head.append(script);
});

function styled() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/map/maplibre-gl.css";
  document.head.prepend(sheet);
}

function bounds(features) {
  const found = new maplibregl.LngLatBounds();
  for (const one of features) found.extend(one.geometry.coordinates);
  return found;
}

function marks(map, features) {
  const look = dark.matches ? "#17181a" : "#ffffff";
  map.addSource("incidents", {
    type: "geojson", data: { type: "FeatureCollection", features }, cluster: true, clusterRadius: 34, clusterMaxZoom: 11,
  });
  const known = ["coalesce", ["get", "killed"], 0];
  map.addLayer({
    id: "halo", type: "circle", source: "incidents",
    paint: { "circle-color": look, "circle-opacity": 0.9, "circle-radius": ["+", 2.5, radius(known)] },
  });
  map.addLayer({
    id: "marks", type: "circle", source: "incidents",
    paint: {
      "circle-color": RED, "circle-radius": radius(known),
      "circle-opacity": ["match", ["coalesce", ["get", "grade"], "fair"], "discounted", 0.35, "weak", 0.75, 1],
    },
  });
  map.addLayer({
    id: "counts", type: "symbol", source: "incidents", filter: ["has", "point_count"],
    layout: { "text-field": ["concat", "×", ["get", "point_count_abbreviated"]], "text-font": ["Noto Sans Bold"], "text-size": 12, "text-allow-overlap": true },
    paint: { "text-color": "#ffffff" },
  });
}

const radius = (known) => [
  "case", ["has", "point_count"], ["min", 26, ["+", 12, ["*", 2.2, ["ln", ["get", "point_count"]]]]],
  ["min", 24, ["+", 6, ["sqrt", ["*", 2.4, known]]]],
];

function told(features) {
  const list = document.createElement("ul");
  list.className = "plain";
  const seen = new Set();
  for (const { properties } of features) {
    if (seen.has(properties.address)) continue;
    seen.add(properties.address);
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(properties.address).pathname;
    link.textContent = properties.title;
    const said = document.createElement("span");
    said.className = "meta";
    said.textContent = `${properties.when} · ${properties.toll || "no toll told"} · ${properties.grade}`;
    item.append(link, said);
    list.append(item);
    if (seen.size === 12) break;
  }
  return list;
}

async function open(map, event) {
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ["marks"] });
  if (!feature) return;
  const at = feature.geometry.coordinates;
  const source = map.getSource("incidents");
  let within = [feature];
  if (feature.properties.cluster) {
    within = await source.getClusterLeaves(feature.properties.cluster_id, 60, 0);
    const spread = bounds(within);
    const apart = spread.getNorth() - spread.getSouth() > 0.02 || spread.getEast() - spread.getWest() > 0.02;
    if (apart) { map.fitBounds(spread, { padding: 90, maxZoom: 11 }); return; }
  }
  new maplibregl.Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(told(within)).addTo(map);
}

async function start() {
  styled();
  const asked = fetch(frame.dataset.features).then((answer) => answer.json());
  await load("/map/maplibre-gl.js");
  const { features } = await asked;
  const placed = features.filter((one) => one.geometry);
  maplibregl.setRTLTextPlugin(new URL("/map/rtl-text.js", location.href).href, true);
  const room = document.createElement("div");
  room.className = "map";
  stage.append(room);
  const map = new maplibregl.Map({
    container: room, style: `/map/${dark.matches ? "dark" : "light"}.json`, hash: "map", attributionControl: false,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false, minZoom: 0.8, maxZoom: 12,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches, fadeDuration: 0,
    ...(placed.length ? { bounds: bounds(placed), fitBoundsOptions: { padding: 60, maxZoom: 7 } } : { center: [30, 20], zoom: 1.2 }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.on("load", () => {
    marks(map, placed);
    map.on("click", "marks", (event) => open(map, event));
    map.on("mouseenter", "marks", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "marks", () => { map.getCanvas().style.cursor = ""; });
    map.once("idle", () => frame.classList.add("drawn"));
  });
  dark.addEventListener("change", () => {
    map.setStyle(`/map/${dark.matches ? "dark" : "light"}.json`);
    map.once("styledata", () => marks(map, placed));
  });
}

const watcher = new IntersectionObserver(([seen]) => {
  if (!seen.isIntersecting) return;
  watcher.disconnect();
  start().catch((problem) => console.warn("the map stays a picture:", problem.message));
});
watcher.observe(frame);
