/**
 * A 53-bit hash of text (cyrb53 construction: two 32-bit multiply-xor lanes), as a whole number a double holds exactly.
 * For keys and fingerprints of our own data, not for security. Two lanes with different `salt` make a 106-bit key.
 */
export function hashText(text: string, salt = 0): number {
  let high = 0xdeadbeef ^ salt
  let low = 0x41c6ce57 ^ salt
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  return settle(high, low)
}

export function hashBytes(bytes: Uint8Array, salt = 0): number {
  let high = 0xdeadbeef ^ salt
  let low = 0x41c6ce57 ^ salt
  for (let index = 0; index < bytes.length; index++) {
    const unit = bytes[index]!
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  return settle(high, low)
}

/** Same bytes, same fingerprint: 26 hex digits. */
export function fingerprintOf(bytes: Uint8Array): string {
  const part = (salt: number) => hashBytes(bytes, salt).toString(16).padStart(14, '0').slice(-13)
  return part(bytes.length) + part(~bytes.length)
}

function settle(high: number, low: number): number {
  let [a, b] = [high, low]
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
