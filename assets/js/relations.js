/* All relations as text, beside the outline: a fragment of the focus. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  let drawn = "";

  (remit.followers = remit.followers || []).push(async (state) => {
    if (root.dataset.view !== "outline") {
      return;
    }
    const fragment = await remit.fragments.ofFocus("relations", state);
    const wanted = fragment && `${root.dataset.version} ${fragment.unit}`;
    if (wanted && wanted !== drawn) {
      drawn = wanted;
      remit.fill("relations", fragment.content);
    }
  });
})();
