/* Following the data: when the server has another edition, the whole page goes over to it at once.
 *
 * A page is of one edition, which its root element names. It goes forward only, to what has been
 * written later (`since`): of several processes behind one address some may be a moment behind.
 * First all that is shown is fetched of the new edition, then all of it is drawn in one go. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const ASK_EVERY = 750; // milliseconds
  const ASK_EVERY_AWAY = 3000;
  const AWAY_AFTER = 10000;
  const PATIENCE = 8000;
  const MOST_TURNS = 5; // of the reader, while the new edition is fetched
  let going = null; // the edition that the page is about to show
  let asking = 0;
  let silentSince = null;
  let isRefused = false; // it was so when it was asked last

  const isNewer = ({ version, since }) =>
    version !== root.dataset.version && since > Number(root.dataset.since);

  // ---- Going over -----------------------------------------------------------------------------

  /** Fetch all that is shown, of another edition; what is asked for meanwhile, too. */
  async function fetchAll(told) {
    const frame = await remit.fragments.of(told, "page-parts", told.top);
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const isComplete = remit.fragments.isComplete(told);
      await remit.fragments.fetchShown(told);
      if (isComplete) {
        break;
      }
    }
    return frame.content;
  }

  /** Show another edition: the frame of the page, and then all that follows the state. */
  function show(told, frame) {
    for (const key of ["version", "since", "top"]) {
      root.dataset[key] = told[key];
    }
    remit.pageParts.take(frame);
    remit.network.dress(frame.network);
    remit.state.renew();
    remit.notice(remit.say("data-changed"));
  }

  async function goOver(told) {
    if (going && going.since >= told.since) {
      return;
    }
    going = told;
    try {
      const frame = await fetchAll(told);
      if (going === told) {
        show(told, frame);
      }
    } catch (error) {
      // What is shown stays; it is asked again, perhaps for a yet newer one.
    } finally {
      if (going === told) {
        going = null;
      }
    }
  }

  // ---- Asking ---------------------------------------------------------------------------------

  function heard(told) {
    silentSince = null;
    // What is just being written is often no table for a moment.
    remit.standing((isRefused && told.refused) || null);
    isRefused = Boolean(told.refused);
    if (isNewer(told)) {
      goOver(told);
    }
  }

  function heardNothing() {
    silentSince = silentSince || Date.now();
    if (Date.now() - silentSince > AWAY_AFTER) {
      remit.standing({ isAway: true });
    }
  }

  async function ask() {
    window.clearTimeout(asking);
    if (document.visibilityState === "visible") {
      try {
        const signal = AbortSignal.timeout(PATIENCE);
        const response = await window.fetch("version", { cache: "no-store", signal });
        if (!response.ok) {
          throw new Error(response.statusText);
        }
        heard(await response.json());
      } catch (error) {
        heardNothing();
      }
    }
    window.clearTimeout(asking);
    asking = window.setTimeout(ask, silentSince ? ASK_EVERY_AWAY : ASK_EVERY);
  }

  remit.following = {
    /** Take note of an edition that the server has in place of the one it was asked for; return
     * whether the page goes over to it. */
    offer(told, isCertain = false) {
      const goes = isCertain || isNewer(told);
      if (goes) {
        goOver(told);
      }
      return goes;
    },
  };

  if ("follows" in root.dataset) {
    new MutationObserver((_, observer) => {
      if (root.dataset.ready) {
        observer.disconnect();
        ask();
        document.addEventListener("visibilitychange", ask);
        window.addEventListener("online", ask);
      }
    }).observe(root, { attributes: true, attributeFilter: ["data-ready"] });
  }
})();
