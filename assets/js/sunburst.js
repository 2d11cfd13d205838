/* The sunburst: Plotly draws its sectors, the page writes their labels and decides what a click
 * means. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let plot = null;
  let labels = []; // for growing radii, as components/diagrams/sunburst.py tells them

  /** Return what is on the screen. Of several answers Dash takes the last, and drops the others. */
  const drawn = () => plot && plot.layout && plot.layout.meta;

  const dataOf = (slice) => slice.__data__.data.data;

  function onClick(event) {
    const { id, customdata } = event.points[0];
    const [unit, , , below] = customdata;
    const state = remit.state.current();
    if (event.event.shiftKey && id.startsWith("u")) {
      remit.state.dispatch({ type: "connect", unit });
      return false;
    }
    const isCentre = unit === remit.state.focus(state) && id.startsWith("u");
    if (isCentre && state.focus) {
      remit.state.dispatch({ type: "focus", unit: remit.breadcrumb.parent() });
    } else if (id.startsWith("f") || (event.event.detail === 2 && below)) {
      remit.state.dispatch({ type: "focus", unit });
    } else {
      remit.state.dispatch({ type: "select", unit });
    }
    return false; // Plotly's own zoom stays out of it.
  }

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
        write();
        remit.highlight.paint();
        remit.ready("sunburst");
      }
    });
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("#sunburst") && !target.closest("g.slice")) {
      remit.state.dispatch({ type: "release" });
    }
  });

  // Dash loads Plotly when it needs it, and makes the plot some time after that.
  new MutationObserver(() => {
    const element = document.querySelector("#sunburst .js-plotly-plot");
    if (element && element !== plot && element.on) {
      attach(element);
    }
  }).observe(document, { childList: true, subtree: true });

  const slices = () => (plot ? plot.querySelectorAll("g.slice") : []);

  /** Write the labels of the largest radius that there is room for, enlarged to fill it. */
  function write() {
    const all = [...slices()].map((slice) => ({ slice, ...slice.__data__ }));
    const radius = Math.max(...all.map(({ rpx1 }) => rpx1));
    const fitting = labels.filter((each) => each.radius <= radius);
    const { texts } = fitting.length ? fitting[fitting.length - 1] : { texts: {} };
    const scale = fitting.length ? radius / fitting[fitting.length - 1].radius : 1;
    const { cx, cy } = plot.calcdata[0][0];
    for (const { slice } of all) {
      const text = slice.querySelector("text");
      const label = texts[dataOf(slice).id];
      text.replaceChildren(...(label ? label[4].map(line) : []));
      if (label) {
        const [size, x, y, rotation] = label;
        const place = `translate(${cx + x * scale} ${cy + y * scale})`;
        text.setAttribute("transform", `${place} rotate(${rotation}) scale(${scale})`);
        text.style.fontSize = `${size}px`;
      }
    }
  }

  function line([words, y]) {
    return remit.svg("tspan", { x: 0, y }, words);
  }

  /** Draw the ring around the sector that the keyboard has reached, above all others. */
  function ring(slice) {
    for (const old of document.querySelectorAll("#sunburst .cursor")) {
      old.remove();
    }
    if (slice) {
      const around = slice.querySelector("path.surface");
      for (const name of ["gap", "line"]) {
        const [d, transform] = [around.getAttribute("d"), around.getAttribute("transform") || ""];
        slice.parentNode.append(remit.svg("path", { class: `cursor ${name}`, d, transform }));
      }
    }
  }

  remit.sunburst = {
    /** Mark sectors; they are drawn anew by Plotly, so this follows every drawing. */
    paint({ selected, cursor, lit, chain, hits, path }) {
      const [unknown, marked] = [[], []];
      let [top, reached] = [null, null];
      const all = [...slices()];
      for (const slice of all) {
        const key = dataOf(slice).id;
        slice.classList.toggle("dimmed", lit !== null && !lit.has(key));
        slice.classList.toggle("lifted", chain.has(key));
        slice.classList.toggle("hit", hits.has(key));
        slice.classList.toggle("selected", key === selected);
        const isPlaceholder = remit.scene.isPlaceholder(key);
        slice.classList.toggle("placeholder", isPlaceholder);
        if (key === selected) {
          top = slice;
        } else if (hits.has(key)) {
          marked.push(slice);
        } else if (isPlaceholder) {
          unknown.push(slice);
        }
        reached = key === cursor ? slice : reached;
      }
      raise([...unknown, ...marked, top].filter(Boolean));
      if (plot) {
        remit.connectionPath.overSunburst(plot, all, path);
      }
      ring(reached);
    },
  };

  /** Draw sectors after all others, which would hide half of their outlines. */
  function raise(marked) {
    const { parentNode } = marked[0] || {};
    const last = parentNode ? [...parentNode.children].slice(-marked.length) : [];
    if (last.some((slice, place) => slice !== marked[place])) {
      parentNode.append(...marked);
    }
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.sunburst = {
    async figure() {
      const { no_update } = window.dash_clientside;
      // The store may hold an older state: at the start Dash fills it after the first corrections.
      const state = remit.state.current();
      const fragment = await remit.fragments.ofFocus("sunburst", state);
      const wanted = fragment && `${fragment.version} ${fragment.unit} ${state.theme}`;
      if (fragment === null || wanted === drawn()) {
        return no_update;
      }
      ({ labels } = fragment.content);
      const { data, layout } = fragment.content[state.theme];
      return { data, layout: { ...layout, meta: wanted } };
    },
  };
})();
