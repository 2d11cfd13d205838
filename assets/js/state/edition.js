/* Editions: states of the data, as the server names them. */

/** @typedef {object} Edition
 * @property {string} version - hash of the content
 * @property {number} since - when it was written
 * @property {string} top - the unit at the top
 * @property {?{reason: string, read: string}} [refused] - newer data that cannot be read */

/** Tell whether an edition is later than another. Some of several server processes may lag.
 * @param {Edition} edition
 * @param {Pick<Edition, "version"|"since">} shown */
export const isNewer = (edition, shown) =>
  edition.version !== shown.version && edition.since > shown.since;
