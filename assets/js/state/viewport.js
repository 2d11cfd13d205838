/* Where a viewport shows a picture, along one axis; all numbers are pixels. */

/** Return how far to pan for something to be in view: as little as needed.
 * @param {number} start - of the thing
 * @param {number} end
 * @param {number} size - of the viewport
 * @param {number} padding - around the picture */
export const panIntoView = (start, end, size, padding) =>
  Math.max(0, padding - start) || Math.min(0, size - padding - end);

/** Return the pan for a picture: it is centred if it fits, else shown around a point.
 * @param {number} start - of the picture
 * @param {number} end
 * @param {number} size - of the viewport
 * @param {number} padding @param {number} point */
export function panAround(start, end, size, padding, point) {
  if (end - start <= size) {
    return (size - start - end) / 2;
  }
  return Math.min(padding - start, Math.max(size - padding - end, size / 2 - point));
}
