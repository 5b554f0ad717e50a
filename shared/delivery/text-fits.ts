/** Whether a text is what a rule says, letter case aside; `*` stands for any letters; an empty rule fits nothing. */
export function textFits(rule: string): (text: string) => boolean {
  const wanted = rule.trim().toLowerCase()
  if (wanted === '') return () => false
  const [first = '', ...rest] = wanted.split('*')
  const last = rest.pop()
  if (last === undefined) return (text) => text.toLowerCase() === wanted
  return (said) => {
    const text = said.toLowerCase()
    const end = text.length - last.length
    if (!text.startsWith(first) || end < first.length || !text.endsWith(last)) return false
    // The first place where a piece fits leaves the most for those behind it: nothing is ever tried twice.
    let from = first.length
    for (const piece of rest) {
      const at = text.indexOf(piece, from)
      if (at < 0 || at + piece.length > end) return false
      from = at + piece.length
    }
    return true
  }
}
