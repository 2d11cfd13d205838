/* The embed dialog: options, a preview, and the line of HTML that embeds the page elsewhere. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const FEEDBACK_LASTS = 2000; // milliseconds
  let frame = null; // the iframe of the preview while the dialog is open
  let height = 640; // until the preview posts its own

  const dialog = () => document.getElementById("embed-dialog");
  const field = (name) => dialog().querySelector(`[data-field="${name}"]`);
  const preview = () => dialog().querySelector(".preview");
  const line = () => dialog().querySelector("textarea");

  // ---- The options ----------------------------------------------------------------------------

  /** Return the units that may be the focus, as a map from unit to name; "" is the whole. */
  function focusChoices() {
    const { top } = document.documentElement.dataset;
    const units = remit.scene.focusable().filter(({ unit }) => unit !== top);
    return new Map([
      ["", remit.message("whole-organization")],
      ...units.map(({ unit, name }) => [unit, name]),
    ]);
  }

  /**
   * Fill a select element; hide it if there is nothing to choose.
   * @param {string} name - of the field
   * @param {Map<string, string>} choices - texts by value
   * @param {string} value - the initial choice
   */
  function fillSelect(name, choices, value) {
    const options = [...choices].map(([choice, text]) => {
      const option = new Option(text, choice);
      return choice ? remit.markAsData(option) : option;
    });
    field(name).replaceChildren(...options);
    field(name).value = value;
    field(name).closest("label").hidden = choices.size < 2;
  }

  function open() {
    const state = remit.state.current();
    const { unit, name } = remit.panel.selectedUnit();
    fillSelect("focus", focusChoices(), state.focus || "");
    const nothing = ["", remit.message("nothing-selected")];
    fillSelect("unit", new Map(unit ? [nothing, [unit, name]] : [nothing]), unit || "");
    field("view").value = state.view || "";
    field("lang").value = remit.embed.language;
    dialog().showModal();
    showPreview();
  }

  // ---- The line of HTML -----------------------------------------------------------------------

  /** Return the address of the embed: the state of the page, changed by the options. */
  function embedAddress() {
    const chosen = (name) => field(name).value || null;
    const parameters = remit.state.toParameters({
      ...remit.state.current(),
      ...Object.fromEntries(["view", "focus", "unit"].map((name) => [name, chosen(name)])),
    });
    if (chosen("panel")) {
      parameters.set("panel", chosen("panel"));
    }
    if (chosen("theme") !== "auto") {
      parameters.set("theme", chosen("theme"));
    }
    if (chosen("lang")) {
      parameters.set("lang", chosen("lang"));
    }
    return new URL(parameters.size ? `embed?${parameters}` : "embed", window.location.href).href;
  }

  /** Write the iframe as HTML. The host's page needs neither script nor style for it. */
  function updateLine() {
    const [centre] = field("focus").selectedOptions;
    const organization = document.querySelector("h1").textContent;
    // In a detached document the iframe loads nothing, and the browser escapes its attributes.
    const element = document.implementation.createHTMLDocument("").createElement("iframe");
    const attributes = {
      src: embedAddress(),
      title: centre.value ? `${centre.text} – ${organization}` : organization,
      width: field("width").value,
      height,
      frameborder: 0,
      loading: "lazy",
      allow: "clipboard-write",
    };
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    line().value = element.outerHTML;
  }

  // ---- The preview ----------------------------------------------------------------------------

  /** Give the preview the chosen width; scale it down where the dialog is narrower. */
  function fitPreview() {
    const available = preview().clientWidth;
    const width = field("width").value === "100%" ? available : Number(field("width").value);
    const scale = Math.min(1, available / width);
    Object.assign(frame.style, {
      width: `${width}px`,
      height: `${height}px`,
      transform: `scale(${scale})`,
      left: `${(available - width * scale) / 2}px`,
    });
    preview().style.height = `${height * scale}px`;
    updateLine();
  }

  function showPreview() {
    // A new iframe each time: changing its address would add an entry to the page's history.
    frame = document.createElement("iframe");
    frame.title = remit.message("preview");
    frame.src = embedAddress();
    preview().replaceChildren(frame);
    fitPreview();
  }

  document.addEventListener("change", ({ target }) => {
    if (target.closest("#embed-dialog")) {
      (target === field("width") ? fitPreview : showPreview)();
    }
  });

  window.addEventListener("resize", () => frame && fitPreview());

  window.addEventListener("message", ({ source, data }) => {
    if (frame && source === frame.contentWindow && data && Number.isInteger(data.height)) {
      height = data.height;
      fitPreview();
    }
  });

  // `close` does not bubble.
  document.addEventListener(
    "close",
    ({ target }) => {
      if (target === dialog()) {
        preview().replaceChildren();
        frame = null;
      }
    },
    true,
  );

  /** Copy the line to the clipboard, and report the outcome on the button. */
  function copy() {
    const button = dialog().querySelector('[data-action="copy-embed"]');
    const showFeedback = (key, values) => {
      button.textContent = remit.message(key, values);
      window.setTimeout(() => {
        button.textContent = remit.message("copy-line");
      }, FEEDBACK_LASTS);
    };
    line().select(); // where scripts may not copy, the reader can with the keyboard
    remit
      .copyText(line().value)
      .then(() => showFeedback("line-copied"))
      .catch(() => showFeedback("press-to-copy", { keys: "Ctrl+C" }));
  }

  remit.embedDialog = { open, copy, close: () => dialog().close() };
})();
