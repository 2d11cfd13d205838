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

  /** Mark the selected unit, once the outline has it. */
  function mark({ unit }) {
    for (const link of document.querySelectorAll("#outline a[data-unit]")) {
      const isSelected = link.dataset.unit === unit;
      link.toggleAttribute("aria-current", isSelected);
      if (isSelected && document.documentElement.dataset.view === "outline") {
        remit.embed.reveal(link);
      }
    }
  }

  const outline = filled("outline");
  (remit.followers = remit.followers || []).push(filled("breadcrumb"), async (state) => {
    mark(state);
    await outline(state);
    mark(remit.state.current());
  });
})();
