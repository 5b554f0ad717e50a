import type { WallNumber } from '../../shared/metrics/index.ts'

/** Something counted or sized in two periods; `null` = unknown, which is not 0. */
export interface Tally {
  readonly kind: 'artifact' | 'decision'
  readonly name: string
  readonly unit: string
  readonly now: number | null
  readonly before: number | null
  readonly isCount: boolean
}

const MERGED = 'Changes merged'
const SHIPPED = 'Features shipped'

/** What was produced and what it came to, read off the metrics that count them. */
export function countsOf(numbers: readonly WallNumber[]): readonly Tally[] {
  const find = (id: string) => numbers.find(({ metricId }) => metricId === id)
  const pieces = (...ids: readonly string[]) => {
    const numbers = ids.map(find)
    const number = numbers.find((own) => own?.current.known && own.before.known) ?? numbers[0]
    return {
      now: number?.current.known ? number.current.n : null,
      before: number?.before.known ? number.before.n : null,
    }
  }
  const batch = find('batch-size')
  return [
    // Where no cost is known, what landed is counted all the same, in both periods alike.
    {
      kind: 'artifact',
      name: MERGED,
      unit: '1',
      isCount: true,
      ...pieces('cost-per-accepted-change', 'merge-frequency'),
    },
    {
      kind: 'artifact',
      name: 'Lines in a change, median',
      unit: '1',
      isCount: false,
      now: batch?.current.known ? batch.current.value : null,
      before: batch?.before.known ? batch.before.value : null,
    },
    { kind: 'decision', name: SHIPPED, unit: '1', isCount: true, ...pieces('token-cost-per-shipped-feature') },
  ]
}

/** Growth of two shares closer than this is the same growth. */
const TOLERANCE = 0.1

/**
 * The answer in one sentence. Changes +30% and features +5%: artifacts grew faster than what they are for. Unknown where
 * either cannot be counted.
 */
export function tellBalance(tallies: readonly Tally[]): string {
  const growth = (name: string): number | null => {
    const tally = tallies.find((each) => each.name === name)
    return tally?.now == null || !tally.before ? null : tally.now / tally.before - 1
  }
  const [artifacts, features] = [growth(MERGED), growth(SHIPPED)]
  if (artifacts === null || features === null)
    return 'Not known: it takes merged changes, and features with their cost, in both periods.'
  const said = `Changes ${percent(artifacts)}, features ${percent(features)}`
  if (artifacts > features + TOLERANCE) return `${said}: artifacts grew faster than what they are for.`
  if (features > artifacts + TOLERANCE) return `${said}: more came of every change.`
  return `${said}: both moved alike.`
}

function percent(share: number): string {
  const whole = Math.round(share * 100)
  return `${whole > 0 ? '+' : whole < 0 ? '−' : '±'}${Math.abs(whole)}%`
}
