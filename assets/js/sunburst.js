/* The sunburst: Plotly draws the sectors; this script draws their labels and marks, and handles
 * clicks. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let plot = null; // Plotly's element
  let labels = []; // for ascending radii (components/diagrams/sunburst.py)

  /** Return the name of the figure that Plotly has drawn: Dash drops figures that come too late. */
  const drawnFigure = () => plot && plot.layout && plot.layout.meta;
  const slices = () => (plot ? [...plot.querySelectorAll("g.slice")] : []);
  const keyOf = (slice) => slice.__data__.data.data.id;

  // ---- Clicks ---------------------------------------------------------------------------------

  function onClick(event) {
    const { id, customdata } = event.points[0];
    const [unit, , , below] = customdata;
    const isUnit = id.startsWith("u");
    const isFold = id.startsWith("f");
    const state = remit.state.current();
    const isCentre = isUnit && unit === remit.state.focusOf(state);
    const isDoubleClick = event.event.detail === 2;
    if (isUnit && event.event.shiftKey) {
      remit.state.dispatch({ type: "connect", unit });
    } else if (isCentre && state.focus) {
      remit.state.dispatch({ type: "focus", unit: remit.breadcrumb.parent() });
    } else if (isFold || (isDoubleClick && below)) {
      remit.state.dispatch({ type: "focus", unit });
    } else {
      remit.state.dispatch({ type: "select", unit });
    }
    return false; // prevents Plotly's own zoom
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("#sunburst") && !target.closest("g.slice")) {
      remit.state.dispatch({ type: "deselect" });
    }
  });

  // ---- Attaching to Plotly --------------------------------------------------------------------

  function attach(element) {
    plot = element;
    plot.on("plotly_sunburstclick", onClick);
    plot.on("plotly_hover", (event) => {
      const { id } = event.points[0];
      remit.highlight.hover(id);
      remit.tooltip.show(id, event.event);
    });
    plot.on("plotly_unhover", () => {
      remit.highlight.hover(null);
      remit.tooltip.hide();
    });
    plot.on("plotly_afterplot", () => {
      plot.lang = document.documentElement.dataset.language || remit.language;
      if (slices().length) {
        drawLabels();
        remit.highlight.update();
        remit.diagramReady("sunburst");
      }
    });
  }

  // Dash loads Plotly on demand and creates the plot some time later.
  new MutationObserver(() => {
    const element = document.querySelector("#sunburst .js-plotly-plot");
    if (element && element !== plot && element.on) {
      attach(element);
    }
  }).observe(document, { childList: true, subtree: true });

  // ---- Labels ---------------------------------------------------------------------------------

  /** Draw the labels for the largest radius that fits the plot, scaled up to the actual one. */
  function drawLabels() {
    const sectors = slices().map((slice) => ({ slice, ...slice.__data__ }));
    const radius = Math.max(...sectors.map(({ rpx1 }) => rpx1));
    const fitting = labels.filter((candidate) => candidate.radius <= radius).pop();
    const texts = fitting ? fitting.texts : {};
    const scale = fitting ? radius / fitting.radius : 1;
    const { cx, cy } = plot.calcdata[0][0];
    for (const { slice } of sectors) {
      const text = slice.querySelector("text");
      const label = texts[keyOf(slice)];
      text.replaceChildren(...(label ? label[4].map(labelLine) : []));
      if (label) {
        const [size, x, y, rotation] = label;
        const position = `translate(${cx + x * scale} ${cy + y * scale})`;
        text.setAttribute("transform", `${position} rotate(${rotation}) scale(${scale})`);
        text.style.fontSize = `${size}px`;
      }
    }
  }

  function labelLine([words, y]) {
    return remit.svg("tspan", { x: 0, y }, words);
  }

  // ---- The highlight --------------------------------------------------------------------------

  /** Draw the ring of the keyboard cursor around a sector, above all others; null removes it. */
  function drawCursor(slice) {
    for (const path of document.querySelectorAll("#sunburst .cursor")) {
      path.remove();
    }
    if (slice) {
      const surface = slice.querySelector("path.surface");
      const d = surface.getAttribute("d");
      const transform = surface.getAttribute("transform") || "";
      for (const name of ["gap", "line"]) {
        slice.parentNode.append(remit.svg("path", { class: `cursor ${name}`, d, transform }));
      }
    }
  }

  /** Move sectors to the end of the drawing order, so that none covers half of their outlines. */
  function bringToFront(front) {
    const { parentNode } = front[0] || {};
    const last = parentNode ? [...parentNode.children].slice(-front.length) : [];
    if (last.some((slice, index) => slice !== front[index])) {
      parentNode.append(...front);
    }
  }

  remit.sunburst = {
    /**
     * Mark the sectors. Plotly replaces them, so this is repeated after each of its drawings.
     * @param {Highlight} highlight - see highlight.js
     */
    showHighlight({ selected, cursor, lit, chain, hits, path }) {
      const all = slices();
      const [placeholders, found] = [[], []];
      for (const slice of all) {
        const key = keyOf(slice);
        const isPlaceholder = remit.scene.isPlaceholder(key);
        slice.classList.toggle("dimmed", lit !== null && !lit.has(key));
        slice.classList.toggle("lifted", chain.has(key));
        slice.classList.toggle("hit", hits.has(key));
        slice.classList.toggle("selected", key === selected);
        slice.classList.toggle("placeholder", isPlaceholder);
        if (key !== selected && hits.has(key)) {
          found.push(slice);
        } else if (key !== selected && isPlaceholder) {
          placeholders.push(slice);
        }
      }
      const sectorOf = (key) => all.find((slice) => keyOf(slice) === key);
      bringToFront([...placeholders, ...found, sectorOf(selected)].filter(Boolean));
      if (plot) {
        remit.connectionPath.drawOverSunburst(plot, all, path);
      }
      drawCursor(sectorOf(cursor));
    },
  };

  // ---- The figure -----------------------------------------------------------------------------

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.sunburst = {
    /** Return the figure of the current state; called by Dash when its store changes. */
    async figure() {
      const { no_update } = window.dash_clientside;
      // At the start the store may be behind the state: Dash fills it after the first corrections.
      const state = remit.state.current();
      const fragment = await remit.fragments.fetchForFocus("sunburst", state);
      const name = fragment && `${fragment.version} ${fragment.unit} ${state.theme}`;
      if (fragment === null || name === drawnFigure()) {
        return no_update;
      }
      ({ labels } = fragment.content);
      const { data, layout } = fragment.content[state.theme];
      return { data, layout: { ...layout, meta: name } };
    },
  };
})();
