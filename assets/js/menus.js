/* Menus: `details` elements in a diagram or the toolbar; a click or focus elsewhere closes them. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const menus = () => [...document.querySelectorAll(".download, .filter-menu")];

  /** Close a menu and focus the button that opened it. */
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

  // Escape closes an open menu and leaves the selection as it is.
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
