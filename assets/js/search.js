/* The search field: units by words, as links below it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let asked = "";

  const field = () => document.getElementById("search");
  const list = () => document.getElementById("search-hits");

  function close() {
    asked = "";
    list().hidden = true;
  }

  async function find() {
    const question = field().value.trim();
    if (question === asked) {
      return;
    }
    asked = question;
    if (!question) {
      close();
      return;
    }
    try {
      const response = await window.fetch(`search?q=${encodeURIComponent(question)}`);
      const { hits } = await response.json();
      if (question === asked) {
        show(hits);
      }
    } catch (error) {
      remit.notice(remit.say("no-answer"));
    }
  }

  function show(hits) {
    list().replaceChildren(...(hits.length ? hits.map(item) : [nothing()]));
    list().hidden = false;
  }

  function item({ unit, name, words }) {
    const link = document.createElement("a");
    link.href = remit.embed.spoken(`?unit=${encodeURIComponent(unit)}`);
    link.dataset.unit = unit;
    remit.ofData(link).append(name);
    if (words) {
      const told = document.createElement("small");
      told.append(words);
      link.append(told);
    }
    const made = document.createElement("li");
    made.append(link);
    return made;
  }

  function nothing() {
    const made = document.createElement("li");
    made.append(remit.say("nothing-found"));
    return made;
  }

  document.addEventListener("input", ({ target }) => {
    if (target === field()) {
      find();
    }
  });

  document.addEventListener("keydown", (event) => {
    const inField = event.target === field();
    if (event.key === "/" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      field().focus();
    } else if (event.key === "Enter" && inField) {
      const first = list().querySelector("a");
      if (first && !list().hidden) {
        first.click();
      }
    } else if (event.key === "Escape" && event.target.closest(".search")) {
      event.stopImmediatePropagation(); // it closes the list, and the selection stays
      close();
      field().focus();
    }
  });

  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".search") || target.closest("a")) {
      close();
    }
  });

  document.addEventListener("focusout", ({ relatedTarget, target }) => {
    if (target.closest(".search") && relatedTarget && !relatedTarget.closest(".search")) {
      close();
    }
  });
})();
