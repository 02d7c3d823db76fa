/** Seats that this browser held have ended: what was typed there and not sent is forgotten. Other seats keep theirs. */
import { forgetDrafts } from "./drafts.js";
import { forgetUnsealed } from "./sending/unsealed.js";

for (const ended of document.body.dataset.endedSeat?.split(" ").filter(Boolean) ?? []) {
  forgetDrafts(ended);
  forgetUnsealed(ended);
}
