/* The dialog that lists problems of the tables, for those who maintain them
 * (components/views/problems.py). */

import { elementWith, top } from "../page/context.js";
import { fill } from "../page/elements.js";
import { preserveFocus } from "../page/focus.js";
import { fetchCurrent, noteShown, version } from "../page/fragments.js";

let listedVersion = version(); // the edition whose problems the dialog lists

const dialog = () => /** @type {HTMLDialogElement} */ (elementWith("problems-dialog"));

async function fillList() {
  if (listedVersion === version()) {
    return;
  }
  const fragment = await fetchCurrent("problems", top(), () => true);
  if (fragment) {
    listedVersion = fragment.version;
    const restoreFocus = preserveFocus(dialog());
    fill("problems-list", fragment.content);
    restoreFocus();
    if (!fragment.content.length) {
      dialog().close(); // all problems are solved
    }
  }
}

export async function open() {
  noteShown("problems", top());
  await fillList();
  dialog().showModal();
}

export const close = () => dialog().close();

export function follow() {
  if (dialog().open) {
    fillList();
  }
}
