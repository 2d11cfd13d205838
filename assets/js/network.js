/* The network: Cytoscape is mounted once, by Dash, and filled, placed and marked here. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const MOST_ZOOM = 1.5;
  const PADDING = 6;
  const LEAST_OF_FIT = 0.8;

  let cy = null;
  let style = null; // stylesheets by theme and layout, and the sizes of labels in pixels
  let drawn = {};
  let moved = false; // by the reader: the view is then theirs

  function mounted() {
    const element = document.getElementById("network");
    return (element && element._cyreg && element._cyreg.cy) || null;
  }

  /** Return a promise of the Cytoscape object. */
  async function instance() {
    while (!cy) {
      cy = mounted();
      if (cy) {
        listen();
      } else {
        await new Promise((resolve) => window.requestAnimationFrame(resolve));
      }
    }
    return cy;
  }

  function listen() {
    cy.on("tap", "node", ({ target, originalEvent }) => {
      const { unit } = target.data();
      if (target.hasClass("fold")) {
        remit.state.dispatch({ type: "focus", unit });
      } else if (unit) {
        remit.state.dispatch({ type: originalEvent.shiftKey ? "connect" : "select", unit });
      } else {
        remit.panel.showReference(target.data("reference"));
      }
    });
    cy.on("dbltap", "node", ({ target }) => {
      if (target.data("below")) {
        remit.state.dispatch({ type: "focus", unit: target.data("unit") });
      }
    });
    cy.on("tap", ({ target }) => {
      if (target === cy) {
        remit.state.dispatch({ type: "release" });
      }
    });
    cy.on("mouseover", "node", ({ target, originalEvent }) => {
      remit.highlight.hover(target.id());
      remit.tooltip.show(target.id(), originalEvent);
    });
    cy.on("mouseover", "edge.link, edge.mention", ({ target, originalEvent }) => {
      remit.tooltip.showLink(target.data(), originalEvent);
    });
    cy.on("mouseout", "node, edge", () => {
      remit.highlight.hover(null);
      remit.tooltip.hide();
    });
    cy.on("scrollzoom dragpan pinchzoom", () => {
      moved = true;
    });
    new ResizeObserver(resize).observe(cy.container());
  }

  function resize() {
    cy.resize();
    if (cy.elements().empty()) {
      return;
    }
    if (moved) {
      bringIn(cy.nodes(".selected"));
    } else {
      place(remit.state.current());
    }
  }

  /** Move the view as little as needed for a node to be in it, and tell whether it moved. */
  function bringIn(node) {
    if (node.empty() || !cy.width() || !cy.height()) {
      return false;
    }
    const { x1, y1, x2, y2 } = node.renderedBoundingBox({ includeOutlines: false });
    const inside = (start, end, room) =>
      Math.max(0, PADDING - start) || Math.min(0, room - PADDING - end);
    const by = { x: inside(x1, x2, cy.width()), y: inside(y1, y2, cy.height()) };
    cy.panBy(by);
    return Boolean(by.x || by.y);
  }

  /** Return the layout to be used: the tree has short names where its full ones would be too small. */
  function layoutFor(state) {
    if (state.layout !== "tree") {
      return state.layout;
    }
    return zoomToFit("tree") >= leastZoom() ? "tree" : "compact";
  }

  const leastZoom = () => style.least_label / style.label;
  const visible = () => cy.nodes().not(".station").filter((node) => node.style("display") !== "none");

  function zoomToFit(layout) {
    const box = extent(layout);
    return Math.min(
      (cy.width() - 2 * PADDING) / (box.x2 - box.x1),
      (cy.height() - 2 * PADDING) / (box.y2 - box.y1),
    );
  }

  /** Return the box around all visible nodes and their labels in a layout. */
  function extent(layout) {
    const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    for (const node of visible()) {
      const at = node.data(layout);
      const outside = node.hasClass("dot") && layout === "radial";
      const reachX = outside ? 2 * Math.abs(at.label_x) : at.width / 2;
      const reachY = outside ? 2 * Math.abs(at.label_y) : at.height / 2;
      box.x1 = Math.min(box.x1, at.x - (outside && at.label_x > 0 ? at.width / 2 : reachX));
      box.x2 = Math.max(box.x2, at.x + (outside && at.label_x < 0 ? at.width / 2 : reachX));
      box.y1 = Math.min(box.y1, at.y - (outside && at.label_y > 0 ? at.height / 2 : reachY));
      box.y2 = Math.max(box.y2, at.y + (outside && at.label_y < 0 ? at.height / 2 : reachY));
    }
    return box;
  }

  /** Draw by a stylesheet; who asks for more contrast can read what is dimmed, too. */
  function restyle(sheet) {
    const sheets = cy.style().fromJson(sheet);
    if (window.matchMedia("(prefers-contrast: more)").matches) {
      sheets.selector("node.dimmed").style({ "text-opacity": 1 });
      sheets.selector("edge.dimmed").style({ opacity: 0.65 });
    }
    sheets.update();
  }

  /** Put every node where the server placed it, in the layout and theme asked for, and fit, unless
   * the reader's view of it stays. */
  function place(state, stays = false) {
    const layout = layoutFor(state);
    const sheet = `${state.theme} ${layout}`;
    if (sheet !== drawn.sheet) {
      restyle(style.sheets[state.theme][layout]);
      drawn.sheet = sheet;
      drawn.layout = layout;
    }
    cy.batch(() => {
      cy.nodes().positions((node) => ({ x: node.data(layout).x, y: node.data(layout).y }));
    });
    if (!stays) {
      fit(layout);
    }
  }

  /** Return the pan along an axis: all in the middle if it fits, else around what matters. */
  function along(room, start, end, middle) {
    if (end - start <= room) {
      return (room - start - end) / 2;
    }
    return Math.min(PADDING - start, Math.max(room - PADDING - end, room / 2 - middle));
  }

  /** Fit the whole picture; where its labels would be too small, a part of it. */
  function fit(layout) {
    if (!cy.width() || !cy.height()) {
      return; // hidden: fitted when it is shown, since its size changes then
    }
    const box = extent(layout);
    const zoom = Math.min(MOST_ZOOM, Math.max(zoomToFit(layout), leastZoom()));
    cy.minZoom(Math.min(zoomToFit(layout), leastZoom()) * LEAST_OF_FIT); // never a speck
    const selected = cy.nodes(".selected");
    const middle = (selected.nonempty() ? selected : cy.nodes())[0].position();
    const pan = {
      x: along(cy.width(), box.x1 * zoom, box.x2 * zoom, middle.x * zoom),
      y: along(cy.height(), box.y1 * zoom, box.y2 * zoom, middle.y * zoom),
    };
    cy.viewport({ zoom, pan });
    moved = false;
  }

  remit.network = {
    paint({ selected, cursor, lit, chain, active, hits, path }) {
      if (!cy || cy.elements().empty()) {
        return;
      }
      const { links, references } = remit.state.current();
      if (drawn.path !== path) {
        remit.connectionPath.inNetwork(cy, drawn.layout, path);
        drawn.path = path;
      }
      const isAnother = selected !== drawn.selected;
      drawn.selected = selected;
      cy.batch(() => {
        cy.nodes().not(".station").forEach((node) => {
          const key = node.id();
          node.toggleClass("dimmed", lit !== null && !lit.has(key));
          node.toggleClass("lifted", chain.has(key));
          node.toggleClass("hit", hits.has(key));
          node.toggleClass("selected", key === selected);
          node.toggleClass("cursor", key === cursor);
        });
        cy.edges(".hierarchy").forEach((edge) => {
          const ends = [edge.source().id(), edge.target().id()];
          edge.toggleClass("lifted", chain.has(ends[0]) && chain.has(ends[1]));
          edge.toggleClass("dimmed", lit !== null && !ends.every((end) => lit.has(end)));
        });
        cy.nodes(".reference").toggleClass("shown", references === "shown");
        cy.edges(".link, .mention").forEach((edge) => {
          const concerned = [edge.source(), edge.target()].some((end) => active.includes(end.id()));
          const wanted = edge.hasClass("mention")
            ? references === "shown"
            : concerned || (links === "all" && !edge.hasClass("theme"));
          edge.toggleClass("shown", wanted);
          edge.toggleClass("lifted", concerned);
          edge.toggleClass("dimmed", lit !== null && !concerned);
        });
      });
      if (isAnother) {
        bringIn(cy.nodes(".selected"));
      }
    },
    /** Take the stylesheets, of which the network has none yet. */
    dress(networkStyle) {
      style = networkStyle;
      drawn.sheet = "";
    },
    zoom(factor) {
      moved = true;
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
    },
    fit() {
      place(remit.state.current());
    },
    /** Move the network as far as a node needs to be seen. */
    reveal(key) {
      moved = bringIn(cy.getElementById(key)) || moved;
    },
  };

  async function draw(state) {
    const fragment = await remit.fragments.ofFocus("network", state);
    if (fragment === null) {
      return;
    }
    await instance();
    const { layout, references, theme } = state;
    const isOther = drawn.text !== fragment.text;
    if (isOther) {
      const keyNow = remit.scene.take(fragment.content);
      if (drawn.version && drawn.version !== fragment.version) {
        remit.highlight.rename(keyNow);
        remit.walk.rename(keyNow);
      }
      remit.highlight.forget();
      cy.elements().remove();
      drawn.path = null;
      cy.add(window.structuredClone(fragment.content));
    }
    drawn.version = fragment.version;
    const asked = `${fragment.unit} ${layout} ${references} ${theme}`;
    if (isOther || drawn.asked !== asked || !drawn.sheet) {
      const stays = moved && drawn.asked === asked; // of the same there is only other data
      Object.assign(drawn, { text: fragment.text, asked });
      remit.highlight.paint();
      place(state, stays);
      remit.ready("network");
    }
    remit.walk.follow(fragment.unit);
    remit.panel.reveal();
  }

  (remit.followers = remit.followers || []).push(draw);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.network = {
    /** Take the stylesheets, which come with the page. */
    dress: remit.network.dress,
  };
})();
