/* Groups of children in addresses (components/model/groups.py). */

/** The parent of a group of what is smaller than something. */
const OF_SMALLER = /^([^~]+)~<\d/;
/** What stands in its id for characters that have a meaning in the address of a group. */
const ESCAPED = /%(25|7E|7C|3B)/g;

/** Return the parent of a group that only means something with one size; null for anything else.
 * @param {?string} focus - a unit or a group, as in an address */
export function parentOfSmaller(focus) {
  const [, parent] = OF_SMALLER.exec(focus || "") || [];
  return parent ? parent.replace(ESCAPED, decodeURIComponent) : null;
}
