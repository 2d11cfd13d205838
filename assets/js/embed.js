/* The page inside another page, its host: the messages that it posts to it and accepts from it.
 *
 * Frame → host, by `window.postMessage`:
 *   { remit: 1, type: "ready" }                      both diagrams are drawn; commands are accepted
 *   { remit: 1, type: "height", height }             the CSS pixels that it needs at its width
 *   { remit: 1, type: "unit", unit, name, focus }    the selected unit (or null), and the focus
 * Host → frame:
 *   { remit: 1, type: "select", unit }               null clears the selection
 *   { remit: 1, type: "focus", unit }                null focuses the top
 *
 * docs/embedding.md documents the protocol. The full page posts and accepts nothing. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const isEmbedded = "embedded" in root.dataset;
  const query = new URLSearchParams(window.location.search);
  const requestedLanguage = (query.get("lang") || "").toLowerCase().split("-")[0];
  /** The language that the address asks for; empty if the page chose the reader's own. */
  const language = requestedLanguage === root.lang ? root.lang : "";
  const PROTOCOL_VERSION = 1;
  const MAX_UNIT_LENGTH = 1000; // characters
  const COMMAND_DELAY = 50; // milliseconds; of several commands of one type only the last counts
  const ROUNDING = 0.1; // pixels by which sums of heights may be off

  /** Tell whether the address keeps a parameter that is not part of the state. */
  function isKept([key, value]) {
    return (
      (key === "lang" && language && value === query.get("lang")) ||
      (isEmbedded && key === "panel" && value === "0") ||
      (isEmbedded && key === "theme" && ["light", "dark", "auto"].includes(value))
    );
  }

  remit.embed = {
    isEmbedded,
    language,
    /**
     * The parameters that every address of this page keeps, beside those of the state.
     * @type {Array<[string, string]>}
     */
    extraParameters: [...query]
      .filter(isKept)
      .map(([key, value]) => [key, key === "lang" ? language : value]),
    /** Add the language to a relative address (`?unit=...`), if this page's address names one. */
    withLanguage: (address) => (language ? `${address}&lang=${language}` : address),
    /** Return the address of the full page in the current state. */
    fullPageAddress() {
      const parameters = remit.state.toParameters(remit.state.current());
      if (language) {
        parameters.set("lang", language);
      }
      return new URL(parameters.size ? `./?${parameters}` : "./", window.location.href).href;
    },
  };

  if (!isEmbedded) {
    return;
  }

  (remit.followers = remit.followers || []).push(() => {
    document.querySelector(".full-page").href = remit.embed.fullPageAddress();
  });

  // ---- Posting to the host --------------------------------------------------------------------

  const isFramed = window.parent !== window;
  const allowedHosts = root.dataset.framedBy.split(" ").filter(Boolean);
  const allowsAnyHost = allowedHosts.includes("*");

  /** Return the target origins of messages: the host's alone where the browser reveals it. */
  function targetOrigins() {
    if (allowsAnyHost) {
      return ["*"]; // the page is public, and so are its messages
    }
    const host = window.location.ancestorOrigins && window.location.ancestorOrigins[0];
    const allowed = [window.location.origin, ...allowedHosts];
    return host ? allowed.filter((origin) => origin === host).slice(0, 1) : allowed;
  }

  const lastPosted = {}; // messages as JSON, by type

  /** Post a message to the host, unless it repeats the last one of its type. */
  function post(type, facts) {
    const message = { remit: PROTOCOL_VERSION, type, ...facts };
    const text = JSON.stringify(message);
    if (isFramed && lastPosted[type] !== text) {
      lastPosted[type] = text;
      for (const origin of targetOrigins()) {
        window.parent.postMessage(message, origin);
      }
    }
  }

  /**
   * Post the height that the page needs.
   *
   * It depends on the width alone: `main` takes all extra height of the iframe, so only its minimum
   * counts. Otherwise the iframe of a host that applies the height would grow without end.
   */
  function postHeight() {
    const main = document.querySelector("main");
    const [pageHeight, mainHeight] = [document.getElementById("page"), main].map(
      (element) => element.getBoundingClientRect().height,
    );
    const needed = pageHeight - mainHeight + parseFloat(window.getComputedStyle(main).minHeight);
    post("height", { height: Math.ceil(needed - ROUNDING) });
  }

  function postUnit() {
    post("unit", { ...remit.panel.selectedUnit(), focus: root.dataset.focus });
  }

  const sizes = new ResizeObserver(postHeight);

  new MutationObserver(() => {
    sizes.observe(document.getElementById("page"));
    postHeight(); // browsers delay resize observers in iframes that are out of sight
    if (root.dataset.ready) {
      post("ready");
      remit.panel.whenDrawn().catch(() => {}).then(postUnit);
    }
  }).observe(root, {
    attributes: true,
    attributeFilter: ["data-ready", "data-unit", "data-focus", "data-view"],
  });

  // ---- Commands of the host -------------------------------------------------------------------

  function isAllowed(origin) {
    return allowsAnyHost || origin === window.location.origin || allowedHosts.includes(origin);
  }

  function isCommand(data) {
    return (
      data !== null &&
      typeof data === "object" &&
      Object.getPrototypeOf(data) === Object.prototype &&
      Object.keys(data).sort().join() === "remit,type,unit" &&
      data.remit === PROTOCOL_VERSION &&
      (data.type === "select" || data.type === "focus") &&
      (data.unit === null ||
        (typeof data.unit === "string" && data.unit !== "" && data.unit.length <= MAX_UNIT_LENGTH))
    );
  }

  const pendingCommands = new Map(); // the last unit by type

  function runCommands() {
    const commands = [...pendingCommands];
    pendingCommands.clear();
    for (const [type, unit] of commands) {
      remit.state.dispatch({ type, unit });
    }
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    const isFromHost = isFramed && source === window.parent && isAllowed(origin);
    if (!isFromHost || !root.dataset.ready || !isCommand(data)) {
      return;
    }
    if (!pendingCommands.size) {
      window.setTimeout(runCommands, COMMAND_DELAY);
    }
    pendingCommands.set(data.type, data.unit);
  });
})();
