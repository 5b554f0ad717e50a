/** After the last of its like. */
export function nextOrder(records: Readonly<Record<string, { readonly order: number }>>): number {
  return Object.values(records).reduce((highest, { order }) => Math.max(highest, order), 0) + 1
}
