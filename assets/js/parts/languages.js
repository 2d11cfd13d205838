/* The links to other languages. */

import { extraParameters, findAll } from "../page/context.js";
import { keys } from "../page/store.js";

/** @import { State } from "../state/reducer.js" */

/** Let the links lead to the current state.
 * @param {State} state */
export function follow(state) {
  const extra = extraParameters.filter(([key]) => key !== "lang");
  for (const link of findAll(".languages a")) {
    const parameters = [...keys.parameters(state), ...extra, ["lang", link.lang]];
    link.setAttribute("href", `?${new URLSearchParams(parameters)}`);
  }
}
