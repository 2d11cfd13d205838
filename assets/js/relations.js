/* All relations as text, beside the outline: a fragment of the focus. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const draw = remit.fragments.filled("relations");

  (remit.followers = remit.followers || []).push((state) => {
    if (document.documentElement.dataset.view === "outline") {
      draw(state);
    }
  });
})();
