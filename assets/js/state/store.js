/* The store: the one state of the page, and those who follow it. */

/** @import { Action, State } from "./reducer.js" */

/** A follower shows the state; it is called at the start and after each change.
 * @callback Follower
 * @param {State} state
 * @param {{action: Action, before: State}} [change] - what led to it; none at the start, and when
 *   the data has changed
 * @returns {void|Promise<void>} */

export class Store {
  /** @param {(state: State, action: Action) => State} reduce */
  constructor(reduce) {
    this.reduce = reduce;
    /** @type {Follower[]} */
    this.followers = [];
    /** @type {?State} */
    this.value = null;
  }

  /** The current state. */
  get current() {
    if (this.value === null) {
      throw new Error("The store has not been started.");
    }
    return this.value;
  }

  /** Set the first state and show it.
   * @param {State} state
   * @param {Follower[]} followers - in the order in which they are called */
  start(state, followers) {
    this.value = state;
    this.followers = followers;
    this.notify();
  }

  /** @param {Action} action */
  dispatch(action) {
    const before = this.current;
    const next = this.reduce(before, action);
    if (next !== before) {
      this.value = next;
      this.notify({ action, before });
    }
  }

  /** Call all followers again: the data or the window has changed, and the state has not. */
  refresh() {
    this.value = { ...this.current };
    this.notify();
  }

  /** @param {{action: Action, before: State}} [change] */
  notify(change) {
    for (const follower of this.followers) {
      follower(this.current, change);
    }
  }
}
