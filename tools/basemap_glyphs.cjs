// Glyph files for MapLibre: node basemap_glyphs.cjs NODE_MODULES TARGET STARTS FONT…
// The first font that has a character gives its glyph.
const fs = require("fs");
const path = require("path");
const [modules, target, starts, ...fonts] = process.argv.slice(2);
const fontnik = require(path.join(modules, "fontnik"));
const buffers = fonts.map((font) => fs.readFileSync(font));

function range(font, start) {
  return new Promise((resolve, reject) => {
    fontnik.range({ font, start, end: start + 255 }, (error, glyphs) => (error ? reject(error) : resolve(glyphs)));
  });
}

function composite(glyphs) {
  return new Promise((resolve, reject) => {
    fontnik.composite(glyphs, (error, whole) => (error ? reject(error) : resolve(whole)));
  });
}

async function write(start) {
  const glyphs = await Promise.all(buffers.map((font) => range(font, start)));
  fs.writeFileSync(path.join(target, `${start}-${start + 255}.pbf`), await composite(glyphs));
}

starts.split(",").map(Number).reduce((done, start) => done.then(() => write(start)), Promise.resolve());
