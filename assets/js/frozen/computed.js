/* What a frozen page computes itself, by kind of fragment or by address: the answers that cannot be
 * written beforehand, since a reader may ask for anything. */

/** Reads what is frozen.
 * @typedef {((name: string) => Promise<any>) & {
 *   fragment: (kind: string, parameters: URLSearchParams) => Promise<any>
 * }} Read - the JSON of a name, and the content of a fragment; null if there is none */

/** @type {Record<string, (parameters: URLSearchParams, read: Read) => Promise<any>>} */
export const COMPUTED = {};
