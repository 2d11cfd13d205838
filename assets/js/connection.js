/* How two units are connected: choosing the second one, and showing the way to it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const narrow = window.matchMedia("(max-width: 799px)");
  let shown = null; // what is told and drawn at the moment
  let question = ""; // the two units that it is about
  let choosing = false; // the next unit that is chosen is the second one
  let awaited = null; // the unit that was chosen so: the reader goes on where it is told

  const place = () => document.getElementById("connection");

  /** Turn on the mode in which the next unit that is chosen, wherever, is the second one. */
  function choose() {
    choosing = true;
    root.dataset.choosing = "true";
    const hint = document.createElement("span");
    hint.textContent = remit.say("connection-hint");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = remit.say("connection-cancel");
    cancel.addEventListener("click", () => {
      stop();
      focusOn('#panel [data-action="connect"]');
    });
    banner.replaceChildren(hint, cancel);
    if (narrow.matches) {
      document.querySelector("main").scrollIntoView();
    }
  }

  function stop() {
    choosing = false;
    delete root.dataset.choosing;
    banner.replaceChildren();
  }

  function focusOn(selector) {
    const element = document.querySelector(selector);
    if (element) {
      element.focus({ preventScroll: true });
    }
  }

  /** Return what an event means while the second unit is being chosen; null for nothing at all. */
  function meant(event) {
    if (!choosing) {
      return event;
    }
    switch (event.type) {
      case "select":
        if (event.correct) {
          return event;
        }
        if (event.unit === null) {
          stop(); // there is nothing left that another unit could be connected with
          return event;
        }
        if (event.unit === remit.state.current().unit) {
          return null; // no unit is connected with itself
        }
        stop();
        awaited = event.unit;
        return { type: "connect", unit: event.unit };
      case "clear":
        stop();
        return null;
      case "connect":
      case "restore":
        stop();
        return event;
      default:
        return event;
    }
  }

  /** Follow the state: tell and draw the way to the second unit, or nothing if there is none. */
  async function follow(state) {
    const { unit, to } = state;
    if (awaited !== to) {
      awaited = null;
    }
    if (!unit || !to) {
      show(null);
      return;
    }
    await remit.panel.drawn();
    const focus = remit.state.focus(state);
    const isAsked = (now) => now.unit === unit && now.to === to && remit.state.focus(now) === focus;
    if (!isAsked(remit.state.current()) || remit.panel.named().unit !== unit) {
      return; // there is another question by now, or no such unit to ask about
    }
    const asked = { to, focus };
    const fragment = await remit.fragments.forState("connection", unit, isAsked, asked);
    if (fragment === null) {
      if (isAsked(remit.state.current())) {
        awaited = null; // no answer
      }
      return;
    }
    if (!fragment.known) {
      remit.notice(remit.say("connection-unknown"));
      remit.state.dispatch({ type: "choose", key: "to", value: null, correct: true });
    } else if (fragment.content.to !== to) {
      // It was an alias, perhaps of the selected unit itself.
      awaited = awaited && fragment.content.to;
      remit.state.dispatch({ type: "connect", unit: fragment.content.to, correct: true });
    } else {
      show(fragment.content);
      if (fragment.focus !== focus) {
        remit.state.dispatch({ type: "focus", unit: fragment.focus, correct: true });
      }
    }
  }

  function show(content) {
    tell(content);
    if (content !== shown) {
      shown = content;
      remit.highlight.spotlight("connection", content && light);
    }
  }

  /** Put the sentences into the panel, which may have been drawn anew since. */
  function tell(content) {
    const within = place();
    if (!within || (content === shown && Boolean(content) === within.hasChildNodes())) {
      return;
    }
    const held = within.contains(document.activeElement);
    const giveBack = remit.keeping(within);
    remit.fill("connection", content ? content.panel : []);
    const { unit, to } = remit.state.current();
    const isSame = content && question === JSON.stringify([unit, to]);
    if (!(isSame && giveBack()) && ((content && awaited) || held)) {
      focusOn(content ? "#connection h3" : "#panel h2");
    }
    if (content && !isSame) {
      awaited = null;
      document.getElementById("panel").scrollTop = 0;
    }
    question = content && JSON.stringify([unit, to]);
  }

  /** Return what is lit: the stations of the way, once the picture has them all. */
  function light() {
    const keys = new Set(shown.stations.map(({ key }) => key));
    const isDrawn = [...keys].every((key) => remit.scene.node(key));
    return isDrawn ? { lit: keys, hits: keys, path: shown } : null;
  }

  /** Return the unit of the link that is meant by a click with Shift, null if that is the browser's. */
  function linkedTo({ shiftKey, target }) {
    const link = root.dataset.ready && shiftKey && target.closest("a[data-unit]");
    const isAPair = link && (remit.state.current().unit || link.closest("#outline"));
    return isAPair && !link.closest("dialog") ? link.dataset.unit : null;
  }

  // Before the browser opens a window, and before all who leave such clicks to it.
  document.addEventListener(
    "click",
    (event) => {
      const unit = linkedTo(event);
      if (unit) {
        event.preventDefault();
        remit.state.dispatch({ type: "connect", unit });
      }
    },
    true,
  );

  // Shift would mark the text from the last click to this one.
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && (linkedTo(event) || event.target.closest(".diagram"))) {
      event.preventDefault();
    }
  });

  const banner = document.createElement("div");
  banner.id = "choosing";
  banner.setAttribute("role", "status");
  document.body.append(banner);

  remit.connection = { choose, meant };
  (remit.followers = remit.followers || []).push(follow);
})();
