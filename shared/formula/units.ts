/**
 * What a number counts, as powers of base words: `$/h` is { $: 1, h: -1 }. `unknown` goes with everything (nothing was
 * declared); a bare `literal` takes the unit of what it meets in + and compares, and is a plain factor in * and /.
 */
export type Unit =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'literal' }
  | { readonly kind: 'known'; readonly powers: Readonly<Record<string, number>>; readonly isPercent: boolean }

export const UNKNOWN_UNIT: Unit = { kind: 'unknown' }
export const LITERAL_UNIT: Unit = { kind: 'literal' }
export const RATIO_UNIT: Unit = { kind: 'known', powers: {}, isPercent: false }
export const PERCENT_UNIT: Unit = { kind: 'known', powers: {}, isPercent: true }
/** A point in time; `months` is a length of time. */
export const MONTH_UNIT: Unit = { kind: 'known', powers: { month: 1 }, isPercent: false }
export const MONTHS_UNIT: Unit = { kind: 'known', powers: { months: 1 }, isPercent: false }

/** Reads `$/h`, `tokens * $/tokens`, `%`, `1`, `h^2`; '' is unknown. Common spellings of one thing are made one. */
export function parseUnit(text: string): Unit {
  const trimmed = text.trim()
  if (trimmed === '') return UNKNOWN_UNIT
  if (trimmed === '%') return PERCENT_UNIT
  const powers: Record<string, number> = {}
  let sign = 1
  for (const piece of trimmed.split(/([*/·])/)) {
    if (piece === '/') sign = -1
    else if (piece === '*' || piece === '·') sign = 1
    else {
      const [, word = '', power = '1'] = /^\s*(.*?)\s*(?:\^(-?\d+))?\s*$/.exec(piece) ?? []
      if (word === '' || word === '1' || word === '%') continue
      const base = baseOf(word)
      powers[base] = (powers[base] ?? 0) + sign * Number(power)
    }
  }
  return known(powers)
}

export function tellUnit(unit: Unit): string {
  if (unit.kind !== 'known') return unit.kind === 'literal' ? 'a plain number' : 'no unit'
  return nameUnit(unit) || 'a ratio'
}

/** As written in a unit column: `$/h`, `%`, `1`; '' when not known. */
export function nameUnit(unit: Unit): string {
  if (unit.kind !== 'known') return ''
  const write = ([word, power]: [string, number]) => (Math.abs(power) === 1 ? word : `${word}^${Math.abs(power)}`)
  const entries = Object.entries(unit.powers)
  const over = entries.filter(([, power]) => power > 0).map(write)
  const under = entries.filter(([, power]) => power < 0).map(write)
  if (over.length + under.length === 0) return unit.isPercent ? '%' : '1'
  return [over.join('*') || '1', ...under].join('/')
}

/** The unit of a sum, a choice or a comparison of both; null = they cannot meet. */
export function meetUnits(a: Unit, b: Unit): Unit | null {
  if (a.kind === 'unknown' || b.kind === 'unknown')
    return a.kind === 'known' ? a : b.kind === 'known' ? b : UNKNOWN_UNIT
  if (a.kind === 'literal') return b
  if (b.kind === 'literal') return a
  return isSame(a.powers, b.powers) ? (a.isPercent ? b : a) : null
}

/** Adding points in time: month - month = months, month +- months = month; null = plain rules apply. */
export function meetMonths(operator: '+' | '-', a: Unit, b: Unit): Unit | null {
  const isPoint = (unit: Unit) => unit.kind === 'known' && isSame(unit.powers, { month: 1 })
  const isLength = (unit: Unit) => unit.kind !== 'known' || isSame(unit.powers, { months: 1 })
  if (isPoint(a) && isPoint(b)) return operator === '-' ? MONTHS_UNIT : null
  if (isPoint(a) && isLength(b)) return MONTH_UNIT
  if (operator === '+' && isPoint(b) && isLength(a)) return MONTH_UNIT
  return null
}

export function timesUnits(a: Unit, b: Unit, sign: 1 | -1): Unit {
  if (a.kind === 'unknown' || b.kind === 'unknown') return UNKNOWN_UNIT
  if (a.kind === 'literal' && b.kind === 'literal') return LITERAL_UNIT
  if (b.kind === 'literal') return a
  const powers: Record<string, number> = a.kind === 'known' ? { ...a.powers } : {}
  if (b.kind === 'known')
    for (const [word, power] of Object.entries(b.powers)) powers[word] = (powers[word] ?? 0) + sign * power
  const unit = known(powers)
  const isPercent =
    unit.powers && Object.keys(unit.powers).length === 0 && a.kind === 'known' && a.isPercent && sign === 1
  return isPercent ? PERCENT_UNIT : unit
}

/** `unit ^ power`; null = a power that is not known while the unit is more than a ratio. */
export function raiseUnit(unit: Unit, power: number | null): Unit | null {
  if (unit.kind !== 'known') return unit
  if (Object.keys(unit.powers).length === 0) return RATIO_UNIT
  if (power === null) return null
  return known(Object.fromEntries(Object.entries(unit.powers).map(([word, each]) => [word, each * power])))
}

function known(powers: Record<string, number>): Unit & { kind: 'known' } {
  return {
    kind: 'known',
    powers: Object.fromEntries(Object.entries(powers).filter(([, power]) => power !== 0)),
    isPercent: false,
  }
}

function isSame(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const words = Object.keys(a)
  return words.length === Object.keys(b).length && words.every((word) => a[word] === b[word])
}

const SPELLINGS: Readonly<Record<string, string>> = {
  hour: 'h',
  hours: 'h',
  hr: 'h',
  hrs: 'h',
  day: 'days',
  d: 'days',
  minute: 'min',
  minutes: 'min',
  usd: '$',
  dollar: '$',
  dollars: '$',
  eur: '€',
  gbp: '£',
  month: 'month',
}

/** One base for `token` and `tokens`: a word of four letters or more is counted in the plural. `month` and `months` differ. */
function baseOf(word: string): string {
  const lower = word.toLowerCase()
  if (Object.hasOwn(SPELLINGS, lower)) return SPELLINGS[lower]!
  return /^[a-z]{3,}[a-rt-z]$/.test(lower) ? `${lower}s` : lower
}
