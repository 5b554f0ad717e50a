import { type Model, seekOdds, type Sought } from '../shared/model/index.ts'
import type { Seed } from '../shared/quantities/index.ts'
import { UsageError } from './command.ts'
import { rowNamed } from './row-named.ts'

/** The largest (or smallest) value of one row with which a condition still holds often enough. */
export interface SeekWish {
  readonly row: string
  readonly between: readonly [number, number]
  readonly condition: string
  /** 0 … 1. */
  readonly odds: number
  readonly end: 'largest' | 'smallest'
}

/** Reads `--seek`, `--between`, `--so-that` and `--odds` of the command line; null when nothing is sought. */
export function readSeek(values: {
  readonly seek?: string | undefined
  readonly between?: string | undefined
  readonly 'so-that'?: string | undefined
  readonly odds?: string | undefined
  readonly smallest?: boolean | undefined
}): SeekWish | null {
  if (values.seek === undefined) return null
  const [, low, high] = /^\s*(\d+(?:\.\d+)?)\s*\.\.\s*(\d+(?:\.\d+)?)\s*$/.exec(values.between ?? '') ?? []
  if (low === undefined || !(Number(low) < Number(high)))
    throw new UsageError('Between what? Give both ends of the search, such as --between 1..1000.')
  if (values['so-that'] === undefined)
    throw new UsageError("What is to hold? Give a condition over the rows, such as --so-that 'NPV > 0'.")
  const odds = Number((values.odds ?? '80%').replace(/%$/, '')) / 100
  if (!(odds > 0 && odds < 1)) throw new UsageError('Odds lie between 0% and 100%, such as --odds 80%.')
  return {
    row: values.seek,
    between: [Number(low), Number(high)],
    condition: values['so-that'],
    odds,
    end: values.smallest === true ? 'smallest' : 'largest',
  }
}

export function seekInModel(
  model: Model,
  { row: name, between, condition, odds, end }: SeekWish,
  options: { readonly samples: number; readonly seed: Seed },
): Sought {
  const row = rowNamed(model, name)
  return seekOdds(model, condition, odds, end, { ...options, change: row.id, between })
}

export function tellSought(wish: SeekWish, sought: Sought): string {
  const what = `${wish.end === 'largest' ? 'Largest' : 'Smallest'} ${wish.row} with ${wish.condition} in ${Math.round(wish.odds * 100)}% of runs`
  if (!sought.found) return `${what}: none between ${wish.between.join(' and ')}. ${sought.why}`
  const short = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
  const [low, high] = sought.interval ?? []
  return `${what}: ${short(sought.value)}${low === undefined ? '' : `, drawn again between ${short(low)} and ${short(high!)}`}.`
}
