/* The history of the browser: each state has an address. */

import { AddressWriter } from "../state/address.js";
import { isEmbedded } from "./context.js";
import { addressOf, dispatch, store } from "./store.js";

/** @import { Follower } from "../state/store.js" */

const writer = new AddressWriter({
  write(method, address) {
    try {
      window.history[method](null, "", address);
    } catch (error) {
      // Some browsers refuse after many calls; the page goes on.
      if (!(error instanceof DOMException && error.name === "SecurityError")) {
        throw error;
      }
    }
  },
  addressOf,
  current: () => store.current,
  isEmbedded,
});

/** @type {Follower} */
export const follow = (state, change) => writer.follow(state, change);

export function listen() {
  window.addEventListener("popstate", () => {
    dispatch({ type: "restore", search: window.location.search });
  });
}
