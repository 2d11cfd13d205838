/* Buttons and links anywhere on the page: a click becomes an action. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** The message that says where to copy the link by hand. */
  const copyByHand = remit.embed.isEmbedded ? "link-on-full-page" : "link-in-address-bar";

  /** Do what a button is for: a command, or setting the key of the state that it names. */
  function press(button) {
    const { action, value } = button.dataset;
    switch (action) {
      case "clear":
        remit.state.dispatch({ type: "clear" });
        break;
      case "end-connection":
        remit.state.dispatch({ type: "set", key: "to", value: null });
        break;
      case "theme": {
        const theme = remit.theme.current() === "dark" ? "light" : "dark";
        remit.theme.choose(theme);
        remit.state.dispatch({ type: "theme", theme });
        remit.announce(remit.message(`switched-to-${theme}`));
        break;
      }
      case "connect":
        remit.connection.startChoosing();
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
          .copyText(remit.embed.fullPageAddress())
          .then(() => remit.showNotice(remit.message("link-copied")))
          .catch(() => remit.showNotice(remit.message(copyByHand)));
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
        remit.keys.toggleCharacterKeys();
        break;
      default:
        remit.state.dispatch({
          type: button.classList.contains("switch") ? "toggle" : "set",
          key: action,
          value,
        });
    }
  }

  document.addEventListener("click", (event) => {
    if (!document.documentElement.dataset.ready) {
      return; // until the page is ready, the browser follows links
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) {
      return; // handled already, or the browser opens the link in a new tab or window
    }
    const target = event.target.closest("[data-action], [data-unit], [data-focus-on]");
    if (!target || target === document.documentElement) {
      return;
    }
    const { action, unit, focusOn } = target.dataset;
    event.preventDefault();
    if (action) {
      press(target);
    } else if (unit) {
      remit.state.dispatch({ type: "select", unit });
    } else {
      remit.state.dispatch({ type: "focus", unit: focusOn });
    }
  });

  /** Prefetch and highlight the unit of a link under the pointer or with the focus. */
  function onEnter({ target }) {
    const link = target.closest("a[data-unit]");
    if (link) {
      remit.fragments.prefetch("panel", link.dataset.unit);
      remit.highlight.hover(remit.scene.keyOf(link.dataset.unit));
    }
  }

  function onLeave({ target, relatedTarget }) {
    const entersLink = relatedTarget && relatedTarget.closest("a[data-unit]");
    if (target.closest("a[data-unit]") && !entersLink) {
      remit.highlight.hover(null);
    }
  }

  document.addEventListener("pointerover", onEnter);
  document.addEventListener("pointerout", onLeave);
  document.addEventListener("focusin", onEnter);
  document.addEventListener("focusout", onLeave);

  /** Press the buttons whose value the state has. */
  function follow(state) {
    const { view } = document.documentElement.dataset; // the visible view; the state's may be null
    for (const button of document.querySelectorAll("button[data-value]")) {
      const { action, value } = button.dataset;
      const current = action === "view" ? view : state[action];
      button.setAttribute("aria-pressed", String(current === value));
    }
  }

  (remit.followers = remit.followers || []).push(follow);
})();
