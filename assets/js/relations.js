/* The list of all relations at or below the focus, beside the outline. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const fillRelations = remit.fragments.fillingFollower("relations");

  (remit.followers = remit.followers || []).push((state) => {
    if (document.documentElement.dataset.view === "outline") {
      fillRelations(state);
    }
  });
})();
