/* Moving in a grid with the keyboard (ARIA Authoring Practices). */

/** @typedef {{row: number, column: number}} Place */

/** Return the place that a key leads to, within the grid; null for other keys.
 * @param {{key: string, ctrlKey: boolean}} event @param {Place} place
 * @param {{rows: number, columns: number, page: number}} size - `page`: rows for Page Down */
export function destination({ key, ctrlKey }, { row, column }, { rows, columns, page }) {
  const [first, last] = ctrlKey ? [-row, rows] : [0, 0];
  /** @type {Record<string, [rows: number, columns: number]>} */
  const steps = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    PageDown: [page, 0],
    PageUp: [-page, 0],
    Home: [first, -column],
    End: [last, columns],
  };
  const step = steps[key];
  return step
    ? { row: clamp(row + step[0], rows), column: clamp(column + step[1], columns) }
    : null;
}

/** @param {number} index @param {number} count */
const clamp = (index, count) => Math.min(Math.max(index, 0), count - 1);
