/* The dialog that lists problems of the tables, for those who maintain them
 * (components/views/problems.py). */

import { elementWith, top } from "../page/context.js";
import { fill, preserveFocus } from "../page/elements.js";
import { editionFollower, noteShown } from "../page/fragments.js";

const dialog = () => /** @type {HTMLDialogElement} */ (elementWith("problems-dialog"));

const followProblems = editionFollower("problems", (content) => {
  const restoreFocus = preserveFocus(dialog());
  fill("problems-list", content);
  restoreFocus();
  if (!content.length) {
    dialog().close(); // all problems are solved
  }
});

export async function open() {
  noteShown({ kind: "problems", unit: top() });
  await followProblems();
  dialog().showModal();
}

export const close = () => dialog().close();

export function follow() {
  if (dialog().open) {
    followProblems();
  }
}
