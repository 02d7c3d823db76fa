// What takes longer than one request goes on by itself: its form is sent again until the page no longer has it.
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-goes-on]");
if (form) form.submit();
