/** A name no other record has: `rule-` and 80 random bits. */
export function newId(kind: string): string {
  const bits = crypto.getRandomValues(new Uint8Array(10))
  return `${kind}-${[...bits].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
