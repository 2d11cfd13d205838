/* The page inside another page: what it tells its host, and what it takes from it.
 *
 * Frame → host, by `window.postMessage`:
 *   { remit: 1, type: "ready" }                      both diagrams are drawn; from now on it listens
 *   { remit: 1, type: "height", height }             the CSS pixels that it needs at its width
 *   { remit: 1, type: "unit", unit, name, focus }    the selected unit (or null), and the centre
 * Host → frame:
 *   { remit: 1, type: "select", unit }               null selects nothing
 *   { remit: 1, type: "focus", unit }                null leads to the top
 *
 * docs/embedding.md has the whole of it. On the full page nothing of this happens. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const isEmbedded = "embedded" in root.dataset;
  const asked = new URLSearchParams(window.location.search);
  /** The language that the address asks for; empty if the page has the reader's own. */
  const spoken = (asked.get("lang") || "").toLowerCase().split("-")[0];
  const language = spoken === root.lang ? root.lang : "";
  const VERSION = 1;
  const LONGEST = 1000;
  const TOGETHER = 50; // milliseconds in which the last command of a type stands for all
  const ROUNDING = 0.1; // of a pixel, in sums of heights

  remit.embed = {
    isEmbedded,
    language,
    /** What is asked for beside the state, of an embed more than of the page: it is kept. */
    parameters: [...asked]
      .filter(
        ([key, value]) =>
          (key === "lang" && language && value === asked.get("lang")) ||
          (isEmbedded && key === "panel" && value === "0") ||
          (isEmbedded && key === "theme" && ["light", "dark", "auto"].includes(value)),
      )
      .map(([key, value]) => [key, key === "lang" ? language : value]),
    /** Return an address of this page (`?unit=...`) in the language that is asked for. */
    spoken: (address) => (language ? `${address}&lang=${language}` : address),
    /** Return the address of the full page that shows the same. */
    fullPage() {
      const said = remit.state.parameters(remit.state.current());
      if (language) {
        said.set("lang", language);
      }
      return new URL(said.size ? `./?${said}` : "./", window.location.href).href;
    },
  };

  if (!isEmbedded) {
    return;
  }

  (remit.followers = remit.followers || []).push(() => {
    document.querySelector(".full-page").href = remit.embed.fullPage();
  });

  // ---- Telling the host -----------------------------------------------------------------------

  const isFramed = window.parent !== window;
  const framedBy = root.dataset.framedBy.split(" ").filter(Boolean);
  const isAnyones = framedBy.includes("*");

  /** Return the origins to which messages are addressed: the host's, as far as it is known. */
  function addressees() {
    if (isAnyones) {
      return ["*"]; // what is told is public, and so is the page that tells it
    }
    const known = window.location.ancestorOrigins && window.location.ancestorOrigins[0];
    const allowed = [window.location.origin, ...framedBy];
    return known ? allowed.filter((origin) => origin === known).slice(0, 1) : allowed;
  }

  const told = {};

  /** Post a message to the host, unless it is what it was told last. */
  function tell(type, facts) {
    const message = { remit: VERSION, type, ...facts };
    const text = JSON.stringify(message);
    if (isFramed && told[type] !== text) {
      told[type] = text;
      for (const origin of addressees()) {
        window.parent.postMessage(message, origin);
      }
    }
  }

  /** Tell the height at which the diagrams have the room they need.
   *
   * It follows from the width alone: whatever a frame has more goes to `main`, and is taken off
   * again, so that a host may give the height that it is told without an end to it. */
  function tellHeight() {
    const main = document.querySelector("main");
    const [all, drawn] = [document.getElementById("page"), main].map(
      (element) => element.getBoundingClientRect().height,
    );
    const needed = all - drawn + parseFloat(window.getComputedStyle(main).minHeight);
    tell("height", { height: Math.ceil(needed - ROUNDING) });
  }

  function tellUnit() {
    tell("unit", { ...remit.panel.named(), focus: root.dataset.focus });
  }

  const sizes = new ResizeObserver(tellHeight);

  new MutationObserver(() => {
    sizes.observe(document.getElementById("page"));
    tellHeight(); // a frame that is out of sight is drawn later, and so is what observes sizes
    if (root.dataset.ready) {
      tell("ready");
      remit.panel.drawn().catch(() => {}).then(tellUnit);
    }
  }).observe(root, {
    attributes: true,
    attributeFilter: ["data-ready", "data-unit", "data-focus", "data-view"],
  });

  // ---- Listening to the host ------------------------------------------------------------------

  function isAllowed(origin) {
    return isAnyones || origin === window.location.origin || framedBy.includes(origin);
  }

  function isCommand(data) {
    return (
      data !== null &&
      typeof data === "object" &&
      Object.getPrototypeOf(data) === Object.prototype &&
      Object.keys(data).sort().join() === "remit,type,unit" &&
      data.remit === VERSION &&
      (data.type === "select" || data.type === "focus") &&
      (data.unit === null ||
        (typeof data.unit === "string" && data.unit !== "" && data.unit.length <= LONGEST))
    );
  }

  const commands = new Map();

  function obey() {
    const events = [...commands];
    commands.clear();
    for (const [type, unit] of events) {
      remit.state.dispatch({ type, unit });
    }
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    const isHost = isFramed && source === window.parent && isAllowed(origin);
    if (!isHost || !root.dataset.ready || !isCommand(data)) {
      return;
    }
    if (!commands.size) {
      window.setTimeout(obey, TOGETHER);
    }
    commands.set(data.type, data.unit);
  });
})();
