/* What is said on the page beside the diagrams: tooltip, notice, title, readiness. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const NOTICE_LASTS = 6000;
  const AWAY = 14;
  const missing = new Set(["sunburst", "network"]);
  let fading = 0;

  /** Say that a diagram is drawn; the page is ready once both are. */
  remit.ready = (diagram) => {
    missing.delete(diagram);
    if (!missing.size && remit.readyAt === undefined) {
      remit.readyAt = window.performance.now();
      remit.panel.afterwards(takeOver);
    }
  };

  /** Let the living page take the place of the one that the server drew. */
  function takeOver() {
    const giveFocus = remit.parts.keeping();
    document.getElementById("opening").remove();
    document.getElementById("react-entry-point").removeAttribute("inert");
    remit.walk.open();
    root.dataset.ready = "true";
    giveFocus();
  }

  /** Tell a screen reader what others see, as soon as it has nothing else to say. */
  remit.announce = (sentence) => {
    const element = document.getElementById("announcer");
    // The same once more is told once more.
    element.textContent = element.textContent === sentence ? `${sentence}\u00a0` : sentence;
  };

  remit.notice = (sentence) => {
    const element = document.getElementById("notice");
    element.textContent = sentence;
    element.classList.add("shown");
    window.clearTimeout(fading);
    fading = window.setTimeout(() => element.classList.remove("shown"), NOTICE_LASTS);
  };

  /** Return a promise that a text is in the clipboard; over plain http browsers offer none. */
  remit.copyText = async (text) => window.navigator.clipboard.writeText(text);

  function tell(name, note, event) {
    if (event.pointerType === "touch" || event.type.startsWith("touch")) {
      return; // the panel says it, and a finger has nowhere to hover
    }
    const element = document.getElementById("tooltip");
    element.replaceChildren(remit.ofData(paragraph(name, "name")), ...(note ? [paragraph(note, "note")] : []));
    element.classList.add("shown");
    const { width, height } = element.getBoundingClientRect();
    const left = event.clientX + AWAY + width > window.innerWidth ? -AWAY - width : AWAY;
    const top = event.clientY + AWAY + height > window.innerHeight ? -AWAY - height : AWAY;
    element.style.left = `${Math.max(0, event.clientX + left)}px`;
    element.style.top = `${Math.max(0, event.clientY + top)}px`;
  }

  function paragraph(text, name) {
    const element = document.createElement("p");
    element.className = name;
    element.textContent = text;
    return element;
  }

  /** Scroll an entry into view within its list: neither the page nor what it is inside of moves. */
  remit.reveal = (entry, list) => {
    const [box, seen] = [entry, list].map((each) => each.getBoundingClientRect());
    list.scrollTop += Math.min(0, box.top - seen.top) + Math.max(0, box.bottom - seen.bottom);
  };

  remit.tooltip = {
    show(key, event) {
      const node = remit.scene.node(key);
      if (node) {
        tell(node.name, node.note, event);
      }
    },
    showLink({ source, target, note }, event) {
      const [one, other] = [source, target].map((key) => remit.scene.node(key).name);
      tell(`${one} – ${other}`, note, event);
    },
    hide() {
      document.getElementById("tooltip").classList.remove("shown");
    },
  };
})();
