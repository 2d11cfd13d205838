/* The scene of this page: it follows the focus, before any diagram is alive. */

import { Scene } from "../state/scene.js";
import { findAll } from "./context.js";
import { arrangementOf, fetchForFocus, networkOf } from "./fragments.js";

/** @import { Fragment } from "../state/fragment-cache.js" */
/** @import { State } from "../state/reducer.js" */

export const scene = new Scene();

/** The fragment of the network whose nodes are in the scene; null before the first has arrived.
 * @type {?Fragment} */
let loaded = null;

export const loadedFragment = () => loaded;

let arrangement = ""; // of the nodes in the scene

/** Tell whether the nodes of the scene are where they are in a state.
 * @param {State} state */
export const isArrangedFor = (state) => arrangement === textOf(state);

/** @param {State} state */
const textOf = (state) => JSON.stringify(arrangementOf(state));

/** Called when the scene of the state is there.
 * @callback SceneFollower
 * @param {?((key: ?string) => ?string)} newKeyOf - null if the scene is the same as before; else
 *   maps previous keys to new ones, which differ in another edition only
 * @returns {void} */

/** Return a follower that loads the scene of the focus.
 * @param {SceneFollower[]} followers - in the order in which they are called */
export function sceneLoader(followers) {
  /** @param {State} state */
  return async (state) => {
    const fragment = await fetchForFocus("network", state, networkOf);
    if (fragment === null) {
      return;
    }
    /** @type {?((key: ?string) => ?string)} */
    let newKeyOf = null;
    if (fragment.text !== loaded?.text) {
      const renamed = scene.load(fragment.content, fragment.unit);
      const isOtherEdition = loaded !== null && loaded.version !== fragment.version;
      newKeyOf = isOtherEdition ? renamed : (key) => key;
    }
    loaded = fragment;
    arrangement = textOf(state);
    for (const follower of followers) {
      follower(newKeyOf);
    }
  };
}

/** Return the parent of a focus; null if it is the top.
 *
 * While its own scene is on the way, the unit still has its parent in the scene before. The path
 * of the page follows later, and counts only where no scene has the focus.
 * @param {?string} focus */
export function parentOfFocus(focus) {
  const node = scene.node(scene.keyOf(focus));
  if (node) {
    return node.above || scene.node(node.up)?.unit || null;
  }
  return findAll("#breadcrumb [data-focus-on]").at(-1)?.dataset.focusOn || null;
}
