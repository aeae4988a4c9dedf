/* What was known of a mark by the end of one day, and how it stood on another: the rules of maps/moment.py. */
"use strict";
const moment = (() => {
  const seen = new WeakMap(); // the views of a mark, each made once

  function once(mark, key, make) {
    if (!seen.has(mark)) seen.set(mark, new Map());
    const made = seen.get(mark);
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  }

  function wasOut(out, known) {
    return !known || (out !== null && out <= known);
  }

  function townView(mark, day, known) {
    const number = known ? mark.epochs.findLastIndex((epoch) => epoch.out !== null && epoch.out <= known) : mark.epochs.length - 1;
    if (number < 0) return null;
    const epoch = mark.epochs[number];
    const state = day ? epoch.days.findLast(([from]) => from <= day)[1] : epoch.now;
    if (state < 0) return null;
    return once(mark, number + "/" + state, () => {
      const here = mark.states[state];
      const told = here.title.slice(here.title.indexOf(": ") + 2);
      const quotes = mark.quotes.filter((quote) => wasOut(quote.out, epoch.out));
      return { ...mark, ...here, hatch: mark.area ? mark.hatches[state] : null, quotes, lines: epoch.lines, cells: ["", [told, ...epoch.lines].join("; "), "", mark.precision] };
    });
  }

  function incidentView(mark, known) {
    if (!known) return mark;
    const number = mark.out.findLastIndex((out) => out <= known);
    if (number < 0) return null;
    return once(mark, number, () => {
      const quotes = mark.quotes.filter((quote) => wasOut(quote.out, mark.versions.length ? mark.out[number] : known));
      return { ...mark, ...(mark.versions[number] || {}), quotes };
    });
  }

  /* The mark as it is shown, or null when nothing had been told of it. */
  function view(mark, day, known) {
    return mark.kind === "town" ? townView(mark, day, known) : incidentView(mark, known);
  }

  /* The words of a view, for the search. */
  function words(shown) {
    return once(shown, "words", () =>
      [shown.title, ...shown.lines, ...shown.quotes.flatMap((quote) => [quote.text, quote.voices, quote.source])].join(" ").toLowerCase(),
    );
  }

  return { view, words, wasOut };
})();
