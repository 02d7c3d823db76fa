/**
 * Seals what lies in the browser's storage: AES-256-GCM (NIST SP 800-38D), a random nonce of 96 bits in front, and the
 * place where it lies as associated data, so that nothing can be put in another's place.
 */

const ALGORITHM = "AES-GCM";
const NONCE_BYTES = 12;

/**
 * @param {string} hex 64 digits
 * @returns {Promise<CryptoKey>} cannot be read out again; rejects where there is no key, or no way to use one
 */
export async function sealed(hex) {
  const bytes = Uint8Array.from(hex.match(/[\da-f]{2}/g) ?? [], (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key
 * @param {string} place
 * @param {unknown} value what JSON can say
 * @returns {Promise<Uint8Array>}
 */
export async function seal(key, place, value) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const data = new TextEncoder().encode(JSON.stringify(value));
  const how = { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(place) };
  const cipher = new Uint8Array(await crypto.subtle.encrypt(how, key, data));
  const whole = new Uint8Array(NONCE_BYTES + cipher.length);
  whole.set(iv);
  whole.set(cipher, NONCE_BYTES);
  return whole;
}

/**
 * @param {CryptoKey} key
 * @param {string} place
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<unknown>} null: sealed with another key, or for another place
 */
export async function unseal(key, place, bytes) {
  try {
    const [iv, data] = [bytes.slice(0, NONCE_BYTES), bytes.slice(NONCE_BYTES)];
    const how = { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(place) };
    const plain = await crypto.subtle.decrypt(how, key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}
