/* The pictures of a frozen page: the SVG of an export, from packs, or drawn as a PNG. */

import { fileName, save } from "../page/saving.js";

/** @import { Answers } from "./answers.js" */

const PICTURE = /^export\/(\w+)\.(svg|png)$/;
const LEAST_WIDTH = 3000; // pixels of a PNG

/** Return the picture at an address of an export; null if it is not frozen.
 * @param {Answers} answers @param {Answers} shared - those that have what is the same at every moment
 * @param {string} path @param {URLSearchParams} parameters
 * @returns {Promise<?Response>} */
export async function pictureResponse(answers, shared, path, parameters) {
  const [, diagram, form] = PICTURE.exec(path) || [];
  if (!diagram) {
    return null;
  }
  const query = new URLSearchParams(parameters);
  query.set("unit", parameters.get("focus") || parameters.get("unit") || answers.top);
  query.set("lang", document.documentElement.lang);
  const found = await answers.content(`${diagram}-picture`, query);
  if (!found) {
    return null;
  }
  const text = found.svg.replace(
    /<svg\b[^>]*>/,
    `$&<style>${await shared.file("picture-fonts")}</style>`,
  );
  const svg = new Blob([text], { type: "image/svg+xml" });
  const headers = { "Content-Disposition": `inline; filename="${found.name}.${form}"` };
  return new Response(form === "png" ? await drawn(svg) : svg, { headers });
}

/** Save the picture of a link that no other listener has handled.
 * @param {(address: string) => Promise<Response>} fetch */
export function saveLinkedPictures(fetch) {
  document.addEventListener("click", async (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {?HTMLAnchorElement} */ (target.closest('a[href^="export/"]'));
    if (!link || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    const response = await fetch(link.href);
    const name = fileName(response);
    if (name) {
      save(await response.blob(), name);
    }
  });
}

/** Draw an SVG as a PNG.
 * @param {Blob} svg @returns {Promise<Blob>} */
async function drawn(svg) {
  const image = new Image();
  const address = URL.createObjectURL(svg);
  try {
    image.src = address;
    await image.decode();
    const scale = Math.max(1, LEAST_WIDTH / image.naturalWidth);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No picture."))));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
