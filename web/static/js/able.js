/**
 * Can this browser do what the page needs? Every page loads this before its modules, as a plain script in the syntax of
 * 2009: where the modules do not parse it still says so. The words stand in the page (templates/_able.html), hidden;
 * `data-needs` on <body> names what the page needs: "script", "camera", "video".
 */
(function () {
  "use strict";
  /**
   * Where the door (the page of an invitation, or of a phone's code) leaves its own address for the pages behind it.
   */
  var LINK = "link";
  var root = document.documentElement;
  /** @type {boolean} part of the page did not arrive: that is the line's fault, not the browser's */
  var incomplete = false;

  /** One thing of each generation that the oldest supported browsers have (browsers.toml). @returns {boolean} */
  function modern() {
    var css = window.CSS;
    return "noModule" in document.createElement("script")
      && typeof Promise === "function" && typeof Object.hasOwn === "function"
      && "at" in Array.prototype && "replaceAll" in String.prototype
      && "TextDecoderStream" in window && "showModal" in document.createElement("dialog")
      && Boolean(css && css.supports && css.supports("selector(:has(*))") && css.supports("container-type: inline-size")
        && css.supports("height: 1dvh"));
  }

  /** WebRTC may be there and refuse: switched off by a setting, an extension or a policy. @returns {boolean} */
  function talks() {
    try {
      new window.RTCPeerConnection().close();
      return true;
    } catch (error) {
      return false;
    }
  }

  /** @param {string[]} needs @returns {string} what stands against this page, "" for nothing */
  function trouble(needs) {
    var camera = needs.indexOf("camera") >= 0;
    if (incomplete) return "incomplete";
    if (!modern() || (needs.indexOf("script") >= 0 && !root.hasAttribute("data-started"))) return "old";
    if (camera && window.isSecureContext === false) return "insecure";
    if (camera && !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia)) return "inside";
    if (needs.indexOf("video") >= 0 && !talks()) return "video";
    return "";
  }

  /** The link that opens this seat in another browser, "" where this page does not know it. @returns {string} */
  function link() {
    if (/^\/(i|phone-link)\//.test(location.pathname)) return location.href;
    try {
      return sessionStorage.getItem(LINK) || "";
    } catch (error) {
      return "";
    }
  }

  /** Kept for the next page only where this one cannot be the last. @param {string} address */
  function keep(address) {
    try {
      if (address) sessionStorage.setItem(LINK, address);
    } catch (error) {
      // Nothing is kept here: the next page then says to take the link of the letter.
    }
  }

  /** @param {HTMLElement} button @param {HTMLInputElement} field @param {boolean} done */
  function copied(button, field, done) {
    button.textContent = button.getAttribute(done ? "data-copied" : "data-by-hand");
    if (done) return;
    field.hidden = false;
    field.focus();
    field.select();
  }

  /**
   * The way before the clipboard of today, which some of these browsers lack.
   * @param {HTMLInputElement} field
   * @returns {boolean}
   */
  function copyOld(field) {
    field.hidden = false;
    field.select();
    field.setSelectionRange(0, field.value.length);
    try {
      if (!document.execCommand("copy")) return false;
    } catch (error) {
      return false;
    }
    field.hidden = true;
    return true;
  }

  /** @param {Element} box */
  function offerLink(box) {
    var button = /** @type {HTMLElement | null} */ (box.querySelector("[data-copy-link]"));
    var field = /** @type {HTMLInputElement | null} */ (box.querySelector("input"));
    var address = link();
    if (!button || !field || !address) return;
    keep(address);
    field.value = address;
    button.hidden = false;
    /** @type {Element} */ (box.querySelector("[data-letter]")).setAttribute("hidden", "");
    button.addEventListener("click", function () {
      if (!button || !field) return;
      var done = copied.bind(null, button, field);
      var old = function () { if (field) done(copyOld(field)); };
      if (!navigator.clipboard) return old();
      navigator.clipboard.writeText(address).then(function () { done(true); }, old);
    });
  }

  function look() {
    var needs = (document.body.getAttribute("data-needs") || "").split(" ");
    var found = trouble(needs);
    var box = found && document.querySelector('[data-unable="' + found + '"]');
    if (!box) return;
    box.removeAttribute("hidden");
    // An address that is not safe is not to be carried elsewhere: the letter's is.
    if (found !== "insecure") offerLink(box);
  }

  window.addEventListener("error", function (event) {
    var node = /** @type {Node | null} */ (event.target);
    if (node && node.nodeName === "SCRIPT") incomplete = true;
  }, true);
  window.addEventListener("load", look);
})();
