/* The outline and the breadcrumb: fragments of the focus. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});

  /** Return a follower that fills an element with a fragment whenever the focus is another. */
  function filled(kind) {
    let drawn = "";
    return async (state) => {
      const fragment = await remit.fragments.ofFocus(kind, state);
      const wanted = fragment && `${document.documentElement.dataset.version} ${fragment.unit}`;
      if (wanted && wanted !== drawn) {
        drawn = wanted;
        remit.fill(kind, fragment.content);
      }
    };
  }

  (remit.followers = remit.followers || []).push(filled("outline"), filled("breadcrumb"));
})();
