/* The pictures of a frozen page: the SVG of an export, from packs, or drawn as a PNG. */

/** @import { Answers } from "./answers.js" */

const LEAST_WIDTH = 3000; // pixels of a PNG

/** Return the picture at an address of an export; null if it is not frozen.
 * @param {Answers} answers @param {string} path @param {URLSearchParams} parameters
 * @returns {Promise<?Response>} */
export async function pictureResponse(answers, path, parameters) {
  const [, diagram, form] = /^export\/(\w+)\.(\w+)$/.exec(path) || [];
  const query = new URLSearchParams(parameters);
  query.set("unit", parameters.get("focus") || answers.top);
  query.set("lang", parameters.get("lang") || "en");
  const found = await answers.content(`${diagram}-picture`, query);
  if (!found) {
    return null;
  }
  const svg = new Blob([found.svg], { type: "image/svg+xml" });
  const name = `${found.name}.${form}`;
  const headers = { "Content-Disposition": `inline; filename="${name}"` };
  return new Response(form === "png" ? await drawn(svg) : svg, { headers });
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
