/** Live pictures and sound: what a page of the room needs of them. */
export { Own } from "./media/own.js";
export { PIECE, Publisher } from "./media/publisher.js";
export { Stage } from "./media/stage.js";
export { Tile } from "./media/tile.js";
export { Viewer } from "./media/viewer.js";
