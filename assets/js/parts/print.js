/* Print: the diagrams are replaced by the pictures that the server draws, on a white background. */

import { find, root } from "../page/context.js";
import { fullPageAddress } from "../page/store.js";

/** @type {Record<string, string[]>} */
const DIAGRAMS = { both: ["sunburst", "network"], sunburst: ["sunburst"], network: ["network"] };
/** Pixels of a picture that is alone on the page, and of one of two side by side. They have the room
 * of a window on a desk; paper, on which they are scaled down, is sharper. */
const SINGLE = { width: 900, height: 604 };
const SIDE_BY_SIDE = { width: 600, height: 672 };

/** Fetch a picture, while the script waits: browsers do not wait for a promise before they print.
 * @param {string} diagram @param {Record<string, number>} size
 * @returns {?SVGElement} null if the server does not answer with one */
function fetchPicture(diagram, size) {
  const link = find(`[data-diagram="${diagram}"] [data-form="svg"]`);
  const address = new URL(link.getAttribute("href") || "", window.location.href);
  address.searchParams.delete("theme");
  for (const [side, pixels] of Object.entries(size)) {
    address.searchParams.set(side, String(pixels));
  }
  const request = new window.XMLHttpRequest();
  request.open("GET", address, false);
  try {
    request.send();
  } catch {
    return null;
  }
  if (request.status !== 200 || !request.responseXML) {
    return null;
  }
  const svg = /** @type {unknown} */ (request.responseXML.documentElement);
  const picture = document.importNode(/** @type {SVGElement} */ (svg), true);
  picture.querySelectorAll("style").forEach((style) => style.remove()); // the page has the fonts
  picture.classList.add("printed");
  return picture;
}

function onBeforePrint() {
  find(".page-header").dataset.address = fullPageAddress();
  const diagrams = DIAGRAMS[root.dataset.view || ""] || [];
  const size = diagrams.length > 1 ? SIDE_BY_SIDE : SINGLE;
  const pictures = diagrams.flatMap((diagram) => fetchPicture(diagram, size) || []);
  // Without all pictures the page is printed as it is on the screen.
  if (diagrams.length && pictures.length === diagrams.length) {
    find("main").append(...pictures);
    root.dataset.printed = "true";
  }
}

function onAfterPrint() {
  document.querySelectorAll(".printed").forEach((picture) => picture.remove());
  delete root.dataset.printed;
}

export function listen() {
  window.addEventListener("beforeprint", onBeforePrint);
  window.addEventListener("afterprint", onAfterPrint);
}
