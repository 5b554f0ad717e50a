import type { Sought } from '../shared/model/index.ts'
import type { SeekWish } from '../shared/scenario/index.ts'
import { UsageError } from './command.ts'

/** A wish with its condition as it was typed. */
export type TypedSeek = SeekWish & { readonly condition: { readonly kind: 'formula' } }

/** Reads `--seek`, `--between`, `--so-that` and `--odds` of the command line; null when nothing is sought. */
export function readSeek(values: {
  readonly seek?: string | undefined
  readonly between?: string | undefined
  readonly 'so-that'?: string | undefined
  readonly odds?: string | undefined
  readonly smallest?: boolean | undefined
}): TypedSeek | null {
  if (values.seek === undefined) return null
  const [, low, high] = /^\s*(\d+(?:\.\d+)?)\s*\.\.\s*(\d+(?:\.\d+)?)\s*$/.exec(values.between ?? '') ?? []
  if (low === undefined || !(Number(low) < Number(high)))
    throw new UsageError('Between what? Give both ends of the search, such as --between 1..1000.')
  if (values['so-that'] === undefined)
    throw new UsageError("What is to hold? Give a condition over the rows, such as --so-that 'NPV > 0'.")
  const [, percent, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(values.odds ?? '80%') ?? []
  const odds = Number(percent) / 100
  if (!(odds > 0 && odds < 1)) throw new UsageError('Odds lie between 0% and 100%, such as --odds 80%.')
  // 0.8 may be meant as 80%.
  if (sign === '' && odds <= 0.01)
    throw new UsageError(
      `--odds ${percent}: is it ${percent}% or ${Number((Number(percent) * 100).toPrecision(6))}%? Write it with the percent sign.`,
    )
  return {
    row: values.seek,
    between: [Number(low), Number(high)],
    condition: { kind: 'formula', text: values['so-that'] },
    odds,
    end: values.smallest === true ? 'smallest' : 'largest',
  }
}

export function tellSought(wish: TypedSeek, sought: Sought): string {
  const what = `${wish.end === 'largest' ? 'Largest' : 'Smallest'} ${wish.row} with ${wish.condition.text} in ${Math.round(wish.odds * 100)}% of runs`
  if (!sought.found) return `${what}: none between ${wish.between.join(' and ')}. ${sought.why}`
  const short = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
  const [low, high] = sought.interval ?? []
  return `${what}: ${short(sought.value)}${low === undefined ? '' : `, drawn again between ${short(low)} and ${short(high!)}`}.`
}
