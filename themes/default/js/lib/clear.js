/*
 * regain.clear and regain.onClear: "Clear answers" reaches every open page of the site, also those the browser keeps
 * for its Back button. Pages tell each other only that answers were cleared, never an answer.
 */
(() => {
  "use strict";

  const listeners = [];
  let channel = null;
  try {
    channel = new BroadcastChannel("regain.clear");
    channel.onmessage = () => listeners.forEach((run) => run());
  } catch {
    /* Not on pages opened from disk: then there is only one page, and it clears itself. */
  }

  regain.onClear = (run) => listeners.push(run);
  regain.clear = () => {
    listeners.forEach((run) => run());
    channel?.postMessage("clear");
  };
})();
