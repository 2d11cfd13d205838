/* Downloads: the menu at each diagram saves its picture as a file or copies it to the clipboard. */

import { find, findAll, moment, on, root } from "../page/context.js";
import { html } from "../page/elements.js";
import { withProgress } from "../page/fragments.js";
import { message, showNotice } from "../page/messages.js";
import { fileName, save } from "../page/saving.js";
import { keys } from "../page/store.js";
import { dataAddress } from "../state/address.js";
import { closeMenu } from "./menus.js";

/** @import { State } from "../state/reducer.js" */

const SERVICE_UNAVAILABLE = 503;
const KEPT = ["preset", "pages", "lang"]; // parameters of a link that do not follow the view

/** The pictures for something: their format, their fixed parameters, and their name.
 * @type {[string, Record<string, string>, string][]} */
const PRESETS = [
  ["png", { preset: "slide" }, message("slide")],
  ["pdf", { preset: "a4" }, "A4"],
  ["pdf", { preset: "a4-landscape" }, message("a4-landscape")],
  ["pdf", { preset: "a3" }, "A3"],
  ["pdf", { preset: "poster" }, message("poster")],
  ["pdf", { preset: "a4", pages: "all" }, message("pages-all")],
];

/** Point every link to the picture of the current state, or to the data of its moment.
 * @param {State} state */
export function follow(state) {
  const parameters = [...keys.parameters(state)];
  for (const link of findAll('.download a[href^="data/"]')) {
    const address = link.getAttribute("href") || "";
    link.setAttribute("href", dataAddress(address, moment, "frozen" in root.dataset));
  }
  for (const menu of findAll(".download")) {
    const own = keys.forPicture(menu.dataset.diagram || "");
    const shown = parameters.filter(([key]) => own.includes(key));
    const picture = new URLSearchParams([...shown, ...Object.entries(moment)]);
    if (state.theme === "dark") {
      picture.set("theme", "dark");
    }
    if (!menu.querySelector(".presets")) {
      addPresets(menu);
    }
    for (const link of /** @type {HTMLAnchorElement[]} */ (findAll("[data-form]", menu))) {
      const query = new URLSearchParams(picture);
      for (const [name, value] of new URL(link.href).searchParams) {
        if (KEPT.includes(name)) {
          query.set(name, value);
        }
      }
      const path = `export/${menu.dataset.diagram}.${link.dataset.form}`;
      link.setAttribute("href", query.size ? `${path}?${query}` : path);
    }
  }
}

/** Add the links to pictures for slides, paper and posters.
 * @param {HTMLElement} menu */
function addPresets(menu) {
  const pdf = /** @type {HTMLAnchorElement} */ (find('[data-form="pdf"]', menu));
  const links = PRESETS.map(([form, parameters, name]) => {
    const address = new URL(pdf.href); // with the language of the page
    for (const [parameter, value] of Object.entries(parameters)) {
      address.searchParams.set(parameter, value);
    }
    const title = find(`[data-form="${form}"]`, menu).textContent || "";
    const link = html("a", { href: address.href, download: "", title }, name);
    link.dataset.form = form;
    return link;
  });
  pdf.parentElement?.after(html("li", { className: "presets" }, ...links));
}

/** Fetch a picture.
 * @param {string} address
 * @returns {Promise<{blob: Blob, name: string, missing: ?string}>} `missing` are characters that
 *   the fonts lack; the promise is rejected with an error whose message is for the reader */
async function fetchPicture(address) {
  const response = await window.fetch(address).catch((cause) => {
    throw new Error(message("no-answer"), { cause });
  });
  if (!response.ok) {
    const isBusy = response.status === SERVICE_UNAVAILABLE;
    throw new Error(message(isBusy ? "pictures-many" : "picture-failed"));
  }
  return {
    blob: await response.blob(),
    name: fileName(response),
    missing: response.headers.get("Remit-Missing-Characters"),
  };
}

/** Report success, and the characters that the picture could not show.
 * @param {string} key - of the message
 * @param {{missing: ?string}} picture */
function showSuccess(key, { missing }) {
  const warning = missing ? [message("characters-missing", { characters: missing })] : [];
  showNotice([message(key), ...warning].join(" "));
}

/** @param {string} address */
async function download(address) {
  try {
    const picture = await withProgress(fetchPicture(address));
    save(picture.blob, picture.name);
    showSuccess("picture-downloaded", picture);
  } catch (error) {
    showNotice(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} address */
async function copy(address) {
  let failure = message("picture-not-copied");
  const picture = fetchPicture(address);
  picture.catch((error) => {
    failure = error.message;
  });
  try {
    // The item takes the promise: once the script has waited for the picture, browsers no longer
    // treat the copy as the result of a click.
    const item = new window.ClipboardItem({ "image/png": picture.then(({ blob }) => blob) });
    await withProgress(window.navigator.clipboard.write([item]));
    showSuccess("picture-copied", await picture);
  } catch {
    showNotice(failure);
  }
}

export function listen() {
  on("click", ".download :is([data-form], button)", (item, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return; // with such a key the browser follows the link itself
    }
    const menu = /** @type {HTMLDetailsElement} */ (item.closest(".download"));
    const png = /** @type {HTMLAnchorElement} */ (find('[data-form="png"]', menu)); // the first
    event.preventDefault();
    closeMenu(menu);
    if (item instanceof HTMLAnchorElement) {
      download(item.href);
    } else {
      copy(png.href);
    }
  });
}
