/** Sentences and figures of a scenario's result, as people read them. Pure. */
import type { Spread } from '../../../shared/model/index.ts'
import type { DrawnFit, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import { LOCALE, formatCount, formatUnits, withMinus } from '../../parts/value-text.ts'

/** `62%`; never 0 or 100%, as in the brief: samples end before certainty does. */
export function tellOdds(odds: number): string {
  if (odds < 0.01) return 'under 1%'
  if (odds > 0.99) return 'over 99%'
  return `${Math.round(odds * 100)}%`
}

/** `$33,025 to $71,400`, `95.4M to 123M tokens`: a unit written after both numbers is said once. */
export function tellEnds(low: number, high: number, unit: string, currency: string): string {
  const [from, to] = [formatUnits(low, unit, currency), formatUnits(high, unit, currency)]
  const unitWord = / [a-z].*$/.exec(to)?.[0] ?? ''
  return `${unitWord !== '' && from.endsWith(unitWord) ? from.slice(0, -unitWord.length) : from} to ${to}`
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

/** P10 to P90 of the runs that pay back. */
export function tellPaybackEnds(payback: Spread, { samples }: Pick<ScenarioOutcome, 'samples'>): string {
  const { p10, p90, undefined: never } = payback
  return never >= samples || !Number.isFinite(p90) ? 'no run pays back' : tellMonthsRange(p10, p90)
}

/** `Of the runs that pay back; 3,210 of 10,240 never do within 18 months.` */
export function tellNeverPaysBack(
  { undefined: never }: Spread,
  { samples, months }: Pick<ScenarioOutcome, 'samples' | 'months'>,
): string {
  const all = formatCount(samples)
  const within = `within ${months.length} months`
  if (never === 0) return `Every run pays back ${within}.`
  if (never >= samples) return `None of ${all} runs pays back ${within}.`
  return `Of the runs that pay back; ${formatCount(never)} of ${all} never do ${within}.`
}

/** `Break-even value per service: $133 in the median run.` */
export function tellBreakEven({ breakEven, currency }: ScenarioOutcome): string | null {
  if (!breakEven || !Number.isFinite(breakEven.value)) return null
  return `${breakEven.what}: ${formatUnits(breakEven.value, breakEven.unit, currency)} in the median run.`
}

/** `Tokens are 36% of the mean cost.` Null where the scenario has no tokens. */
export function tellTokenShare({ parts }: ScenarioOutcome): string | null {
  const tokens = parts.find(({ name }) => name === 'tokens')
  return tokens ? `Tokens are ${Math.round(tokens.share * 100)}% of the mean cost.` : null
}

/** How the cost stands beside the budget the plan has for the same months. */
export function tellBesideBaseline({ allIn, baselineBudget, currency, months }: ScenarioOutcome): string {
  if (baselineBudget === null) return 'No budget is planned for these months yet.'
  const budget = formatUnits(baselineBudget, '$', currency)
  if (baselineBudget === 0) return `The baseline budgets ${budget} over the same ${months.length} months.`
  const share = Math.round((allIn.p50 / baselineBudget) * 100)
  return `${share}% of the baseline's ${budget} over the same ${months.length} months.`
}

/** A share of the spread: `17%`, `under 1%`, `none` where not a single sample moved. */
export function tellShare(share: number): string {
  if (share === 0) return 'none'
  return share < 0.005 ? 'under 1%' : `${Math.round(share * 100)}%`
}

/** `To know everything before deciding is worth $4,310 at most; to know Success per attempt alone, $2,100.` Null = not told. */
export function tellInformation({ information, currency }: ScenarioOutcome): string | null {
  if (!information || !Number.isFinite(information.all)) return null
  const money = (value: number) => formatUnits(value, '$', currency)
  if (information.all <= 0) return 'The decision is the same in every run, so to know more before it is worth nothing.'
  const [first] = information.inputs
  const alone = first ? `; to know ${first.name} alone, ${money(first.value)}` : ''
  return `To know everything before deciding is worth ${money(information.all)} at most${alone}.`
}

/** Ticks of an axis, all in one short form: `$50K`. */
export function shortMoney(value: number, currency: string): string {
  const format: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }
  return withMinus(new Intl.NumberFormat(LOCALE, format).format(value))
}

const FIT_METHODS: Readonly<Record<Exclude<DrawnFit['method'], 'range'>, string>> = {
  'log-Student-t': 'the next value by a Student-t of their logarithms',
  'Student-t': 'the next value by a Student-t',
  'drawn again': 'drawn again as they are, so every quantile is that of your data',
  'too few': 'too few to draw from',
}

/** How many values a row draws on, from where and by which method, and how many have none. */
export function tellFit({ source, column, n, missing, method, rule }: DrawnFit): string {
  if (method === 'range') return `${n} values. The range: ${rule}. From ${source}.`
  const left = missing === 0 ? '' : ` ${missing} more ${missing === 1 ? 'has' : 'have'} no value.`
  return `${source}, ${column}: n = ${n}, ${FIT_METHODS[method]}.${left}`
}
