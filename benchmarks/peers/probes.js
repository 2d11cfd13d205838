/* What the benchmark asks a page. It runs before the page's own scripts. */

const GRID = 24;

const count = (selector) => document.querySelectorAll(selector).length;
const found = (selector, test) =>
  [...document.querySelectorAll(selector)].find((element) => test(element.__data__));
const hasAll = (shapes, units) => shapes === units;
const cytoscape = () => document.getElementById("diagram")?._cyreg?.cy;

/** Return a point at which a click reaches an element, the nearest one to its middle. */
function pointOn(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const steps = Array.from({ length: GRID - 1 }, (_, step) => (step + 1) / GRID - 0.5);
  const points = steps.flatMap((across) => steps.map((down) => [across, down]));
  points.sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
  return points
    .map(([across, down]) => [left + width * (across + 0.5), top + height * (down + 0.5)])
    .find(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}

/** For each peer: how many shapes its diagram has, whether it is drawn, and where a unit is. */
const PEERS = {
  Remit: {
    shapes: () => count("#sunburst-picture [data-key], #sunburst g.slice"),
    isDrawn: () => document.documentElement.dataset.ready === "true",
    async pointOf({ id }) {
      const main = document.querySelector('script[type="module"][src$="/main.js"]').src;
      const { scene } = await import(main);
      return pointOn(
        found("#sunburst g.slice", ({ data }) => scene.node(data.data.id)?.unit === id),
      );
    },
  },
  d3: {
    shapes: () => count("#diagram path"),
    isDrawn: hasAll,
    pointOf: ({ id }) => pointOn(found("#diagram path", ({ data }) => data.id === id)),
  },
  "d3-org-chart": {
    shapes: () => count("#diagram g.node"),
    isDrawn: (shapes) => shapes > 0,
    pointOf: ({ id }) => pointOn(found("#diagram g.node", ({ data }) => data.id === id)),
  },
  ECharts: {
    shapes: () =>
      globalThis.chart
        ?.getZr()
        .storage.getDisplayList()
        .filter(({ type }) => type === "sector").length ?? 0,
    isDrawn: hasAll,
    pointOf({ name }) {
      const sectors = globalThis.chart.getModel().getSeriesByIndex(0).getData();
      const { shape } = sectors.getItemGraphicEl(sectors.indexOfName(name));
      const angle = (shape.startAngle + shape.endAngle) / 2;
      const radius = (shape.r0 + shape.r) / 2;
      return [shape.cx + radius * Math.cos(angle), shape.cy + radius * Math.sin(angle)];
    },
  },
  "Dash, Plotly": {
    shapes: () => count("#diagram g.slice"),
    isDrawn: hasAll,
    pointOf: ({ id }) => pointOn(found("#diagram g.slice", ({ data }) => data.data.id === id)),
  },
  "Dash, Cytoscape": {
    shapes: () => cytoscape()?.nodes().length ?? 0,
    isDrawn: hasAll,
    pointOf({ id }) {
      const { left, top } = document.getElementById("diagram").getBoundingClientRect();
      const { x, y } = cytoscape().getElementById(id).renderedPosition();
      return [left + x, top + y];
    },
  },
};

/** Call a function at the end of the current frame, when it has been painted. */
function afterPaint(callback) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = callback;
  port2.postMessage(null);
}

/** Call a function after the first frame in which a condition holds. */
function afterFirstFrame(holds, callback) {
  requestAnimationFrame(() => (holds() ? afterPaint(callback) : afterFirstFrame(holds, callback)));
}

const heading = () => document.querySelector("#panel h2")?.textContent;

/** Write down a time, and let those who wait for it know. */
function note(name, time) {
  globalThis.probed[name] = time;
  document.documentElement.dataset.probed = name;
}

/** Begin to watch the page of a peer: when are the first shapes painted, and when all? */
globalThis.probe = (name, units) => {
  const peer = PEERS[name];
  globalThis.probed = { ...peer, heading, timeClick, transferred };
  afterFirstFrame(
    () => peer.shapes() > 0,
    () => note("picture", performance.now()),
  );
  afterFirstFrame(
    () => peer.isDrawn(peer.shapes(), units),
    () => note("drawn", performance.now()),
  );
};

/** Write down how long it takes from the next click until the panel has another heading. */
function timeClick() {
  const before = heading();
  let begun = 0;
  const begin = ({ timeStamp }) => {
    begun = timeStamp;
  };
  addEventListener("pointerup", begin, { capture: true, once: true });
  new MutationObserver((_, observer) => {
    if (heading() && heading() !== before) {
      observer.disconnect();
      requestAnimationFrame(() => afterPaint(() => note("clicked", performance.now() - begun)));
    }
  }).observe(document.getElementById("panel"), {
    characterData: true,
    childList: true,
    subtree: true,
  });
}

/** Return the bytes that were transferred, with headers, and the number of requests. */
function transferred() {
  const entries = ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type));
  return [entries.reduce((sum, { transferSize }) => sum + transferSize, 0), entries.length];
}
