/* Motion of the network: what stays moves to its new place, what is new comes out of its parent.
 * Cytoscape's own animation does not move nodes that replace others with the same keys. */

const DURATION = 350; // milliseconds
const MAX_STEP = 0.2; // share of a motion in one frame: it is seen on slow machines, too

/** @typedef {{x: number, y: number}} Point */
/** Where nodes and the viewport were, by what stays the same in another edition.
 * @typedef {{places: Map<string, Point>, zoom: number, pan: Point}} Places */

/** Draws the end of the motion that is under way.
 * @type {?(() => void)} */
let end = null;

export const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {number} share @returns {number} - slow at both ends */
const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);

/** Play a motion: draw its beginning now, a further part in each frame, and its end when it is over.
 * @param {(share: number) => void} draw - gets the share that is over, less than 1
 * @param {() => void} drawEnd
 * @returns {() => void} stops it, and draws nothing more */
export function play(draw, drawEnd) {
  let [share, last, frame] = [0, performance.now(), 0];
  const step = () => {
    draw(eased(share));
    frame = window.requestAnimationFrame(() => {
      const now = performance.now();
      share += Math.min((now - last) / DURATION, MAX_STEP);
      last = now;
      if (share < 1) {
        step();
      } else {
        drawEnd();
      }
    });
  };
  step();
  return () => window.cancelAnimationFrame(frame);
}

/** Return what a node is called in every edition: a unit by its id, and what belongs to its box with
 * the kind of its key.
 * @param {any} node - of Cytoscape
 * @returns {string} */
function nameOf(node) {
  const { owner, unit } = node.data();
  const box = owner && node.cy().getElementById(owner);
  if (box?.length) {
    return `${node.id()[0]} ${box.data("unit")}`;
  }
  return unit === undefined ? node.id() : `unit ${unit}`;
}

/** @param {any} cy - of Cytoscape
 * @returns {Places} */
export function placesOf(cy) {
  const places = new Map(
    cy.nodes().map((/** @type {any} */ node) => [nameOf(node), { ...node.position() }]),
  );
  return { places, zoom: cy.zoom(), pan: { ...cy.pan() } };
}

/** Move everything from where it was to where it is now. A drawing that comes meanwhile begins where
 * this one is.
 * @param {any} cy - of Cytoscape @param {Places} before */
export function move(cy, { places, zoom, pan }) {
  endMotion();
  if (isStill() || !places.size) {
    return;
  }
  const view = { zoom: cy.zoom(), pan: { ...cy.pan() } };
  const moving = cy
    .nodes()
    .not(".station")
    .map((/** @type {any} */ node) => {
      const to = { ...node.position() };
      return {
        node,
        to,
        from: origin(cy, node, places) || to,
        isNew: !places.has(nameOf(node)),
      };
    });
  /** @param {number} share */
  const draw = (share) => {
    cy.batch(() => {
      for (const { node, from, to, isNew } of moving) {
        node.position(between(from, to, share));
        if (isNew && share < 1) {
          node.style("opacity", share);
        } else if (isNew) {
          node.removeStyle("opacity");
        }
      }
    });
    cy.viewport({
      zoom: zoom * (1 - share) + view.zoom * share,
      pan: between(pan, view.pan, share),
    });
  };
  cy.container().classList.add("moving");
  const stop = play(draw, endMotion);
  end = () => {
    stop();
    cy.container().classList.remove("moving");
    draw(1);
  };
}

/** Tell whether a motion is under way. */
export const isMoving = () => end !== null;

/** Draw the end of a motion that is under way, at once. */
export function endMotion() {
  const draw = end;
  end = null;
  draw?.();
}

/** @param {Point} from @param {Point} to @param {number} share
 * @returns {Point} exactly `from` or `to` at the ends */
const between = (from, to, share) => ({
  x: from.x * (1 - share) + to.x * share,
  y: from.y * (1 - share) + to.y * share,
});

/** Return where a node was, or its box, or the nearest box above it; nothing if none was there.
 * @param {any} cy @param {any} node @param {Map<string, Point>} places */
function origin(cy, node, places) {
  for (let key = node.id(); key; ) {
    const nearest = cy.getElementById(key);
    const place = places.get(nameOf(nearest));
    if (place) {
      return place;
    }
    const { owner, up } = nearest.data();
    key = owner || up;
  }
  return null;
}
