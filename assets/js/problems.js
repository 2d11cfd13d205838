/* The list of what is wrong with the tables (components/views/problems.py), for who keeps them. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  let listed = ""; // the version of which the dialog has the list

  const dialog = () => document.getElementById("problems-dialog");

  async function list() {
    const { version, top } = root.dataset;
    if (listed === version) {
      return;
    }
    const fragment = await remit.fragments.forState("problems", top, () => true);
    if (fragment) {
      listed = version;
      const giveBack = remit.keeping(dialog());
      remit.fill("problems-list", fragment.content);
      giveBack();
      if (!fragment.content.length) {
        dialog().close(); // all is mended
      }
    }
  }

  remit.problems = {
    async open() {
      await list();
      dialog().showModal();
    },
    close: () => dialog().close(),
  };

  (remit.followers = remit.followers || []).push(() => {
    if (dialog().open) {
      list();
    }
  });
})();
