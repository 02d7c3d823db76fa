/**
 * Where the outbox keeps its entries: IndexedDB, or memory where the browser has none to give (private windows).
 */

/**
 * @template {{slot: string, key: string, order: number}} T
 * @typedef {object} Shelf
 * @property {boolean} durable
 * @property {() => Promise<T[]>} all in order
 * @property {(entry: T) => Promise<void>} put replaces what is in the entry's slot
 * @property {(slot: string, key: string) => Promise<void>} remove unless something newer lies there
 */

const DATABASE = "visiojury";
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
  };
}

/**
 * @template {{slot: string, key: string, order: number}} T
 * @param {string} owner the seat: several may use one browser
 * @returns {Promise<Shelf<T>>}
 */
export async function openShelf(owner) {
  try {
    return indexedShelf(await openDatabase(), owner);
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
 * @returns {Shelf<T>}
 */
function indexedShelf(database, owner) {
  /** @param {IDBTransactionMode} mode */
  const open = (mode) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    return { store: transaction.objectStore(STORE), done: settled(transaction) };
  };
  const mine = IDBKeyRange.bound([owner], [owner, []]);
  return {
    durable: true,
    all: async () => {
      const entries = /** @type {T[]} */ (await result(open("readonly").store.getAll(mine)));
      return entries.sort((a, b) => a.order - b.order);
    },
    put: (entry) => {
      const { store, done } = open("readwrite");
      store.put(entry, [owner, entry.slot]);
      return done;
    },
    remove: (slot, key) => {
      const { store, done } = open("readwrite");
      const there = store.get([owner, slot]);
      there.onsuccess = () => there.result?.key === key && store.delete([owner, slot]);
      return done;
    },
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
