/* Motion of the sunburst: sectors that stay move to their new place, new ones appear. Plotly's own
 * animation fails between branches, so the shapes themselves are moved. */

import { isStill, play } from "./motion.js";
import { circleOf, figureName, namesOf, placeOf } from "./plotly.js";

/** @import { Sector } from "./plotly.js" */

const FULL_CIRCLE = 2 * Math.PI - 0.001; // the ends of one arc have to differ

/** Where sectors are on the screen, and where they will be, by names that other editions share.
 * @type {Map<string, Sector>} */
let shown = new Map();
/** @type {Map<string, Sector>} */
let wanted = new Map();
let figure = ""; // that is shown
/** Draws the end of the motion that is under way.
 * @type {() => void} */
let endMotion = () => {};

/** Move the sectors that Plotly has drawn from where they were; a motion that is under way goes on
 * from where it is. The same figure in another size is there at once.
 * @param {any} plot - Plotly's element @param {SVGGElement[]} slices */
export function moveSectors(plot, slices) {
  const nameOf = namesOf(plot);
  const places = new Map(slices.map((slice) => [nameOf(slice), placeOf(slice)]));
  const isSameFigure = figure === figureName(plot);
  if (isSameFigure && isSame(wanted, places)) {
    return; // Plotly also reports drawings in which nothing has changed
  }
  const before = isSameFigure ? new Map() : shown;
  endMotion();
  figure = figureName(plot);
  wanted = places;
  if (isStill() || !before.size || isSame(before, places)) {
    shown = places;
    return;
  }
  const moving = slices.map((slice) => {
    const path = /** @type {SVGPathElement} */ (slice.querySelector("path.surface"));
    const name = nameOf(slice);
    const to = /** @type {Sector} */ (places.get(name));
    const d = path.getAttribute("d") || "";
    return { slice, name, path, d, drawn: d, to, from: before.get(name) };
  });
  const { cx, cy } = circleOf(plot, slices);
  /** @param {number} share */
  const draw = (share) => {
    shown = new Map();
    for (const each of moving) {
      const { slice, name, path, to, from } = each;
      const place = from ? between(from, to, share) : to;
      shown.set(name, place);
      if (from) {
        each.drawn = outline(place, cx, cy);
        path.setAttribute("d", each.drawn);
      } else {
        slice.style.opacity = String(share);
      }
    }
  };
  plot.classList.add("moving");
  const stop = play(draw, () => endMotion());
  endMotion = () => {
    stop();
    for (const { slice, path, d, drawn } of moving) {
      if (path.getAttribute("d") === drawn) {
        path.setAttribute("d", d); // else Plotly has drawn another one meanwhile
      }
      slice.style.opacity = "";
    }
    shown = places;
    plot.classList.remove("moving");
    endMotion = () => {};
  };
}

/** @param {Map<string, Sector>} before @param {Map<string, Sector>} places */
const isSame = (before, places) =>
  before.size === places.size &&
  [...places].every(([key, place]) => String(before.get(key)) === String(place));

/** @param {Sector} from @param {Sector} to @param {number} share
 * @returns {Sector} */
const between = (from, to, share) =>
  /** @type {Sector} */ (from.map((value, index) => value + (to[index] - value) * share));

/** Return the path data of a sector; angles are in radians, anticlockwise from the right.
 * @param {Sector} sector @param {number} cx @param {number} cy */
function outline([start, end, inner, outer], cx, cy) {
  const last = Math.min(end, start + FULL_CIRCLE);
  const isLarge = last - start > Math.PI ? 1 : 0;
  /** @param {number} radius @param {number} angle */
  const point = (radius, angle) =>
    `${cx + radius * Math.cos(angle)} ${cy - radius * Math.sin(angle)}`;
  return [
    `M${point(inner, start)}L${point(outer, start)}`,
    `A${outer} ${outer} 0 ${isLarge} 0 ${point(outer, last)}L${point(inner, last)}`,
    `A${inner} ${inner} 0 ${isLarge} 1 ${point(inner, start)}Z`,
  ].join("");
}
