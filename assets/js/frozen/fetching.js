/* Answering the requests of a page without a server: by replacing what fetches them. */

import { Answers } from "./answers.js";
import { Packs } from "./packs.js";
import { pictureResponse } from "./pictures.js";

const PICTURE = /^export\/\w+\.(svg|png)$/;

/** Let the page fetch its answers from packs.
 * @param {(name: string) => Promise<Response>} load - fetches a pack */
export function answerFrom(load) {
  const answers = new Answers(new Packs(load), document.documentElement.dataset.top || "");
  const base = new URL(".", window.location.href).href;
  window.fetch = async (resource) => {
    const url = new URL(resource instanceof Request ? resource.url : resource, base);
    const path = url.href.slice(base.length).replace(/[?#].*/s, "");
    const picture = PICTURE.exec(path);
    const response = picture
      ? await pictureResponse(answers, path, url.searchParams)
      : await answers.response(path, url.searchParams);
    return response || new Response("", { status: 404 });
  };
}
