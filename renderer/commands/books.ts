import type { Account } from '../../shared/delivery/index.ts'
import type { AttributionRule, ChangeTakes, RuleTakes } from '../../shared/plan/index.ts'
import type { OwnPrices, PricedGroup, Repriced } from '../../shared/prices/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import type { SpendRow, SpendWish, UsageRow, UsageWish } from '../workers/index.ts'
import { holdFacts, metricSettings } from './figures.ts'
import { commandHost } from './host.ts'
import { settingsOf } from './session.ts'

/* Questions about prices, people and rules, answered by the worker that holds the facts. None of them changes anything. */

/** What every estimate rests on, and what waits for a price. */
export async function pricingInForce(): Promise<readonly PricedGroup[]> {
  await holdFacts()
  return commandHost().runners.figures.run('pricing', undefined)
}

/** What these prices of one's own would change if they were kept. */
export async function previewPrices(prices: OwnPrices): Promise<readonly Repriced[]> {
  await holdFacts()
  return commandHost().runners.figures.run('reprice', prices)
}

export async function usageRows(wish: UsageWish): Promise<readonly UsageRow[]> {
  await holdFacts()
  return commandHost().runners.figures.run('usageRows', wish)
}

/** Imported rows an actual of the plan is added up from, by the rules as they are. */
export async function spendRows(wish: Omit<SpendWish, 'rules'>): Promise<readonly SpendRow[]> {
  await holdFacts()
  const rules = Object.values(useWorkbook.getState().records.attributionRules)
  return commandHost().runners.figures.run('spendRows', { ...wish, rules })
}

/** What each rule takes of the usage, and what no rule does. */
export async function tryRules(rules: readonly AttributionRule[]): Promise<RuleTakes | null> {
  const { records } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings) return null
  await holdFacts()
  const people = Object.values(records.people)
  return commandHost().runners.figures.run('ruleTakes', { rules, people, currency: settings.currency })
}

/** Which changed files the rules about paths take; `null` without such rules. */
export async function tryChangeRules(rules: readonly AttributionRule[]): Promise<ChangeTakes | null> {
  const { records } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings || !rules.some(({ field }) => field === 'path')) return null
  await holdFacts()
  const people = Object.values(records.people)
  return commandHost().runners.figures.run('changeTakes', {
    rules,
    people,
    settings: metricSettings(settings),
  })
}

export async function knownAccounts(): Promise<readonly Account[]> {
  await holdFacts()
  return commandHost().runners.figures.run('accounts', undefined)
}
