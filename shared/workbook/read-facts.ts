import { CHANGE_FIELDS, houseAccounts, type Person, withLogins, withPeople } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import type { ChangeRule, MetricSettings } from '../metrics/index.ts'
import { orderedRules, rulesOfPeople } from '../plan/index.ts'
import { type OwnPrices, priceBookOf, withEstimates } from '../prices/index.ts'
import type { WorkbookRecords, WorkbookSettings } from './document.ts'

/** What the user said that changes how facts are read: prices of one's own, and who is who. */
export interface FactReading {
  readonly prices: OwnPrices
  readonly people: readonly Person[]
}

export function factReadingOf({
  rates,
  modelAliases,
  people,
}: Pick<WorkbookRecords, 'rates' | 'modelAliases' | 'people'>): FactReading {
  return {
    prices: { rates: Object.values(rates), aliases: Object.values(modelAliases) },
    people: Object.values(people),
  }
}

/** Facts that hold, as every figure reads them: estimates where a tool states no cost, reviewers by login, each person under one account. */
export function readFacts(facts: FactSet, { prices, people }: FactReading): FactSet {
  return withPeople(withLogins(withEstimates(facts, priceBookOf(prices))), people)
}

/** What of the settings metrics read, each as it is there. */
const METRIC_FIELDS = [
  'zone',
  'currency',
  'featureMarks',
  'productionEnvironments',
  'featureTypes',
  'waitingStatuses',
  'waitCauses',
  'workingTime',
  'unstableShare',
  'reworkedShare',
  'codeScope',
] as const satisfies readonly (keyof WorkbookSettings & keyof MetricSettings)[]

function conventionsOf(settings: Pick<WorkbookSettings, (typeof METRIC_FIELDS)[number]>) {
  const set = METRIC_FIELDS.filter((field) => settings[field] !== undefined)
  return Object.fromEntries(set.map((field) => [field, settings[field]])) as typeof settings
}

/** How the metrics read the facts of a workbook. */
export function metricSettingsOf(
  settings: Pick<WorkbookSettings, (typeof METRIC_FIELDS)[number]>,
  records: Pick<WorkbookRecords, 'people' | 'attributionRules' | 'initiatives' | 'rates' | 'modelAliases'>,
): MetricSettings {
  const { people, attributionRules, initiatives } = records
  const { prices } = factReadingOf(records)
  const everybody = Object.values(people)
  const houseAgents = houseAccounts(everybody)
  const rules = orderedRules(rulesOfPeople(Object.values(attributionRules), everybody)).flatMap(
    ({ field, equals, initiativeId, team = '' }): readonly ChangeRule[] => {
      const initiative = initiatives[initiativeId]?.name
      const asked = CHANGE_FIELDS.find((own) => own === field)
      if (asked === undefined || (initiative === undefined && team === '')) return []
      return [{ field: asked, equals, ...(initiative !== undefined && { initiative }), ...(team !== '' && { team }) }]
    },
  )
  return {
    ...conventionsOf(settings),
    ...(houseAgents.length > 0 && { houseAgents }),
    ...(everybody.length > 0 && { people: everybody.map(({ accounts, teams }) => ({ accounts, teams })) }),
    ...(rules.length > 0 && { changeRules: rules }),
    ...(prices.rates.length + prices.aliases.length > 0 && { prices }),
  }
}
