/* The lines of the legend: each is a switch that hides and shows a kind of link on this page. */

import { updateLines } from "../diagrams/network.js";
import { on } from "../page/context.js";

/** @param {HTMLElement} button */
function toggle(button) {
  button.ariaPressed = String(button.ariaPressed !== "true");
  updateLines();
}

export function listen() {
  on("click", "#lines button", toggle);
}
