/** A seat that this browser held has ended: what was typed there and not sent is forgotten. Other seats keep theirs. */
import { forgetDrafts } from "./drafts.js";
import { forgetUnsealed } from "./unsealed.js";

const ended = document.body.dataset.endedSeat;
if (ended) {
  forgetDrafts(ended);
  forgetUnsealed(ended);
}
