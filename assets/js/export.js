/* Downloads: the menu at each diagram gives what is on the screen, as a file or to the clipboard. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const LASTS = 60000;
  const BUSY = 503;

  const menus = () => [...document.querySelectorAll(".download")];
  const linkTo = (menu, form) => menu.querySelector(`[data-form="${form}"]`);

  /** Let each link have the address of what is on the screen. */
  function follow(state) {
    const page = remit.state.parameters(state);
    for (const menu of menus()) {
      const asked = new URLSearchParams();
      for (const key of remit.state.keysOf(menu.dataset.diagram).filter((each) => page.has(each))) {
        asked.set(key, page.get(key));
      }
      if (state.theme === "dark") {
        asked.set("theme", "dark");
      }
      for (const link of menu.querySelectorAll("[data-form]")) {
        const language = new URL(link.href).searchParams.get("lang"); // as the server wrote it
        const search = new URLSearchParams([...asked, ...(language ? [["lang", language]] : [])]);
        const path = `export/${menu.dataset.diagram}.${link.dataset.form}`;
        link.setAttribute("href", search.size ? `${path}?${search}` : path);
      }
    }
  }

  /** Return a promise of a picture: `blob`, `name`, `missing`; it fails with a sentence to show. */
  async function fetchPicture(address) {
    let response = null;
    try {
      response = await window.fetch(address);
    } catch (error) {
      throw new Error(remit.say("no-answer"));
    }
    if (!response.ok) {
      throw new Error(remit.say(response.status === BUSY ? "pictures-many" : "picture-failed"));
    }
    return {
      blob: await response.blob(),
      name: response.headers.get("Content-Disposition").match(/filename="([^"]+)"/)[1],
      missing: response.headers.get("Remit-Missing-Characters"),
    };
  }

  function tell(done, { missing }) {
    const lost = missing ? [remit.say("characters-missing", { characters: missing })] : [];
    remit.notice([remit.say(done), ...lost].join(" "));
  }

  async function download(address) {
    try {
      const picture = await remit.fragments.awaited(fetchPicture(address));
      const link = document.createElement("a");
      link.href = window.URL.createObjectURL(picture.blob);
      link.download = picture.name;
      link.click();
      window.setTimeout(() => window.URL.revokeObjectURL(link.href), LASTS);
      tell("picture-downloaded", picture);
    } catch (error) {
      remit.notice(error.message);
    }
  }

  async function copy(address) {
    let refusal = remit.say("picture-not-copied");
    const picture = fetchPicture(address);
    picture.catch((error) => {
      refusal = error.message;
    });
    try {
      // The promise goes in: after waiting for it, a browser would not count the click any more.
      const item = new window.ClipboardItem({ "image/png": picture.then(({ blob }) => blob) });
      await remit.fragments.awaited(window.navigator.clipboard.write([item]));
      tell("picture-copied", await picture);
    } catch (error) {
      remit.notice(refusal);
    }
  }

  document.addEventListener("click", (event) => {
    const menu = event.target.closest(".download");
    const chosen = menu && event.target.closest("[data-form], button");
    if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return; // the browser's own way with a link
    }
    event.preventDefault();
    remit.menus.close(menu);
    if (chosen.dataset.form) {
      download(chosen.href);
    } else {
      copy(linkTo(menu, "png").href);
    }
  });

  (remit.followers = remit.followers || []).push(follow);
})();
