/* The dialog that lists problems of the tables, for those who maintain them
 * (components/views/problems.py). */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  let listedVersion = ""; // the edition whose problems the dialog lists

  const dialog = () => document.getElementById("problems-dialog");

  async function fillList() {
    const { version, top } = root.dataset;
    if (listedVersion === version) {
      return;
    }
    const fragment = await remit.fragments.fetchCurrent("problems", top, () => true);
    if (fragment) {
      listedVersion = version;
      const restoreFocus = remit.preserveFocus(dialog());
      remit.fill("problems-list", fragment.content);
      restoreFocus();
      if (!fragment.content.length) {
        dialog().close(); // all problems are solved
      }
    }
  }

  remit.problems = {
    async open() {
      await fillList();
      dialog().showModal();
    },
    close: () => dialog().close(),
  };

  (remit.followers = remit.followers || []).push(() => {
    if (dialog().open) {
      fillList();
    }
  });
})();
