/* The script of a page in a single file: it takes everything from elements of the document. */

import { answerFrom } from "./fetching.js";
import { showLanguage } from "./languages.js";
import { decompressed } from "./packs.js";

/** The elements in which the pages of two languages differ. */
const DIFFERENT = ["page-styles", "page", "words", "view-state"];

/** @param {string} name */
const part = (name) => document.getElementById(`pack-${name}`);

/** Return a compressed part of the file.
 * @param {string} name @returns {Promise<Response>} */
function load(name) {
  const characters = window.atob(part(name)?.textContent || "");
  return Promise.resolve(new Response(Uint8Array.from(characters, (each) => each.charCodeAt(0))));
}

/** @param {string} name */
const read = async (name) => decompressed(await load(name));

/** Show the page of another language.
 * @param {string} _address @param {string} language */
async function show(_address, language) {
  const page = new DOMParser().parseFromString(await read(`page-${language}`), "text/html");
  for (const { name, value } of page.documentElement.attributes) {
    document.documentElement.setAttribute(name, value);
  }
  document.title = page.title;
  for (const id of DIFFERENT) {
    document.getElementById(id)?.replaceWith(/** @type {Element} */ (page.getElementById(id)));
  }
}

/** Put Dash's scripts where the page starts them. */
async function prepareDash() {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("dash-scripts"));
  for (let number = 0; part(`script-${number}`); number += 1) {
    const script = document.createElement("script");
    script.textContent = await read(`script-${number}`);
    content.append(script);
  }
}

async function start() {
  await showLanguage(show);
  answerFrom(load); // now, since the page of a language is of the default moment
  await prepareDash();
  return await import("../main.js"); // now, since it reads the language of the page
}

/** For tests, which cannot import modules of a bundle. */
export const page = start();
