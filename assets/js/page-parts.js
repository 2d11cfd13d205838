/* The parts of the page that depend on the organization as a whole, and the status of its data. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const styles = document.createElement("style"); // the colours of kinds of relation
  document.head.append(styles);

  remit.pageParts = {
    /** Update the page for another organization, or another edition of this one. */
    update({ title, language, styles: rules, parts }) {
      document.querySelector('meta[property="og:site_name"]').content = title;
      styles.textContent = rules;
      if (language) {
        root.dataset.language = language;
      } else {
        delete root.dataset.language;
      }
      for (const part of parts) {
        remit.replaceElement(part);
      }
    },
  };

  const status = () => document.getElementById("data-status");
  let shown = ""; // the problem that is shown, as JSON

  /** Return a moment in words: today its time alone. */
  function formatMoment(text) {
    const [moment, now] = [new Date(text), new Date()];
    const isToday = moment.toDateString() === now.toDateString();
    const date = isToday ? {} : { dateStyle: "medium" };
    return new Intl.DateTimeFormat(remit.language, { ...date, timeStyle: "short" }).format(moment);
  }

  /** Return the nodes of a sentence; its reason, always in English, is an element of its own. */
  function refusalMessage({ reason, read }) {
    const placeholder = "\u0000";
    const values = { reason: placeholder, time: formatMoment(read) };
    const [before, after] = remit.message("data-refused", values).split(placeholder);
    const element = document.createElement("span");
    element.lang = "en";
    element.textContent = reason;
    return [before, element, after];
  }

  /**
   * Show that newer data cannot be read, or that the server does not answer. This is for those who
   * maintain the data, so an embedded page does not show it.
   * @param {?{isAway: boolean}|{reason: string, read: string}} problem - null if there is none
   */
  remit.dataStatus = (problem) => {
    const key = JSON.stringify(problem);
    if (key === shown || remit.embed.isEmbedded) {
      return;
    }
    shown = key;
    if (!problem) {
      status().replaceChildren();
    } else if (problem.isAway) {
      status().replaceChildren(remit.message("server-away"));
    } else {
      status().replaceChildren(...refusalMessage(problem));
    }
  };
})();
