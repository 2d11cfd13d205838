/* The embed dialog: what is chosen, a preview of it, and the one line that puts it into a page. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const COPIED_LASTS = 2000;
  let frame = null;
  let height = 640; // until the preview has told its own

  const dialog = () => document.getElementById("embed-dialog");
  const field = (name) => dialog().querySelector(`[data-field="${name}"]`);
  const preview = () => dialog().querySelector(".preview");
  const line = () => dialog().querySelector("textarea");

  const whole = () => ["", remit.say("whole-organization")];

  /** Return what may stand in the centre: all, or any of what is in the picture. */
  function centres() {
    const top = document.documentElement.dataset.top;
    const units = remit.scene.centres().filter(({ unit }) => unit !== top);
    return new Map([whole(), ...units.map(({ unit, name }) => [unit, name])]);
  }

  function offer(name, choices, value) {
    const options = [...choices].map(([each, text]) => new Option(text, each));
    field(name).replaceChildren(...options.map((each) => (each.value ? remit.ofData(each) : each)));
    field(name).value = value;
    field(name).closest("label").hidden = choices.size < 2;
  }

  function open() {
    const state = remit.state.current();
    const { unit, name } = remit.panel.named();
    offer("focus", centres(), state.focus || "");
    const nothing = ["", remit.say("nothing-selected")];
    offer("unit", new Map(unit ? [nothing, [unit, name]] : [nothing]), unit || "");
    field("view").value = state.view || "";
    field("lang").value = remit.embed.language;
    dialog().showModal();
    show();
  }

  /** Return the address of the embed: the state of the page, and what is chosen. */
  function address() {
    const chosen = (name) => field(name).value || null;
    const said = remit.state.parameters({
      ...remit.state.current(),
      ...Object.fromEntries(["view", "focus", "unit"].map((name) => [name, chosen(name)])),
    });
    if (chosen("panel")) {
      said.set("panel", chosen("panel"));
    }
    if (chosen("theme") !== "auto") {
      said.set("theme", chosen("theme"));
    }
    if (chosen("lang")) {
      said.set("lang", chosen("lang"));
    }
    return new URL(said.size ? `embed?${said}` : "embed", window.location.href).href;
  }

  /** Write the line. It needs no script and no style where it is put. */
  function write() {
    const [centre] = field("focus").selectedOptions;
    const organization = document.querySelector("h1").textContent;
    // A document of its own: there nothing is loaded, and the browser writes what is safe in HTML.
    const element = document.implementation.createHTMLDocument("").createElement("iframe");
    const attributes = {
      src: address(),
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

  /** Make the preview as wide as is chosen; where there is less room, smaller as a whole. */
  function fit() {
    const room = preview().clientWidth;
    const width = field("width").value === "100%" ? room : Number(field("width").value);
    const scale = Math.min(1, room / width);
    Object.assign(frame.style, {
      width: `${width}px`,
      height: `${height}px`,
      transform: `scale(${scale})`,
      left: `${(room - width * scale) / 2}px`,
    });
    preview().style.height = `${height * scale}px`;
    write();
  }

  function show() {
    // A new frame each time: an address that changes would be one more step of the way back.
    frame = document.createElement("iframe");
    frame.title = remit.say("preview");
    frame.src = address();
    preview().replaceChildren(frame);
    fit();
  }

  document.addEventListener("change", ({ target }) => {
    if (target.closest("#embed-dialog")) {
      (target === field("width") ? fit : show)();
    }
  });

  window.addEventListener("resize", () => frame && fit());

  window.addEventListener("message", ({ source, data }) => {
    if (frame && source === frame.contentWindow && data && Number.isInteger(data.height)) {
      height = data.height;
      fit();
    }
  });

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

  function copy() {
    const button = dialog().querySelector('[data-action="copy-embed"]');
    const tell = (key, values) => {
      button.textContent = remit.say(key, values);
      window.setTimeout(() => {
        button.textContent = remit.say("copy-line");
      }, COPIED_LASTS);
    };
    line().select(); // where copying is not allowed to scripts, the keys do it
    remit
      .copyText(line().value)
      .then(() => tell("line-copied"))
      .catch(() => tell("press-to-copy", { keys: "Ctrl+C" }));
  }

  remit.embedDialog = { open, copy, close: () => dialog().close() };
})();
