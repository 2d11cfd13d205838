/* Menus: `details` elements in a diagram, the toolbar or the breadcrumb; a click or focus elsewhere closes them. */

import { find, findAll, onCapture } from "../page/context.js";

const menus = () =>
  /** @type {HTMLDetailsElement[]} */ (
    findAll(".download, .filter-menu, .day-menu, .between details")
  );

/** Close a menu and focus the button that opened it.
 * @param {HTMLDetailsElement} menu */
export function closeMenu(menu) {
  menu.open = false;
  find("summary", menu).focus();
}

/** @param {Event} event */
function closeOthers({ target }) {
  menus().forEach((menu) => {
    menu.open = menu.open && menu.contains(/** @type {Node} */ (target));
  });
}

export function listen() {
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  // Escape closes an open menu and leaves the selection as it is.
  onCapture("keydown", "*", (_, event) => {
    const open = menus().find((menu) => menu.open);
    if (event.key === "Escape" && open) {
      event.stopImmediatePropagation();
      closeMenu(open);
    }
  });
}
