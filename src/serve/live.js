// Live reload for `regain serve`: reloads the page after each build that changed the site, and shows the
// problems of a failed build on top of it. It is not part of a built site.
(function () {
  "use strict";

  var RETRY = 2000; // ms; browsers do not retry by themselves after an error status
  var script = document.currentScript;
  var mine = Number(script.dataset.site);
  var stream = null;
  var retry = 0;

  function address(name) {
    return new URL(name, script.src).href;
  }

  // Browsers open at most six connections to one host, so tabs in the background have none. If many windows
  // are visible, the preview ends the oldest stream, and the browser connects again by itself.
  function follow() {
    window.clearTimeout(retry);
    if (stream) {
      stream.close();
      stream = null;
    }
    if (document.visibilityState === "hidden") {
      return;
    }
    stream = new EventSource(address("events"));
    stream.onmessage = function (event) {
      var state = JSON.parse(event.data);
      if (state.site !== mine) {
        stream.close();
        window.location.reload();
      } else {
        show(state.problems);
      }
    };
    stream.onerror = function () {
      if (stream.readyState === EventSource.CLOSED) {
        retry = window.setTimeout(follow, RETRY);
      }
    };
  }

  function show(problems) {
    var panel = document.getElementById("regain-problems");
    if (!problems) {
      if (panel && panel.classList.contains("regain-over")) {
        panel.remove();
      }
      return;
    }
    panel = panel || makePanel();
    var list = panel.querySelector("pre");
    if (list.textContent !== problems) {
      list.textContent = problems;
    }
  }

  function makePanel() {
    if (!document.querySelector("link[data-regain]")) {
      var style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = address("overlay.css");
      style.dataset.regain = "";
      document.head.append(style);
    }
    var panel = document.createElement("section");
    panel.id = "regain-problems";
    panel.className = "regain-panel regain-over";
    panel.setAttribute("role", "alert");
    var title = document.createElement("h2");
    title.textContent = "The last build failed";
    var advice = document.createElement("p");
    advice.textContent = "This page is from the last good build. It updates once the problems are fixed.";
    var list = document.createElement("pre");
    list.tabIndex = 0;
    var hide = document.createElement("button");
    hide.type = "button";
    hide.textContent = "Hide";
    hide.addEventListener("click", function () {
      panel.remove();
    });
    panel.append(title, advice, list, hide);
    document.body.append(panel);
    return panel;
  }

  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", function () {
    if (stream) {
      stream.close();
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      follow();
    }
  });
  follow();
})();
