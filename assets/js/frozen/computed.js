/* What a frozen page computes itself, by kind of fragment or by address: the answers that cannot be
 * written beforehand, since a reader may ask for anything. */

import { connection } from "./connection.js";
import { matches } from "./matches.js";
import { search } from "./search.js";

/** @import { FragmentReader } from "./tables.js" */

/** @type {Record<string, (parameters: URLSearchParams, read: FragmentReader) => Promise<any>>} */
export const COMPUTED = { connection, matches, search };
