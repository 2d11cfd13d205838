/* Menus: a `details` at a diagram or in the toolbar closes once the reader turns to anything else. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const menus = () => [...document.querySelectorAll(".download, .filter-menu")];

  /** Close a menu, and give the focus back to what opened it. */
  function close(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  function closeOthers({ target }) {
    menus().forEach((menu) => {
      menu.open = menu.open && menu.contains(target);
    });
  }

  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  // Ahead of the page's own: Escape closes the menu and leaves the selection.
  document.addEventListener(
    "keydown",
    (event) => {
      const open = menus().find((menu) => menu.open);
      if (event.key === "Escape" && open) {
        event.stopImmediatePropagation();
        close(open);
      }
    },
    true,
  );

  remit.menus = { close };
})();
