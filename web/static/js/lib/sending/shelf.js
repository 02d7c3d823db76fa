/**
 * Where the outbox keeps its entries: IndexedDB, or memory where the browser has none to give (private windows, plain
 * HTTP). They are sealed with a key of the seat's own that the server writes into the page: once the seat has ended, or
 * is another browser's, what is left here cannot be read.
 */
import { settings } from "../page.js";
import { seal, sealed, unseal } from "./seal.js";
import { Ahead } from "./unsealed.js";

/**
 * @template {{slot: string, key: string, order: number}} T
 * @typedef {object} Shelf
 * @property {boolean} durable
 * @property {() => Promise<T[]>} all in order
 * @property {(entry: T) => Promise<void>} put replaces what is in the entry's slot
 * @property {(slot: string, key: string) => Promise<void>} remove unless something newer lies there
 * @property {() => Promise<void>} clear
 */

const DATABASE = "visiojury sealed";
const STORE = "outbox";

/**
 * @template {{slot: string, key: string, order: number}} T
 * @returns {Shelf<T>}
 */
export function memoryShelf() {
  /** @type {Map<string, T>} */
  const kept = new Map();
  return {
    durable: false,
    all: async () => [...kept.values()].sort((a, b) => a.order - b.order),
    put: async (entry) => void kept.set(entry.slot, entry),
    remove: async (slot, key) => void (kept.get(slot)?.key === key && kept.delete(slot)),
    clear: async () => kept.clear(),
  };
}

/**
 * @template {{slot: string, key: string, order: number}} T
 * @param {string} owner the seat: several may use one browser
 * @returns {Promise<Shelf<T>>}
 */
export async function openShelf(owner) {
  try {
    return indexedShelf(await openDatabase(), owner, await sealed(settings.seal));
  } catch {
    return memoryShelf();
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return result(request);
}

/**
 * @template {{slot: string, key: string, order: number}} T
 * @param {IDBDatabase} database
 * @param {string} owner
 * @param {CryptoKey} cipher
 * @returns {Shelf<T>}
 */
function indexedShelf(database, owner, cipher) {
  /** @param {IDBTransactionMode} mode */
  const open = (mode) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    return { store: transaction.objectStore(STORE), done: settled(transaction) };
  };
  const mine = IDBKeyRange.bound([owner], [owner, []]);
  const ahead = /** @type {Ahead<T>} */ (new Ahead(owner));
  /**
   * One after the other: sealing takes a moment, and an older entry must not overtake a newer one.
   * @type {Promise<unknown>}
   */
  let last = Promise.resolve();
  /** @template R @param {() => Promise<R>} work @returns {Promise<R>} */
  const inTurn = (work) => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  /** @param {T} entry */
  const keep = async (entry) => {
    const row = { key: entry.key, sealed: await seal(cipher, `${owner} ${entry.slot}`, entry) };
    const { store, done } = open("readwrite");
    store.put(row, [owner, entry.slot]);
    await done;
    ahead.delete(entry.slot, entry.key);
  };
  return {
    durable: true,
    all: () => inTurn(async () => {
      for (const entry of ahead.all()) await keep(entry);
      const { store } = open("readonly");
      const [slots, rows] = await Promise.all([result(store.getAllKeys(mine)), result(store.getAll(mine))]);
      const found = await Promise.all(rows.map((row, n) =>
        unseal(cipher, `${owner} ${/** @type {string[]} */ (slots[n])[1]}`, row.sealed)));
      return /** @type {T[]} */ (found.filter((one) => one !== null)).sort((a, b) => a.order - b.order);
    }),
    put: (entry) => {
      ahead.set(entry);
      return inTurn(() => keep(entry));
    },
    remove: (slot, key) => inTurn(() => {
      const { store, done } = open("readwrite");
      const there = store.get([owner, slot]);
      there.onsuccess = () => there.result?.key === key && store.delete([owner, slot]);
      return done;
    }),
    clear: () => inTurn(() => {
      ahead.clear();
      const { store, done } = open("readwrite");
      store.delete(mine);
      return done;
    }),
  };
}

/**
 * @template R
 * @param {IDBRequest<R>} request
 * @returns {Promise<R>}
 */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function settled(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
