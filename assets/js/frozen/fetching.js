/* Answering the requests of a page without a server: by replacing what fetches them. */

import { Answers } from "./answers.js";
import { Packs } from "./packs.js";
import { pictureResponse, saveLinkedPictures } from "./pictures.js";

const NOT_FOUND = 404;

/** Let the page fetch its answers from packs.
 * @param {(name: string) => Promise<Response>} load - fetches a pack */
export function answerFrom(load) {
  const answers = new Answers(new Packs(load), document.documentElement.dataset.top || "");
  const base = new URL(".", window.location.href).href;
  window.fetch = async (resource) => {
    const url = new URL(resource instanceof Request ? resource.url : resource, base);
    const path = url.href.slice(base.length).replace(/[?#].*/s, "");
    const response =
      (await pictureResponse(answers, path, url.searchParams)) ||
      (await answers.response(path, url.searchParams));
    return response || new Response("", { status: NOT_FOUND });
  };
  saveLinkedPictures((address) => window.fetch(address));
}
