/* Saving what a response holds as a file. It knows nothing of the page, so it may run before it. */

const OBJECT_URL_LASTS = 60000; // milliseconds

/** Return the name that a response gives its file; empty if it gives none.
 * @param {Response} response */
export const fileName = ({ headers }) =>
  /filename="([^"]+)"/.exec(headers.get("Content-Disposition") || "")?.[1] || "";

/** Let the browser save a file.
 * @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = window.URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => window.URL.revokeObjectURL(link.href), OBJECT_URL_LASTS);
}
