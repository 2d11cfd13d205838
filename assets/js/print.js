/* Print: the pictures as the server draws them, on white, and the whole of the panel. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const SEEN = { both: ["sunburst", "network"], sunburst: ["sunburst"], network: ["network"] };
  /** Pixels of a picture, alone on the page and beside another one. */
  const ALONE = { width: 700, height: 470 };
  const BESIDE = { width: 500, height: 420 };
  let closed = [];

  /** Return a picture as an element; null if the server does not give it. */
  function picture(diagram, size) {
    const link = document.querySelector(`[data-diagram="${diagram}"] [data-form="svg"]`);
    const address = new URL(link.href);
    address.searchParams.delete("theme");
    for (const [side, pixels] of Object.entries(size)) {
      address.searchParams.set(side, pixels);
    }
    // The browser waits for no promise before it prints.
    const request = new window.XMLHttpRequest();
    request.open("GET", address, false);
    try {
      request.send();
    } catch (error) {
      return null; // what is on the screen is printed
    }
    if (request.status !== 200 || !request.responseXML) {
      return null;
    }
    const drawn = document.importNode(request.responseXML.documentElement, true);
    drawn.querySelectorAll("style").forEach((style) => style.remove()); // the page has its font
    drawn.classList.add("printed");
    return drawn;
  }

  window.addEventListener("beforeprint", () => {
    if (!root.dataset.ready) {
      return;
    }
    document.querySelector(".page-header").dataset.address = remit.embed.fullPage();
    closed = [...document.querySelectorAll("#panel details:not([open])")];
    closed.forEach((details) => {
      details.open = true;
    });
    const diagrams = SEEN[root.dataset.view] || [];
    const pictures = diagrams.map((each) => picture(each, diagrams.length > 1 ? BESIDE : ALONE));
    if (pictures.length && pictures.every(Boolean)) {
      document.querySelector("main").append(...pictures);
      root.dataset.printed = "true";
    }
  });

  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".printed").forEach((each) => each.remove());
    delete root.dataset.printed;
    closed.forEach((details) => {
      details.open = false;
    });
    closed = [];
  });
})();
