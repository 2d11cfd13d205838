/* The frame of the page: what in it is of the organization, beside what fragments of a unit fill. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const styles = document.createElement("style"); // for kinds of relation that are new
  document.head.append(styles);

  remit.pageParts = {
    /** Let another organization, or another state of it, stand in the frame. */
    take({ title, language, styles: rules, parts }) {
      document.querySelector('meta[property="og:site_name"]').content = title;
      styles.textContent = rules;
      if (language) {
        root.dataset.language = language;
      } else {
        delete root.dataset.language;
      }
      for (const part of parts) {
        remit.replace(part);
      }
    },
  };

  const place = () => document.getElementById("data-status");
  let shown = "";

  function moment(written) {
    const [then, now] = [new Date(written), new Date()];
    const isToday = then.toDateString() === now.toDateString();
    const date = isToday ? {} : { dateStyle: "medium" };
    return new Intl.DateTimeFormat(remit.language, { ...date, timeStyle: "short" }).format(then);
  }

  /** Return a sentence with the reason, which is always English, as an element in it. */
  function refusal({ reason, read }) {
    const [mark, time] = ["\u0000", moment(read)];
    const [before, after] = remit.say("data-refused", { reason: mark, time }).split(mark);
    const told = document.createElement("span");
    told.lang = "en";
    told.textContent = reason;
    return [before, told, after];
  }

  /** Say, for as long as it is so, that a newer file cannot be read or that the server is away;
   * null when neither is so. It is for those who keep the data, so not inside another page. */
  remit.standing = (problem) => {
    const key = JSON.stringify(problem);
    if (key !== shown && !remit.embed.isEmbedded) {
      shown = key;
      const said = problem && (problem.isAway ? [remit.say("server-away")] : refusal(problem));
      place().replaceChildren(...(said || []));
    }
  };
})();
