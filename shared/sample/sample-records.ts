import { addDays, addMonths, type Day, fiscalQuarterOf, monthOf, type MonthKey, UTC } from '../calendar/index.ts'
import type { FactSet } from '../facts/index.ts'
import { metricById, type MetricContext } from '../metrics/index.ts'
import type { Evidence, ModelRow } from '../model/index.ts'
import type { KeyResult, Objective } from '../okr/index.ts'
import type { AttributionRule, Initiative } from '../plan/index.ts'
import { learnHistory, scenarioFromTemplate, templateById } from '../templates/index.ts'
import type { WorkbookRecords, WorkbookSettings } from '../workbook/index.ts'
import type { Identified } from '../records/index.ts'
import { inventCompany } from './company.ts'

const FISCAL = { startMonth: 1 }
const CURRENCY = 'USD'

/** The made-up company's plan of the quarter `today` lies in; targets are set from where its metrics stood before it. */
export function makeSampleRecords(seed: number, today: Day, facts: FactSet): WorkbookRecords {
  const company = inventCompany(seed)
  const { months } = fiscalQuarterOf(monthOf(today), FISCAL)
  const settings: WorkbookSettings = {
    id: 'settings',
    name: company.name,
    currency: CURRENCY,
    zone: UTC,
    fiscal: FISCAL,
    quarterStart: months[0],
    featureMarks: ['feature', 'feat'],
    productionEnvironments: ['production'],
    isSample: true,
  }
  const context = (asOf: Day): MetricContext => ({ facts, settings, asOf })
  const before = context(addDays(`${months[0]}-01` as Day, -1))
  const keyResults = makeKeyResults(before, months[0], today)
  return {
    settings: { settings },
    objectives: byId(makeObjectives(months[0])),
    keyResults: byId(keyResults),
    initiatives: byId(INITIATIVES),
    rows: byId(makeRows(months, company.people.length, company.services.length)),
    scenarios: byId([
      scenarioFromTemplate(templateById('refactor-services')!, {
        id: 'scenario-refactor-services',
        history: learnHistory(context(today)),
        startMonth: addMonths(monthOf(today), 1),
      }),
    ]),
    attributionRules: byId(makeRules()),
    weekNotes: {},
    assessments: {},
    rates: {},
    modelAliases: {},
    people: {},
    refusedMerges: {},
    sharedCosts: {},
    importMappings: {},
  }
}

function byId<T extends Identified>(records: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(records.map((record) => [record.id, record]))
}

function makeObjectives(quarter: MonthKey): readonly Objective[] {
  return [
    'Ship parcels of work faster without making anyone wait',
    'Keep what we ship',
    'Get more out of every token',
  ].map((name, index) => ({
    id: `objective-${index + 1}`,
    name,
    owner: ['Liv Dahl', 'Odd Fjord', 'Noor Vale'][index]!,
    quarter,
    order: index + 1,
  }))
}

function makeKeyResults(before: MetricContext, quarter: MonthKey, today: Day): readonly KeyResult[] {
  const at = (metricId: string, otherwise: number, digits = 2): number => {
    const metric = metricById(metricId)
    const to = metric?.lastJudgedDay?.(before) ?? addDays(before.asOf, -(metric?.lagDays ?? 0))
    const value = metric?.measure(before, { from: addDays(to, -27), to })
    return Number((value?.known ? value.value : otherwise).toPrecision(digits))
  }
  const measured = (metricId: string) => ({ kind: 'measured', metricId }) as const
  const entered = (values: readonly (readonly [weeks: number, value: number, note: string])[]) =>
    ({
      kind: 'entered',
      checkIns: values
        .map(([weeks, value, note]) => ({ on: addDays(`${quarter}-01` as Day, weeks * 7), value, note }))
        .filter(({ on }) => on <= today),
    }) as const
  const cycle = at('cycle-time', 24)
  const wait = at('wait-state-ratio', 0.68)
  const tokens = at('tokens-per-accepted-change', 40e6)
  return [
    row(
      'key-result-1',
      'objective-1',
      'Cycle time 30% shorter',
      'decrease',
      'h',
      cycle,
      round(cycle * 0.7),
      measured('cycle-time'),
    ),
    row(
      'key-result-2',
      'objective-1',
      'Wait-state ratio 10% lower',
      'decrease',
      '%',
      wait,
      round(wait * 0.9),
      measured('wait-state-ratio'),
    ),
    row(
      'key-result-3',
      'objective-2',
      'Change failure rate below 5%',
      'keep-below',
      '%',
      null,
      0.05,
      measured('change-failure-rate'),
    ),
    row('key-result-4', 'objective-2', 'Rework below 15%', 'keep-below', '%', null, 0.15, measured('rework-rate')),
    row(
      'key-result-5',
      'objective-3',
      'Tokens per accepted change 20% lower',
      'decrease',
      'tokens',
      tokens,
      round(tokens * 0.8),
      measured('tokens-per-accepted-change'),
    ),
    row(
      'key-result-6',
      'objective-3',
      'Services on the paved road',
      'increase',
      '1',
      61,
      140,
      entered([
        [2, 70, 'Two teams moved.'],
        [4, 84, 'Routing moved after the template was fixed.'],
        [6, 97, ''],
      ]),
    ),
    row(
      'key-result-7',
      'objective-2',
      'Partners onboarded without an engineer',
      'increase',
      '1',
      2,
      10,
      entered([
        [3, 4, ''],
        [6, 6, 'Customs forms are the slow part.'],
      ]),
    ),
  ].map((keyResult, order) => ({ ...keyResult, order: order + 1 }))

  function row(
    id: string,
    objectiveId: string,
    name: string,
    type: KeyResult['type'],
    unit: string,
    start: number | null,
    target: number,
    source: KeyResult['source'],
  ): KeyResult {
    return {
      id,
      objectiveId,
      name,
      type,
      unit,
      start,
      target,
      isStrict: /below/.test(name),
      source,
      weight: 1,
      order: 0,
    }
  }
}

