/* Downloads: the menu at each diagram saves its picture as a file or copies it to the clipboard. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const OBJECT_URL_LASTS = 60000; // milliseconds
  const SERVICE_UNAVAILABLE = 503;

  const menus = () => [...document.querySelectorAll(".download")];
  const linkTo = (menu, form) => menu.querySelector(`[data-form="${form}"]`);

  /** Point every link to the picture of the current state. */
  function follow(state) {
    const parameters = remit.state.toParameters(state);
    for (const menu of menus()) {
      const picture = new URLSearchParams();
      for (const key of remit.state.keysForPicture(menu.dataset.diagram)) {
        if (parameters.has(key)) {
          picture.set(key, parameters.get(key));
        }
      }
      if (state.theme === "dark") {
        picture.set("theme", "dark");
      }
      for (const link of menu.querySelectorAll("[data-form]")) {
        const language = new URL(link.href).searchParams.get("lang"); // written by the server
        const search = new URLSearchParams([...picture, ...(language ? [["lang", language]] : [])]);
        const path = `export/${menu.dataset.diagram}.${link.dataset.form}`;
        link.setAttribute("href", search.size ? `${path}?${search}` : path);
      }
    }
  }

  /**
   * Fetch a picture.
   * @param {string} address
   * @returns {Promise<{blob: Blob, name: string, missing: ?string}>} `missing` are characters that
   *   the fonts lack; the promise is rejected with an error whose message is for the reader
   */
  async function fetchPicture(address) {
    let response = null;
    try {
      response = await window.fetch(address);
    } catch (error) {
      throw new Error(remit.message("no-answer"));
    }
    if (!response.ok) {
      const isBusy = response.status === SERVICE_UNAVAILABLE;
      throw new Error(remit.message(isBusy ? "pictures-many" : "picture-failed"));
    }
    return {
      blob: await response.blob(),
      name: response.headers.get("Content-Disposition").match(/filename="([^"]+)"/)[1],
      missing: response.headers.get("Remit-Missing-Characters"),
    };
  }

  /** Report success, and the characters that the picture could not show. */
  function showSuccess(key, { missing }) {
    const warning = missing ? [remit.message("characters-missing", { characters: missing })] : [];
    remit.showNotice([remit.message(key), ...warning].join(" "));
  }

  async function download(address) {
    try {
      const picture = await remit.fragments.withProgress(fetchPicture(address));
      const link = document.createElement("a");
      link.href = window.URL.createObjectURL(picture.blob);
      link.download = picture.name;
      link.click();
      window.setTimeout(() => window.URL.revokeObjectURL(link.href), OBJECT_URL_LASTS);
      showSuccess("picture-downloaded", picture);
    } catch (error) {
      remit.showNotice(error.message);
    }
  }

  async function copy(address) {
    let failure = remit.message("picture-not-copied");
    const picture = fetchPicture(address);
    picture.catch((error) => {
      failure = error.message;
    });
    try {
      // The item takes the promise: once the script has waited for the picture, browsers no longer
      // treat the copy as the result of a click.
      const item = new window.ClipboardItem({ "image/png": picture.then(({ blob }) => blob) });
      await remit.fragments.withProgress(window.navigator.clipboard.write([item]));
      showSuccess("picture-copied", await picture);
    } catch (error) {
      remit.showNotice(failure);
    }
  }

  document.addEventListener("click", (event) => {
    const menu = event.target.closest(".download");
    const item = menu && event.target.closest("[data-form], button");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return; // with such a key the browser follows the link itself
    }
    event.preventDefault();
    remit.menus.close(menu);
    if (item.dataset.form) {
      download(item.href);
    } else {
      copy(linkTo(menu, "png").href);
    }
  });

  (remit.followers = remit.followers || []).push(follow);
})();
