/*
 * regain.forget and regain.onForget: "Forget everything" reaches every open page of the site, also those the browser
 * keeps for its Back button. Only the wish is passed on, never an answer.
 */
(() => {
  "use strict";

  const wishes = [];
  let channel = null;
  try {
    channel = new BroadcastChannel("regain.forget");
    channel.onmessage = () => wishes.forEach((run) => run());
  } catch {
    /* Not on pages opened from disk: there is one page then, and it forgets by itself. */
  }

  regain.onForget = (run) => wishes.push(run);
  regain.forget = () => {
    wishes.forEach((run) => run());
    channel?.postMessage("forget");
  };
})();
