/* Print: the diagrams are replaced by the pictures that the server draws, on a white background. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const DIAGRAMS = { both: ["sunburst", "network"], sunburst: ["sunburst"], network: ["network"] };
  /** Pixels of a picture that is alone on the page, and of one of two side by side. */
  const SINGLE = { width: 700, height: 470 };
  const SIDE_BY_SIDE = { width: 500, height: 560 };

  /**
   * Fetch a picture, while the script waits: browsers do not wait for a promise before they print.
   * @returns {?SVGElement} null if the server does not answer with one
   */
  function fetchPicture(diagram, size) {
    const link = document.querySelector(`[data-diagram="${diagram}"] [data-form="svg"]`);
    const address = new URL(link.href);
    address.searchParams.delete("theme");
    for (const [side, pixels] of Object.entries(size)) {
      address.searchParams.set(side, pixels);
    }
    const request = new window.XMLHttpRequest();
    request.open("GET", address, false);
    try {
      request.send();
    } catch (error) {
      return null;
    }
    if (request.status !== 200 || !request.responseXML) {
      return null;
    }
    const picture = document.importNode(request.responseXML.documentElement, true);
    picture.querySelectorAll("style").forEach((style) => style.remove()); // the page has the fonts
    picture.classList.add("printed");
    return picture;
  }

  window.addEventListener("beforeprint", () => {
    if (!root.dataset.ready) {
      return;
    }
    document.querySelector(".page-header").dataset.address = remit.embed.fullPageAddress();
    const diagrams = DIAGRAMS[root.dataset.view] || [];
    const size = diagrams.length > 1 ? SIDE_BY_SIDE : SINGLE;
    const pictures = diagrams.map((diagram) => fetchPicture(diagram, size));
    // Without all pictures the page is printed as it is on the screen.
    if (pictures.length && pictures.every(Boolean)) {
      document.querySelector("main").append(...pictures);
      root.dataset.printed = "true";
    }
  });

  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".printed").forEach((picture) => picture.remove());
    delete root.dataset.printed;
  });
})();
