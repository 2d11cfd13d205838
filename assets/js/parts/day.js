/* The day that is shown: another one is another page, in the same view. */

import { find, findAll, on } from "../page/context.js";
import { addressOn, store } from "../page/store.js";

/** @import { State } from "../state/reducer.js" */

/** Point the link back to the current day to the same view.
 * @param {State} state */
export function follow(state) {
  for (const link of findAll("#current-day")) {
    link.setAttribute("href", addressOn(state, ""));
  }
}

export function listen() {
  on("submit", "#day form", (form, event) => {
    const { value } = /** @type {HTMLInputElement} */ (find("[type=date]", form));
    event.preventDefault();
    window.location.assign(addressOn(store.current, value));
  });
}
