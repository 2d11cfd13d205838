/* What width, bars and colours show, and the order of lists: the menu, and the legend. */

import { elementWith, find, top } from "../page/context.js";
import { fill } from "../page/elements.js";
import { editionFollower, encodingOf, fillingFollower, noteShown } from "../page/fragments.js";
import { keys, store } from "../page/store.js";
import { showChoices } from "./toolbar.js";

/** @import { State } from "../state/reducer.js" */

const menu = () => /** @type {HTMLDetailsElement} */ (find(".encoding-menu"));
const isFilled = () => elementWith("encoding").firstElementChild !== null;

const fillMenu = editionFollower(
  "encoding",
  (content) => {
    fill("encoding", content);
    showChoices(store.current);
  },
  "",
);
const fillLegend = fillingFollower("key", { parametersOf: encodingOf });

export function listen() {
  menu().addEventListener("toggle", () => fillMenu());
}

/** @param {State} state */
export function follow(state) {
  fillLegend(state);
  const isOn = Object.keys(keys.chosen(["size", "colour", "sort"], state)).length > 0;
  menu().firstElementChild?.toggleAttribute("data-on", isOn);
  if (isFilled()) {
    noteShown({ kind: "encoding", unit: top() });
    fillMenu();
  }
}
