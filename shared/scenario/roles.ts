/**
 * Rows a scenario's answer is read from, by id. A template gives the rows these ids; a scenario made by hand may give any of
 * them, and what it does not give is not claimed.
 */
export const ROLE = {
  allIn: 'outcome/all-in',
  tokens: 'outcome/token-cost',
  review: 'outcome/review-cost',
  rework: 'outcome/rework-cost',
  incidents: 'outcome/incident-cost',
  people: 'outcome/people-cost',
  cost: 'outcome/cost-in-month',
  value: 'outcome/value-in-month',
  net: 'outcome/net',
  cumulative: 'outcome/cumulative-net',
  npv: 'outcome/npv',
  payback: 'outcome/payback',
  duration: 'outcome/duration',
  breakEven: 'outcome/break-even',
} as const

export type Role = keyof typeof ROLE

/** The metric's value with the scenario; its formula names the value of now as `nowName(metricId)`. */
export function effectId(metricId: string): string {
  return `effect/${metricId}`
}

/** What a key result stands at without the scenario: a metric by its id, an entered key result by `entered/<id>`. */
export function nowId(metricId: string): string {
  return `now/${metricId}`
}

/** `cycle-time` is `Cycle time now` in formulas. */
export function nowName(metricId: string): string {
  const words = metricId.replaceAll('-', ' ').replaceAll('/', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} now`
}
