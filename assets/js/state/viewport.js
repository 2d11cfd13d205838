/* Where a viewport shows a picture, along one axis; all numbers are pixels. */

export const PADDING = 6; // around the picture

/** Return how far to pan for something to be in view: as little as needed.
 * @param {number} start - of the thing
 * @param {number} end
 * @param {number} size - of the viewport */
export const panIntoView = (start, end, size) =>
  Math.max(0, PADDING - start) || Math.min(0, size - PADDING - end);

/** Return the pan for a picture: it is centred if it fits, else shown around a point.
 * @param {number} size - of the viewport
 * @param {number} start - of the picture
 * @param {number} end
 * @param {number} point */
export function panAround(size, start, end, point) {
  if (end - start <= size) {
    return (size - start - end) / 2;
  }
  return Math.min(PADDING - start, Math.max(size - PADDING - end, size / 2 - point));
}
