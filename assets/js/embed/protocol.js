/* What an embedded page accepts from its host and to whom it posts (docs/embedding.md). */

export const PROTOCOL_VERSION = 1;
const MAX_UNIT_LENGTH = 1000; // characters

/** @typedef {{own: string, allowed: string[]}} Origins of the page, and of hosts; "*" for any */

/** Return the target origins of messages.
 * @param {Origins} origins
 * @param {string} [host] - its origin, where the browser reveals it */
export function targetOrigins({ own, allowed }, host) {
  if (allowed.includes("*")) {
    return ["*"]; // the page is public, and so are its messages
  }
  const targets = [own, ...allowed];
  return host ? targets.filter((origin) => origin === host).slice(0, 1) : targets;
}

/** @param {Origins} origins
 * @param {string} origin - of a message */
export const isAllowed = ({ own, allowed }, origin) =>
  ["*", origin].some((name) => allowed.includes(name)) || origin === own;

/** @param {any} data - of a message */
export const isCommand = (data) =>
  data !== null &&
  typeof data === "object" &&
  Object.getPrototypeOf(data) === Object.prototype &&
  Object.keys(data).sort().join() === "remit,type,unit" &&
  data.remit === PROTOCOL_VERSION &&
  (data.type === "select" || data.type === "focus") &&
  (data.unit === null ||
    (typeof data.unit === "string" && data.unit !== "" && data.unit.length <= MAX_UNIT_LENGTH));
