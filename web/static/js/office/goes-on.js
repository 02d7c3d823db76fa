// What goes on beside the page is looked at again, until nothing is left of it: the part of the page that says so takes
// the place of the one before, and nothing else moves.
const SELECTOR = "[data-goes-on]";

async function lookAgain() {
  const before = /** @type {HTMLElement | null} */ (document.querySelector(SELECTOR));
  if (!before) return;
  await new Promise((resolve) => setTimeout(resolve, Number(before.dataset.goesOn) * 1000));
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(before.id);
    if (answer.ok && now) before.replaceWith(document.adoptNode(now));
  } catch {
    // The line is cut: it is tried again.
  }
  await lookAgain();
}

void lookAgain();
