/** The nearest of some names by edits, within a third of the length; null when none is near. */
export function nearestName(wanted: string, names: Iterable<string>): string | null {
  const target = wanted.toLowerCase()
  let best: string | null = null
  let least = Math.max(1, Math.floor(target.length / 3)) + 1
  for (const name of names) {
    if (Math.abs(name.length - target.length) >= least) continue
    const distance = editsBetween(target, name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
