/* How two units are connected: choosing the second unit, and showing the path to it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const narrow = window.matchMedia("(max-width: 799px)");
  let shown = null; // the content of the fragment that is shown
  let shownPair = ""; // the two units in the panel, as JSON
  let isChoosing = false; // the next unit that the reader selects becomes the second one
  let focusedOnArrival = null; // the second unit whose section takes the focus once it is shown

  const section = () => document.getElementById("connection");

  // ---- Choosing the second unit ---------------------------------------------------------------

  /** Turn on the mode in which the next selected unit, in any view, becomes the second one. */
  function startChoosing() {
    isChoosing = true;
    root.dataset.choosing = "true";
    const hint = document.createElement("span");
    hint.textContent = remit.message("connection-hint");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = remit.message("connection-cancel");
    cancel.addEventListener("click", () => {
      stopChoosing();
      focusElement('#panel [data-action="connect"]');
    });
    banner.replaceChildren(hint, cancel);
    if (narrow.matches) {
      document.querySelector("main").scrollIntoView();
    }
  }

  function stopChoosing() {
    isChoosing = false;
    delete root.dataset.choosing;
    banner.replaceChildren();
  }

  function focusElement(selector) {
    const element = document.querySelector(selector);
    if (element) {
      element.focus({ preventScroll: true });
    }
  }

  /**
   * Return the action for the reducer: while the second unit is being chosen, "select" becomes
   * "connect".
   * @param {object} action
   * @returns {?object} null if nothing is to happen
   */
  function interpret(action) {
    if (!isChoosing) {
      return action;
    }
    switch (action.type) {
      case "select":
        if (action.isCorrection) {
          return action;
        }
        if (action.unit === null) {
          stopChoosing(); // nothing is selected any more that could be connected
          return action;
        }
        if (action.unit === remit.state.current().unit) {
          return null; // a unit is not connected with itself
        }
        stopChoosing();
        focusedOnArrival = action.unit;
        return { type: "connect", unit: action.unit };
      case "clear":
        stopChoosing();
        return null;
      case "connect":
      case "restore":
        stopChoosing();
        return action;
      default:
        return action;
    }
  }

  // ---- Showing the path -----------------------------------------------------------------------

  /** Show the path to the second unit of the state, or remove it. */
  async function follow(state) {
    const { unit, to } = state;
    if (focusedOnArrival !== to) {
      focusedOnArrival = null;
    }
    if (!unit || !to) {
      show(null);
      return;
    }
    await remit.panel.whenDrawn();
    const focus = remit.state.focusOf(state);
    const isWanted = (now) =>
      now.unit === unit && now.to === to && remit.state.focusOf(now) === focus;
    if (!isWanted(remit.state.current()) || remit.panel.selectedUnit().unit !== unit) {
      return; // the state has changed meanwhile, or the selected unit is unknown
    }
    const fragment = await remit.fragments.fetchCurrent("connection", unit, isWanted, {
      to,
      focus,
    });
    if (fragment === null) {
      if (isWanted(remit.state.current())) {
        focusedOnArrival = null; // the request failed
      }
      return;
    }
    if (!fragment.known) {
      remit.showNotice(remit.message("connection-unknown"));
      remit.state.dispatch({ type: "set", key: "to", value: null, isCorrection: true });
    } else if (fragment.content.to !== to) {
      // `to` was an alias, perhaps of the selected unit itself.
      focusedOnArrival = focusedOnArrival && fragment.content.to;
      remit.state.dispatch({ type: "connect", unit: fragment.content.to, isCorrection: true });
    } else {
      show(fragment.content);
      if (fragment.focus !== focus) {
        remit.state.dispatch({ type: "focus", unit: fragment.focus, isCorrection: true });
      }
    }
  }

  /** Show a connection in the panel and in both diagrams; null removes it. */
  function show(content) {
    showInPanel(content);
    if (content !== shown) {
      shown = content;
      remit.highlight.setSpotlight("connection", content && spotlight);
    }
  }

  /** Fill the section of the panel, unless it shows this content already. */
  function showInPanel(content) {
    const place = section();
    // The panel may have been drawn again meanwhile; its section is empty then.
    const isFilled = place && place.hasChildNodes();
    if (!place || (content === shown && Boolean(content) === isFilled)) {
      return;
    }
    const hadFocus = place.contains(document.activeElement);
    const restoreFocus = remit.preserveFocus(place);
    remit.fill("connection", content ? content.panel : []);
    const { unit, to } = remit.state.current();
    const pair = content && JSON.stringify([unit, to]);
    const isSamePair = content && pair === shownPair;
    const isFocusKept = isSamePair && restoreFocus();
    if (!isFocusKept && ((content && focusedOnArrival) || hadFocus)) {
      focusElement(content ? "#connection h3" : "#panel h2");
    }
    if (content && !isSamePair) {
      focusedOnArrival = null;
      document.getElementById("panel").scrollTop = 0;
    }
    shownPair = pair;
  }

  /** Return the path and its stations for the highlight; null until the diagrams show them all. */
  function spotlight() {
    const keys = new Set(shown.stations.map(({ key }) => key));
    const isDrawn = [...keys].every((key) => remit.scene.node(key));
    return isDrawn ? { lit: keys, hits: keys, path: shown } : null;
  }

  // ---- Click with Shift -----------------------------------------------------------------------

  /** Return the unit that a click with Shift connects; null if the click is left to the browser. */
  function unitToConnect({ shiftKey, target }) {
    const link = root.dataset.ready && shiftKey && target.closest("a[data-unit]");
    const connects = link && (remit.state.current().unit || link.closest("#outline"));
    return connects && !link.closest("dialog") ? link.dataset.unit : null;
  }

  // In the capture phase: before the browser opens a window, and before the listeners that ignore
  // clicks with Shift.
  document.addEventListener(
    "click",
    (event) => {
      const unit = unitToConnect(event);
      if (unit) {
        event.preventDefault();
        remit.state.dispatch({ type: "connect", unit });
      }
    },
    true,
  );

  // Otherwise Shift would select the text between the last click and this one.
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && (unitToConnect(event) || event.target.closest(".diagram"))) {
      event.preventDefault();
    }
  });

  const banner = document.createElement("div");
  banner.id = "choosing";
  banner.setAttribute("role", "status");
  document.body.append(banner);

  remit.connection = { startChoosing, interpret };
  (remit.followers = remit.followers || []).push(follow);
})();
