/* The list of all relations at or below the focus, beside the outline. */

import { root } from "../page/context.js";
import { fillingFollower } from "../page/fragments.js";

/** @import { State } from "../state/reducer.js" */

const fillRelations = fillingFollower("relations");

/** @param {State} state */
export function follow(state) {
  if (root.dataset.view === "outline") {
    fillRelations(state);
  }
}
