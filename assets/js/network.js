/* The network: Dash mounts Cytoscape once; this script fills it and positions and marks nodes. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const MAX_ZOOM = 1.5;
  const PADDING = 6; // pixels around the picture
  /** The smallest zoom, as a share of the zoom at which the picture fits. */
  const MIN_SHARE_OF_FIT = 0.8;

  let cy = null; // the Cytoscape instance
  let style = null; // `sheets` by theme and layout; `label` and `least_label`: font sizes in pixels
  let drawn = {}; // what is on the screen: text, version, layout, sheet, selected, path, viewKey
  let isMoved = false; // the reader has zoomed or panned; the viewport is then left alone

  function mountedInstance() {
    const element = document.getElementById("network");
    return (element && element._cyreg && element._cyreg.cy) || null;
  }

  /** Wait until Dash has mounted Cytoscape. */
  async function whenMounted() {
    while (!cy) {
      cy = mountedInstance();
      if (cy) {
        addListeners();
      } else {
        await new Promise((resolve) => window.requestAnimationFrame(resolve));
      }
    }
  }

  function addListeners() {
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
        remit.state.dispatch({ type: "deselect" });
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
      isMoved = true;
    });
    new ResizeObserver(onResize).observe(cy.container());
  }

  function onResize() {
    cy.resize();
    if (cy.elements().empty()) {
      return;
    }
    if (isMoved) {
      panIntoView(cy.nodes(".selected"));
    } else {
      applyLayout(remit.state.current());
    }
  }

  // ---- Layout and viewport --------------------------------------------------------------------

  /** Pan as little as needed for a node to be in view; return whether the viewport moved. */
  function panIntoView(node) {
    if (node.empty() || !cy.width() || !cy.height()) {
      return false;
    }
    const { x1, y1, x2, y2 } = node.renderedBoundingBox({ includeOutlines: false });
    const distance = (start, end, size) =>
      Math.max(0, PADDING - start) || Math.min(0, size - PADDING - end);
    const pan = { x: distance(x1, x2, cy.width()), y: distance(y1, y2, cy.height()) };
    cy.panBy(pan);
    return Boolean(pan.x || pan.y);
  }

  /** Return the layout to apply: a tree whose labels would be too small gets short names. */
  function layoutFor(state) {
    if (state.layout !== "tree") {
      return state.layout;
    }
    return zoomToFit("tree") >= legibleZoom() ? "tree" : "compact";
  }

  /** Return the zoom at which labels have their smallest legible size. */
  const legibleZoom = () => style.least_label / style.label;
  const visibleNodes = () =>
    cy.nodes().not(".station").filter((node) => node.style("display") !== "none");

  function zoomToFit(layout) {
    const box = boundingBox(layout);
    return Math.min(
      (cy.width() - 2 * PADDING) / (box.x2 - box.x1),
      (cy.height() - 2 * PADDING) / (box.y2 - box.y1),
    );
  }

  /** Return the bounding box of all visible nodes and their labels in a layout. */
  function boundingBox(layout) {
    const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    for (const node of visibleNodes()) {
      const { x, y, width, height, label_x: labelX, label_y: labelY } = node.data(layout);
      // The label of a dot stands outside of it, on one side; other labels are inside their nodes.
      const isOutside = node.hasClass("dot") && layout === "radial";
      const reachX = isOutside ? 2 * Math.abs(labelX) : width / 2;
      const reachY = isOutside ? 2 * Math.abs(labelY) : height / 2;
      box.x1 = Math.min(box.x1, x - (isOutside && labelX > 0 ? width / 2 : reachX));
      box.x2 = Math.max(box.x2, x + (isOutside && labelX < 0 ? width / 2 : reachX));
      box.y1 = Math.min(box.y1, y - (isOutside && labelY > 0 ? height / 2 : reachY));
      box.y2 = Math.max(box.y2, y + (isOutside && labelY < 0 ? height / 2 : reachY));
    }
    return box;
  }

  /** Apply a stylesheet. For readers who ask for more contrast, dimmed elements stay legible. */
  function applyStylesheet(sheet) {
    const stylesheet = cy.style().fromJson(sheet);
    if (window.matchMedia("(prefers-contrast: more)").matches) {
      stylesheet.selector("node.dimmed").style({ "text-opacity": 1 });
      stylesheet.selector("edge.dimmed").style({ opacity: 0.65 });
    }
    stylesheet.update();
  }

  /**
   * Apply the layout and the theme of the state; the server has computed the positions.
   * @param {object} state
   * @param {boolean} keepsViewport - do not fit the picture into the viewport
   */
  function applyLayout(state, keepsViewport = false) {
    const layout = layoutFor(state);
    const sheet = `${state.theme} ${layout}`;
    if (sheet !== drawn.sheet) {
      applyStylesheet(style.sheets[state.theme][layout]);
      drawn.sheet = sheet;
      drawn.layout = layout;
    }
    cy.batch(() => {
      cy.nodes().positions((node) => ({ x: node.data(layout).x, y: node.data(layout).y }));
    });
    if (!keepsViewport) {
      fit(layout);
    }
  }

  /**
   * Return the pan along one axis: the picture is centred if it fits, else shown around a point.
   * @param {number} size - of the viewport
   * @param {number} start - of the picture, zoomed
   * @param {number} end - of the picture, zoomed
   * @param {number} point - zoomed
   */
  function panAlong(size, start, end, point) {
    if (end - start <= size) {
      return (size - start - end) / 2;
    }
    return Math.min(PADDING - start, Math.max(size - PADDING - end, size / 2 - point));
  }

  /** Fit the picture into the viewport; if labels would be illegible, the part at the selection. */
  function fit(layout) {
    if (!cy.width() || !cy.height()) {
      return; // it is hidden; when it is shown, its size changes and it is fitted then
    }
    const box = boundingBox(layout);
    const zoom = Math.min(MAX_ZOOM, Math.max(zoomToFit(layout), legibleZoom()));
    cy.minZoom(Math.min(zoomToFit(layout), legibleZoom()) * MIN_SHARE_OF_FIT);
    const selected = cy.nodes(".selected");
    const point = (selected.nonempty() ? selected : cy.nodes())[0].position();
    const pan = {
      x: panAlong(cy.width(), box.x1 * zoom, box.x2 * zoom, point.x * zoom),
      y: panAlong(cy.height(), box.y1 * zoom, box.y2 * zoom, point.y * zoom),
    };
    cy.viewport({ zoom, pan });
    isMoved = false;
  }

  // ---- What other scripts call ----------------------------------------------------------------

  remit.network = {
    /** @param {Highlight} highlight - see highlight.js */
    showHighlight({ selected, cursor, lit, chain, active, hits, path }) {
      if (!cy || cy.elements().empty()) {
        return;
      }
      const { links, references } = remit.state.current();
      if (drawn.path !== path) {
        remit.connectionPath.showInNetwork(cy, drawn.layout, path);
        drawn.path = path;
      }
      const isNewSelection = selected !== drawn.selected;
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
          const isActive = [edge.source(), edge.target()].some((end) => active.includes(end.id()));
          const isShown = edge.hasClass("mention")
            ? references === "shown"
            : isActive || (links === "all" && !edge.hasClass("theme"));
          edge.toggleClass("shown", isShown);
          edge.toggleClass("lifted", isActive);
          edge.toggleClass("dimmed", lit !== null && !isActive);
        });
      });
      if (isNewSelection) {
        panIntoView(cy.nodes(".selected"));
      }
    },
    /** Set the stylesheets; the next drawing applies one of them. */
    setStylesheets(networkStyle) {
      style = networkStyle;
      drawn.sheet = "";
    },
    /** Zoom around the centre of the viewport. */
    zoom(factor) {
      isMoved = true;
      const renderedPosition = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * factor, renderedPosition });
    },
    fit() {
      applyLayout(remit.state.current());
    },
    /** Pan as little as needed for a node to be in view. */
    panTo(key) {
      isMoved = panIntoView(cy.getElementById(key)) || isMoved;
    },
  };

  // ---- Drawing --------------------------------------------------------------------------------

  async function draw(state) {
    const fragment = await remit.fragments.fetchForFocus("network", state);
    if (fragment === null) {
      return;
    }
    await whenMounted();
    const { layout, references, theme } = state;
    const isNewContent = drawn.text !== fragment.text;
    if (isNewContent) {
      const newKeyOf = remit.scene.load(fragment.content);
      if (drawn.version && drawn.version !== fragment.version) {
        remit.highlight.renameKeys(newKeyOf);
        remit.walk.renameKeys(newKeyOf);
      }
      remit.highlight.dropMissingKeys();
      cy.elements().remove();
      drawn.path = null;
      cy.add(window.structuredClone(fragment.content));
    }
    drawn.version = fragment.version;
    const viewKey = `${fragment.unit} ${layout} ${references} ${theme}`;
    if (isNewContent || drawn.viewKey !== viewKey || !drawn.sheet) {
      // Where only the data has changed, the reader's viewport stays.
      const keepsViewport = isMoved && drawn.viewKey === viewKey;
      Object.assign(drawn, { text: fragment.text, viewKey });
      remit.highlight.update();
      applyLayout(state, keepsViewport);
      remit.diagramReady("network");
    }
    remit.walk.focusChanged(fragment.unit);
    remit.panel.revealInDiagrams();
  }

  (remit.followers = remit.followers || []).push(draw);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.network = {
    /** Set the stylesheets that come with the page; called by Dash. */
    dress: remit.network.setStylesheets,
  };
})();
