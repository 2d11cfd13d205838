/* Answering the requests of a page without a server: by replacing what fetches them. */

import { momentIn, withAnswers } from "./moments.js";
import { pictureResponse, saveLinkedPictures } from "./pictures.js";

const NOT_FOUND = 404;
const { dataset } = document.documentElement;

/** Let the page fetch its answers from packs, at first those of the moment in its address. The
 * HTML is of the default moment, so `parts/following.js` then switches to the other one.
 * @param {(name: string) => Promise<Response>} load - fetches a pack */
export function answerFrom(load) {
  const moments = withAnswers(JSON.parse(dataset.moments || "[]"), load);
  const { moment, edition } = momentIn(moments, new URLSearchParams(window.location.search));
  Object.assign(dataset, moment, { top: edition.top });
  const base = new URL(".", window.location.href).href;
  window.fetch = async (resource) => {
    const url = new URL(resource instanceof Request ? resource.url : resource, base);
    const path = url.href.slice(base.length).replace(/[?#].*/s, "");
    const { answers } = momentIn(moments, url.searchParams);
    const response =
      (await pictureResponse(answers, moments[0].answers, path, url.searchParams)) ||
      (await answers.response(path, url.searchParams));
    return response || new Response("", { status: NOT_FOUND });
  };
  saveLinkedPictures((address) => window.fetch(address));
}
