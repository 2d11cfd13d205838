/* Buttons and links: what a click anywhere on the page means. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const ACTIONS = {
    layout: (value) => ({ type: "choose", key: "layout", value }),
    view: (value) => ({ type: "choose", key: "view", value }),
    by: (value) => ({ type: "choose", key: "by", value }),
    links: (value) => ({ type: "switch", key: "links", value }),
    references: (value) => ({ type: "switch", key: "references", value }),
    "end-connection": () => ({ type: "choose", key: "to", value: null }),
  };

  const whereTheLinkIs = remit.embed.isEmbedded ? "link-on-full-page" : "link-in-address-bar";

  function act({ action, value }) {
    switch (action) {
      case "theme": {
        const theme = remit.theme.current() === "dark" ? "light" : "dark";
        remit.theme.choose(theme);
        remit.state.dispatch({ type: "theme", theme });
        remit.announce(remit.say(`switched-to-${theme}`));
        break;
      }
      case "clear":
        remit.state.dispatch({ type: "clear" });
        break;
      case "connect":
        remit.connection.choose();
        break;
      case "zoom-in":
        remit.network.zoom(1.25);
        break;
      case "zoom-out":
        remit.network.zoom(0.8);
        break;
      case "fit":
        remit.network.fit();
        break;
      case "copy-link":
        remit
          .copyText(remit.embed.fullPage())
          .then(() => remit.notice(remit.say("link-copied")))
          .catch(() => remit.notice(remit.say(whereTheLinkIs)));
        break;
      case "embed":
        remit.embedDialog.open();
        break;
      case "copy-embed":
        remit.embedDialog.copy();
        break;
      case "close-embed":
        remit.embedDialog.close();
        break;
      case "keys":
        remit.keys.open();
        break;
      case "close-keys":
        remit.keys.close();
        break;
      case "problems":
        remit.problems.open();
        break;
      case "close-problems":
        remit.problems.close();
        break;
      case "characters":
        remit.keys.switchCharacters();
        break;
      default:
        remit.state.dispatch(ACTIONS[action](value));
    }
  }

  document.addEventListener("click", (event) => {
    if (!document.documentElement.dataset.ready) {
      return; // until the diagrams are drawn a link is a plain one
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) {
      return; // a new tab or window: the link's own address
    }
    const target = event.target.closest("[data-action], [data-unit], [data-focus-on]");
    if (!target || target === document.documentElement) {
      return;
    }
    const { action, unit, focusOn } = target.dataset;
    event.preventDefault();
    if (action) {
      act(target.dataset);
    } else if (unit) {
      remit.state.dispatch({ type: "select", unit });
    } else {
      remit.state.dispatch({ type: "focus", unit: focusOn });
    }
  });

  function over(event) {
    const link = event.target.closest("a[data-unit]");
    if (link) {
      remit.fragments.prefetch("panel", link.dataset.unit);
      remit.highlight.hover(remit.scene.keyOf(link.dataset.unit));
    }
  }

  function out({ target, relatedTarget }) {
    const isNext = relatedTarget && relatedTarget.closest("a[data-unit]");
    if (target.closest("a[data-unit]") && !isNext) {
      remit.highlight.hover(null); // another link says itself what it is about
    }
  }

  document.addEventListener("pointerover", over);
  document.addEventListener("pointerout", out);
  document.addEventListener("focusin", over);
  document.addEventListener("focusout", out);

  /** Show on each button whether it is what the state says. */
  function follow(state) {
    const { view } = document.documentElement.dataset;
    for (const button of document.querySelectorAll("button[data-value]")) {
      const { action, value } = button.dataset;
      const now = action === "view" ? view : state[action];
      button.setAttribute("aria-pressed", String(now === value));
    }
  }

  (remit.followers = remit.followers || []).push(follow);
})();
