/* The room: how much can be read in the diagrams, by their size (components/diagrams/rooms.py). */

import { find, property, root } from "./context.js";
import { store, visibleView } from "./store.js";

/** @import { State } from "../state/reducer.js" */

const numbers = (/** @type {string|undefined} */ text) => (text || "").split(" ").map(Number);
/** The least radii of a sunburst in its rooms, ascending. */
const SUNBURST_RADII = numbers(root.dataset.sunburstRadii);
/** The least widths and heights of a tree alone, ascending: each pair is a room. */
const NETWORK_WIDTHS = numbers(root.dataset.networkWidths);
const NETWORK_HEIGHTS = numbers(root.dataset.networkHeights);
/** The least widths and heights of a radial network alone, ascending. */
const RADIAL_SIDES = numbers(root.dataset.radialSides);
/** The end of the names of rooms whose network shows references. */
const REFERENCES = "-references";
const WRITTEN = root.dataset.room || "";
let room = WRITTEN;
let measured = ""; // the view for which it was measured

/** Tell whether the room is that for which the server has written the page. */
export const isWrittenRoom = () => room === WRITTEN;

/** Return the room as a parameter of fragments. */
export const roomParameter = () => ({ room });

/** Return the largest of some sizes that is at most as large as another, or the smallest.
 * @param {number[]} sizes - ascending @param {number} size */
const largest = (sizes, size) => sizes.findLast((each) => each <= size) || sizes[0];

/** Return the end of the name of a room with the network.
 * @param {State} state */
const endOf = ({ references }) => (references === "shown" ? REFERENCES : "");

/** Measure the visible diagrams. Without any, the room stays. */
function measure() {
  if (visibleView(store.current) === "network") {
    measureNetwork();
  } else {
    measureSunburst();
  }
}

/** Return the width and the height of the place of a diagram, in pixels; 0 if it is hidden.
 * @param {string} diagram */
function placeOf(diagram) {
  const { width, height } = find(`.${diagram}-view`).getBoundingClientRect();
  // The switches of the network stand above it.
  const above = diagram === "network" ? find("#switches").getBoundingClientRect().height : 0;
  return { width, height: height - above };
}

function measureNetwork() {
  const { width, height } = placeOf("network");
  if (width && height) {
    const size =
      store.current.layout === "radial"
        ? `r${largest(RADIAL_SIDES, Math.min(width, height))}`
        : `${largest(NETWORK_WIDTHS, width)}x${largest(NETWORK_HEIGHTS, height)}`;
    room = `${size}${endOf(store.current)}`;
  }
}

/** Choose the room by the smaller of the diagrams, if there are two. */
function measureSunburst() {
  const radii = ["sunburst", "network"].flatMap((diagram) => {
    const { width, height } = placeOf(diagram);
    const [across, down] = diagram === "network" ? networkSides() : [1, 1];
    const radius = Math.min(width / across, height / down) / 2 - property("sunburst-margin");
    return width && height ? [radius] : [];
  });
  if (radii.length) {
    const end = radii.length > 1 ? endOf(store.current) : "";
    room = `${largest(SUNBURST_RADII, Math.min(...radii))}${end}`;
  }
}

/** Return what a network needs beside a sunburst: width and height, per diameter of that. */
function networkSides() {
  const network = `${store.current.layout}${endOf(store.current)}`;
  return [property(`${network}-width`), property(`${network}-height`)];
}

/** @param {State} state */
export function follow(state) {
  const wanted = `${visibleView(state)} ${state.layout} ${state.references}`;
  if (wanted !== measured) {
    measured = wanted;
    measure();
  }
}

export function listen() {
  window.addEventListener("resize", () => {
    const before = room;
    measure();
    if (room !== before) {
      store.refresh();
    }
  });
}
