/* The outline and the breadcrumb: fragments of the focus. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});

  function filledBy(kind) {
    let drawn = "";
    return async (state) => {
      const fragment = await remit.fragments.ofFocus(kind, state);
      if (fragment === null || fragment.unit === drawn) {
        return window.dash_clientside.no_update;
      }
      drawn = fragment.unit;
      return fragment.content;
    };
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.outline = {
    content: filledBy("outline"),
    breadcrumb: filledBy("breadcrumb"),
  };
})();
