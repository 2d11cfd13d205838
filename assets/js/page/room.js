/* The room: how much can be read in the diagrams, by their size (components/diagrams/rooms.py). */

import { find, property, root } from "./context.js";
import { store, visibleView } from "./store.js";

/** @import { State } from "../state/reducer.js" */

const listOf = (/** @type {string|undefined} */ text) => (text || "").split(" ");
/** The rooms with a sunburst, by its least radius; the last is that of fragments without a room. */
const SUNBURST_ROOMS = listOf(root.dataset.sunburstRooms);
/** The least widths and heights of a tree alone, ascending: each pair is a room. */
const NETWORK_WIDTHS = listOf(root.dataset.networkWidths);
const NETWORK_HEIGHTS = listOf(root.dataset.networkHeights);
/** The rooms of a radial network alone: "r", then the least width and height; ascending. */
const RADIAL_ROOMS = listOf(root.dataset.radialRooms);
const WRITTEN = root.dataset.room || "";
let room = WRITTEN;
let measured = ""; // the view and layout for which it was measured

/** Tell whether the room is that for which the server has written the page. */
export const isWrittenRoom = () => room === WRITTEN;

/** Return the room as a parameter of fragments; none for the default. */
export const roomParameter = () =>
  /** @type {Record<string, string>} */ (room === SUNBURST_ROOMS.at(-1) ? {} : { room });

/** Return the largest of some rooms, or sides of rooms, that are at most as large.
 * @param {string[]} rooms - ascending @param {number} size */
const largest = (rooms, size) =>
  rooms.findLast((each) => Number(each.replace("r", "")) <= size) || rooms[0];

/** Measure the visible diagrams. Without any, the room stays. */
function measure() {
  if (visibleView(store.current) === "network") {
    measureNetwork();
  } else {
    measureSunburst();
  }
}

function measureNetwork() {
  const { width, height } = find(".network-view").getBoundingClientRect();
  if (width && height) {
    room =
      store.current.layout === "radial"
        ? largest(RADIAL_ROOMS, Math.min(width, height))
        : `${largest(NETWORK_WIDTHS, width)}x${largest(NETWORK_HEIGHTS, height)}`;
  }
}

/** Choose the room by the smaller of the diagrams, if there are two. */
function measureSunburst() {
  const radii = ["sunburst", "network"].flatMap((diagram) => {
    const { width, height } = find(`.${diagram}-view`).getBoundingClientRect();
    const [across, down] = diagram === "network" ? networkSides() : [1, 1];
    const radius = Math.min(width / across, height / down) / 2 - property("sunburst-margin");
    return width && height ? [radius] : [];
  });
  if (radii.length) {
    room = largest(SUNBURST_ROOMS, Math.min(...radii));
  }
}

/** Return what a network needs beside a sunburst: width and height, per diameter of that. */
const networkSides = () =>
  store.current.layout === "radial"
    ? [property("radial-side"), property("radial-side")]
    : [property("network-width"), property("network-height")];

/** @param {State} state */
export function follow(state) {
  const wanted = `${visibleView(state)} ${state.layout}`;
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
