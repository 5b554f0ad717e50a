/** Sentences and figures of a scenario's result, as people read them. Pure. */
import type { Evidence } from '../../../shared/model/index.ts'
import type { ScenarioOutcome } from '../../../shared/scenario/index.ts'
import type { Tone } from '../../parts/chip.tsx'
import { LOCALE, formatCount, formatUnits } from '../../parts/value-text.ts'

/** `62%`; odds that are neither never nor always do not read as such. */
export function tellOdds(odds: number): string {
  if (odds > 0 && odds < 0.01) return 'under 1%'
  if (odds < 1 && odds > 0.99) return 'over 99%'
  return `${Math.round(odds * 100)}%`
}

/** `$33,025 to $71,400`. */
export function tellEnds(low: number, high: number, unit: string, currency: string): string {
  return `${formatUnits(low, unit, currency)} to ${formatUnits(high, unit, currency)}`
}

export function tellMonths(months: number): string {
  if (!Number.isFinite(months)) return 'never'
  const rounded = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: months < 10 ? 1 : 0 }).format(months)
  return `${rounded} ${rounded === '1' ? 'month' : 'months'}`
}

/** `6.4 to 16 months`. */
export function tellMonthsRange(low: number, high: number): string {
  const text = tellMonths(high)
  const unit = text.split(' ')[1] ?? ''
  return text === 'never' ? text : `${tellMonths(low).split(' ')[0]} to ${text.split(' ')[0]} ${unit}`
}

/** The range over the runs that pay back, which is not all of them, and says so. */
export function tellPaybackEnds({ paybackMonths, samples }: ScenarioOutcome): string {
  const { p10, p90, undefined: never } = paybackMonths
  if (never >= samples || !Number.isFinite(p90)) return 'no run pays back'
  return `${tellMonthsRange(p10, p90)}${never > 0 ? ' where it does' : ''}`
}

/** `3,210 of 10,240 runs never pay back within 18 months.` Null when all do. */
export function tellNeverPaysBack(outcome: ScenarioOutcome): string | null {
  const never = outcome.paybackMonths.undefined
  if (never === 0) return null
  const all = formatCount(outcome.samples)
  const within = `within ${outcome.months.length} months`
  if (never >= outcome.samples) return `None of ${all} runs pays back ${within}.`
  return `${formatCount(never)} of ${all} runs never pay back ${within}.`
}

/** `The median run breaks even at Break-even value per service: $133.` */
export function tellBreakEven({ breakEven, currency }: ScenarioOutcome): string | null {
  if (!breakEven || !Number.isFinite(breakEven.value)) return null
  return `${breakEven.what}: ${formatUnits(breakEven.value, breakEven.unit, currency)} in the median run.`
}

/** How the cost stands beside the budget the plan has for the same months. */
export function tellBesideBaseline({ allIn, baselineBudget, currency, months }: ScenarioOutcome): string {
  if (baselineBudget === null) return 'No budget is planned for these months yet.'
  const budget = formatUnits(baselineBudget, '$', currency)
  if (baselineBudget === 0) return `The baseline budgets ${budget} over the same ${months.length} months.`
  const share = Math.round((allIn.p50 / baselineBudget) * 100)
  return `${share}% of the baseline's ${budget} over the same ${months.length} months.`
}

export function tellEvidence(evidence: Evidence): { readonly word: string; readonly tone: Tone; readonly why: string } {
  switch (evidence.kind) {
    case 'your data':
      return {
        word: `your data, n = ${formatCount(evidence.n)}`,
        tone: 'good',
        why: `${evidence.method}, from ${evidence.source}`,
      }
    case 'published':
      return { word: 'published', tone: 'accent', why: evidence.source }
    case 'guess':
      return { word: 'guess', tone: 'warn', why: 'Nobody has measured this yet. Put your own number here.' }
    case 'entered':
      return { word: 'entered', tone: 'neutral', why: 'Typed by someone working on this plan.' }
    case 'computed':
      return { word: 'computed', tone: 'neutral', why: 'Follows from other rows.' }
  }
}

/** Ticks of an axis, all in one short form: `$50K`. */
export function shortMoney(value: number, currency: string): string {
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value)
}
