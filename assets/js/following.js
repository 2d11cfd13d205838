/* Following the data: when the server has a newer edition, the whole page switches to it at once.
 *
 * An edition is one state of the data; the root element names the current one (`data-version`,
 * `data-since`, `data-top`). The page switches only to later editions (`since`), as some of several
 * server processes behind one address may lag. It first fetches all that is shown from the new
 * edition, and then draws it together. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const POLL_EVERY = 750; // milliseconds
  const POLL_EVERY_OFFLINE = 3000;
  const OFFLINE_AFTER = 10000;
  const TIMEOUT = 8000;
  const MAX_ROUNDS = 5; // of fetching, while the reader goes on and asks for more
  let incoming = null; // the edition that is being fetched
  let pollTimer = 0;
  let silentSince = null; // the time of the first of several failed polls
  let wasRefused = false; // the last poll reported that newer data cannot be read

  /**
   * @typedef {object} Edition
   * @property {string} version - hash of the content
   * @property {number} since - when it was written
   * @property {string} top - the unit at the top
   * @property {?object} refused - `reason` and `read` of newer data that cannot be read
   */

  const isNewer = ({ version, since }) =>
    version !== root.dataset.version && since > Number(root.dataset.since);

  // ---- Switching ------------------------------------------------------------------------------

  /** Fetch everything that is shown; return the parts of the page that depend on the edition. */
  async function fetchAll(edition) {
    const pageParts = await remit.fragments.fetchFragmentOf(edition, "page-parts", edition.top);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      // What the reader asks for during a round is fetched in the next one.
      const isComplete = remit.fragments.hasAllShown(edition);
      await remit.fragments.fetchAllShown(edition);
      if (isComplete) {
        break;
      }
    }
    return pageParts.content;
  }

  function show(edition, pageParts) {
    for (const key of ["version", "since", "top"]) {
      root.dataset[key] = edition[key];
    }
    remit.pageParts.update(pageParts);
    remit.network.setStylesheets(pageParts.network);
    remit.state.refresh();
    remit.showNotice(remit.message("data-changed"));
  }

  async function switchTo(edition) {
    if (incoming && incoming.since >= edition.since) {
      return;
    }
    incoming = edition;
    try {
      const pageParts = await fetchAll(edition);
      if (incoming === edition) {
        show(edition, pageParts);
      }
    } catch (error) {
      // The page stays as it is; the next poll tries again.
    } finally {
      if (incoming === edition) {
        incoming = null;
      }
    }
  }

  // ---- Polling --------------------------------------------------------------------------------

  function onAnswer(edition) {
    silentSince = null;
    // A file that is being written is often invalid for a moment: report it at the second poll.
    remit.dataStatus((wasRefused && edition.refused) || null);
    wasRefused = Boolean(edition.refused);
    if (isNewer(edition)) {
      switchTo(edition);
    }
  }

  function onFailure() {
    silentSince = silentSince || Date.now();
    if (Date.now() - silentSince > OFFLINE_AFTER) {
      remit.dataStatus({ isAway: true });
    }
  }

  async function poll() {
    window.clearTimeout(pollTimer);
    if (document.visibilityState === "visible") {
      try {
        const signal = AbortSignal.timeout(TIMEOUT);
        const response = await window.fetch("version", { cache: "no-store", signal });
        if (!response.ok) {
          throw new Error(response.statusText);
        }
        onAnswer(await response.json());
      } catch (error) {
        onFailure();
      }
    }
    window.clearTimeout(pollTimer);
    pollTimer = window.setTimeout(poll, silentSince ? POLL_EVERY_OFFLINE : POLL_EVERY);
  }

  remit.following = {
    /**
     * Switch to the edition that the server has instead of a requested one, if it is newer.
     * @param {Edition} edition
     * @param {boolean} isForced - switch to an older edition, too
     * @returns {boolean} whether the page switches
     */
    acceptEdition(edition, isForced = false) {
      const isAccepted = isForced || isNewer(edition);
      if (isAccepted) {
        switchTo(edition);
      }
      return isAccepted;
    },
  };

  if ("follows" in root.dataset) {
    new MutationObserver((_, observer) => {
      if (root.dataset.ready) {
        observer.disconnect();
        poll();
        document.addEventListener("visibilitychange", poll);
        window.addEventListener("online", poll);
      }
    }).observe(root, { attributes: true, attributeFilter: ["data-ready"] });
  }
})();
