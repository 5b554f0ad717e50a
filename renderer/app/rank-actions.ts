/**
 * Which entries fit what was typed, best first: the start of the label before the start of a word before letters in
 * order. Without a query the recently used come first, then the given order.
 */
export function rankActions<A extends { readonly id: string; readonly label: string; readonly group: string }>(
  actions: readonly A[],
  query: string,
  recent: readonly string[],
): readonly A[] {
  const wanted = query.trim().toLowerCase()
  const recency = (action: A) => {
    const index = recent.indexOf(action.id)
    return index < 0 ? recent.length : index
  }
  return actions
    .map((action, index) => ({
      action,
      index,
      fit: wanted === '' ? 0 : fitOf(`${action.label} ${action.group}`, wanted),
    }))
    .filter(({ fit }) => fit !== null)
    .sort((a, b) => a.fit! - b.fit! || recency(a.action) - recency(b.action) || a.index - b.index)
    .map(({ action }) => action)
}

/** 0 = starts with it, 1 = a word does, 2 = contains it, 3 = its letters in order; null = does not fit. */
function fitOf(label: string, wanted: string): number | null {
  const text = label.toLowerCase()
  if (text.startsWith(wanted)) return 0
  if (text.includes(` ${wanted}`)) return 1
  if (text.includes(wanted)) return 2
  let from = 0
  for (const letter of wanted.replaceAll(' ', '')) {
    from = text.indexOf(letter, from) + 1
    if (from === 0) return null
  }
  return 3
}