const INITIATIVES: readonly Initiative[] = (
  [
    ['initiative-checkout', 'Checkout modernisation', 'Liv Dahl', 'key-result-1'],
    ['initiative-dispatch', 'Dispatch rewrite', 'Sten Kell', 'key-result-2'],
    ['initiative-parcel-core', 'Parcel core reliability', 'Odd Fjord', 'key-result-3'],
    ['initiative-claims', 'Claims and billing automation', 'Gita Moss', 'key-result-4'],
    ['initiative-partners', 'Partner self-service', 'Jarl Quay', 'key-result-7'],
    ['initiative-platform', 'Paved road', 'Noor Vale', 'key-result-6'],
    ['initiative-review', 'Review guard', 'Uma Tarn', 'key-result-2'],
    ['initiative-assistants', 'Developer assistants', 'Noor Vale', 'key-result-5'],
  ] as const
).map(([id, name, owner, keyResultId], index) => ({ id, name, owner, keyResultId, order: index + 1 }))

function makeRules(): readonly AttributionRule[] {
  const workspaces: readonly (readonly [string, string])[] = [
    ['checkout', 'checkout'],
    ['catalogue', 'checkout'],
    ['routing', 'dispatch'],
    ['fleet', 'dispatch'],
    ['tracking', 'parcel-core'],
    ['parcel-ledger', 'parcel-core'],
    ['billing', 'claims'],
    ['claims', 'claims'],
    ['partner-gateway', 'partners'],
    ['customs', 'partners'],
    ['developer-platform', 'platform'],
    ['reliability', 'platform'],
    ['proj_review_guard', 'review'],
    ['proj_claims_triage', 'claims'],
  ]
  const rules: readonly (readonly [AttributionRule['field'], string, string])[] = [
    ...workspaces.map(([workspace, initiative]) => ['workspace', workspace, initiative] as const),
    ['repository', 'platform', 'platform'],
    ['tool', 'Cursor', 'assistants'],
    ['tool', 'GitHub Copilot', 'assistants'],
  ]
  return rules.map(([field, equals, initiative], index) => ({
    id: `rule-${index + 1}`,
    field,
    equals,
    initiativeId: `initiative-${initiative}`,
    order: index + 1,
  }))
}

function makeRows(months: readonly MonthKey[], people: number, services: number): readonly ModelRow[] {
  const driver = (
    id: string,
    name: string,
    unit: string,
    formula: string,
    evidence: Evidence,
    note = '',
  ): ModelRow => ({
    ...blank(`driver-${id}`, name, unit, 'driver', 'Company'),
    formula,
    evidence,
    note,
  })
  const line = (
    initiative: string,
    what: string,
    formula: string,
    overrides: Readonly<Record<string, string>> = {},
    note = '',
  ): ModelRow => {
    const name = INITIATIVES.find(({ id }) => id === `initiative-${initiative}`)!.name
    return {
      ...blank(
        `line-${initiative}-${what.replaceAll(' ', '-')}`,
        `${name}: ${what}`,
        '$',
        'budget line',
        `initiative-${initiative}`,
      ),
      formula,
      overrides,
      note,
      evidence: formula === '' ? { kind: 'entered' } : { kind: 'computed' },
    }
  }
  const [first, second, third] = months
  const typed = (a: string, b: string, c: string) => ({ [first!]: a, [second!]: b, [third!]: c })
  return [
    driver('services', 'Services', '1', String(services), { kind: 'entered' }),
    driver('engineers', 'Engineers', '1', String(people), { kind: 'entered' }),
    driver(
      'review-rate',
      'Review rate',
      '$/h',
      '110',
      { kind: 'entered' },
      'Loaded cost of an hour, agreed with finance.',
    ),
    driver(
      'agent-spend',
      'Agent spend per team a month',
      '$',
      '$1.8k to $2.4k',
      { kind: 'guess' },
      'Two teams a row; last quarter was lower and rising.',
    ),
    driver(
      'assistant-seat',
      'Assistant use per engineer a month',
      '$',
      '$6',
      { kind: 'entered' },
      'On-demand use beyond the seats.',
    ),
    line('checkout', 'agents', "2 * 'Agent spend per team a month'"),
    line('dispatch', 'agents', "2 * 'Agent spend per team a month'", { [third!]: '3.6k' }, 'Freeze over the holidays.'),
    line('parcel-core', 'agents', '', typed('4.2k', '4.4k', '4.4k')),
    line('claims', 'agents', '', typed('4.1k', '4.3k', '4.5k')),
    line('claims', 'triage service', '', typed('60', '70', '80')),
    line('partners', 'agents', "2 * 'Agent spend per team a month' * 90%"),
    line('platform', 'agents', '', typed('4.3k', '4.3k', '4.3k')),
    line('review', 'guard service', '', typed('150', '160', '170')),
    line('assistants', 'on-demand use', "Engineers * 'Assistant use per engineer a month'"),
  ].map((each, order) => ({ ...each, order: order + 1 }))
}

function blank(id: string, name: string, unit: string, kind: ModelRow['kind'], group: string): ModelRow {
  return {
    id,
    name,
    unit,
    kind,
    group,
    owner: '',
    evidence: { kind: 'entered' },
    formula: '',
    overrides: {},
    note: '',
    order: 0,
  }
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
