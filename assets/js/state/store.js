/* The store: the one state of the page, and those who follow it. */

/** @import { Action, State } from "./reducer.js" */

/** A follower shows the state; it is called at the start and after each change. After a selection,
 * only the prompt ones are called before the next frame, so that it is not late.
 * @callback Follower
 * @param {State} state
 * @param {Change} [change] - what led to it; none at the start, and when
 *   the data has changed
 * @returns {void|Promise<void>} */

/** @typedef {{action: Action, before: State}} Change */

/** Tell whether two states differ in the selected unit only.
 * @param {State} before @param {State} next */
function isSelection(before, next) {
  const keys = /** @type {(keyof State)[]} */ (Object.keys(next));
  return keys.every((key) => key === "unit" || next[key] === before[key]);
}

export class Store {
  /** @param {(state: State, action: Action) => State} reduce
   * @param {(callback: () => void) => void} afterAnswer - calls a function after the next frame */
  constructor(reduce, afterAnswer) {
    this.reduce = reduce;
    this.afterAnswer = afterAnswer;
    /** @type {Follower[]} */
    this.followers = [];
    /** @type {Follower[]} */
    this.prompt = [];
    /** The selection that only the prompt followers show yet.
     * @type {?Change} */
    this.waiting = null;
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
   * @param {Follower[]} followers - in the order in which they are called
   * @param {Follower[]} [prompt] - those that show a selection first */
  start(state, followers, prompt = []) {
    this.value = state;
    this.followers = followers;
    this.prompt = prompt;
    this.notify();
  }

  /** @param {Action} action */
  dispatch(action) {
    this.callWaiting();
    const before = this.current;
    const next = this.reduce(before, action);
    if (next !== before) {
      this.value = next;
      this.notify({ action, before });
    }
  }

  /** Call all followers again: the data or the window has changed, and the state has not. */
  refresh() {
    this.callWaiting();
    this.value = { ...this.current };
    this.notify();
  }

  /** @param {Change} [change] */
  notify(change) {
    if (!change || !isSelection(change.before, this.current)) {
      this.call(this.followers, change);
      return;
    }
    this.waiting = change;
    this.afterAnswer(() => {
      if (this.waiting === change) {
        this.callWaiting();
      }
    });
    this.call(this.prompt, change);
  }

  /** Let the followers that wait for a frame show the selection now. */
  callWaiting() {
    const change = this.waiting;
    if (change) {
      this.waiting = null;
      this.call(
        this.followers.filter((follower) => !this.prompt.includes(follower)),
        change,
      );
    }
  }

  /** @param {Follower[]} followers @param {Change} [change] */
  call(followers, change) {
    for (const follower of followers) {
      follower(this.current, change);
    }
  }
}
