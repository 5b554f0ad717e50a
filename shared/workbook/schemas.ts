import * as v from 'valibot'
import { PERSON_KINDS, type Person, type RefusedMerge } from '../delivery/index.ts'
import type { ImportChoices, ImportMapping, ImportRecord, KeptAside } from '../importers/index.ts'
import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'
import {
  type Assessment,
  READINESS_ITEMS,
  READINESS_LEVELS,
  WAIT_CAUSES,
  type WaitCause,
  WEEK_NOTE_KINDS,
  type WeekNote,
} from '../metrics/index.ts'
import type { ModelRow } from '../model/index.ts'
import type { KeyResult, Objective } from '../okr/index.ts'
import { ALLOCATION_METHODS, type AttributionRule, type Initiative, type SharedCost } from '../plan/index.ts'
import type { ModelAlias, OwnRate } from '../prices/index.ts'
import type { Scenario } from '../scenario/index.ts'
import type { WorkbookRecords, WorkbookSettings } from './document.ts'
import { notReadable } from './messages.ts'

/*
 * What every stored record must look like, checked wherever one comes back from a file or a disk. Objects are strict: a
 * field this version does not know is refused with its path, because dropping it would lose it in silence.
 */

/** Refuses to compile when a schema and the type it guards drift apart. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Plain<T> = T extends string & { readonly unit: string }
  ? string
  : T extends number & { readonly unit: string }
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T
type Checks<S extends v.GenericSchema, T> = Same<Plain<v.InferOutput<S>>, Plain<T>>
type Agrees<_All extends readonly true[]> = true

const text = v.string()
const finite = v.pipe(v.number(), v.finite())
const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
const instant = finite
/** Above 0: a share of nothing would make everything so. */
const share = v.pipe(v.number(), v.gtValue(0), v.maxValue(1))

const minutes = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1440))
/** Hours of no length would make every wait nothing. */
const workingTimeSchema = v.pipe(
  v.strictObject({
    days: v.pipe(
      v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(7))),
      v.minLength(1),
      v.check((days) => days.every((own, i) => i === 0 || own > days[i - 1]!), 'Expected weekdays in their order'),
    ),
    from: minutes,
    until: minutes,
  }),
  v.check(({ from, until }) => from < until, 'Expected an end after the beginning'),
)

/** A map from any text; valibot's own record would drop a key called `constructor`. */
function mapTo<Item>(isItem: (item: unknown) => boolean, of: string) {
  return v.custom<Readonly<Record<string, Item>>>(
    (value) => isPlainObject(value) && !Object.hasOwn(value, '__proto__') && Object.values(value).every(isItem),
    `Expected a map from names to ${of}`,
  )
}

const textMap = mapTo<string>((item) => typeof item === 'string', 'text')
const numberMap = mapTo<number>((item) => Number.isFinite(item), 'numbers')

const place = v.strictObject({
  file: v.exactOptional(text),
  row: v.exactOptional(whole),
  line: v.exactOptional(whole),
  column: v.exactOptional(text),
  at: v.exactOptional(text),
})

const issueSchema = v.strictObject({
  code: v.custom<Issue['code']>(
    (value) => typeof value === 'string' && value.includes('/'),
    'Expected a code such as a/b',
  ),
  where: v.exactOptional(place),
  said: v.exactOptional(text),
  wanted: text,
  did: v.picklist(['kept-aside', 'filled', 'stopped', 'noted'] as const),
  can: v.exactOptional(text),
})

const evidence = v.variant('kind', [
  v.strictObject({
    kind: v.literal('your data'),
    n: finite,
    method: text,
    source: text,
    values: v.exactOptional(v.array(finite)),
  }),
  v.strictObject({ kind: v.literal('published'), source: text }),
  v.strictObject({ kind: v.literal('guess') }),
  v.strictObject({ kind: v.literal('entered') }),
  v.strictObject({ kind: v.literal('computed') }),
])

const settingsSchema = v.strictObject({
  id: text,
  name: text,
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  zone: text,
  fiscal: v.strictObject({ startMonth: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)) }),
  quarterStart: month,
  featureMarks: v.array(text),
  productionEnvironments: v.array(text),
  isSample: v.boolean(),
  decimalMark: v.exactOptional(v.picklist(['point', 'comma'] as const)),
  targets: v.exactOptional(numberMap),
  featureTypes: v.exactOptional(v.array(text)),
  waitingStatuses: v.exactOptional(v.array(text)),
  waitCauses: v.exactOptional(mapTo<WaitCause>((item) => WAIT_CAUSES.some((cause) => cause === item), 'causes')),
  workingTime: v.exactOptional(workingTimeSchema),
  unstableShare: v.exactOptional(share),
  reworkedShare: v.exactOptional(share),
  codeScope: v.exactOptional(v.strictObject({ code: v.array(text), notCode: v.array(text) })),
})

const objectiveSchema = v.strictObject({ id: text, name: text, owner: text, quarter: text, order: finite })

const keyResultSchema = v.strictObject({
  id: text,
  objectiveId: text,
  name: text,
  type: v.picklist(['increase', 'decrease', 'keep-below', 'keep-above'] as const),
  unit: text,
  start: v.nullable(finite),
  target: finite,
  isStrict: v.boolean(),
  tolerance: v.exactOptional(v.nullable(finite)),
  source: v.variant('kind', [
    v.strictObject({ kind: v.literal('measured'), metricId: text }),
    v.strictObject({
      kind: v.literal('entered'),
      checkIns: v.array(v.strictObject({ on: day, value: finite, note: text })),
    }),
  ]),
  weight: finite,
  order: finite,
})

const initiativeSchema = v.strictObject({
  id: text,
  name: text,
  owner: text,
  keyResultId: v.nullable(text),
  order: finite,
})

const rowSchema = v.strictObject({
  id: text,
  name: text,
  unit: text,
  kind: v.picklist(['driver', 'budget line', 'key result', 'outcome'] as const),
  group: v.nullable(text),
  owner: text,
  evidence,
  formula: text,
  overrides: textMap,
  monthNotes: v.exactOptional(textMap),
  note: text,
  order: finite,
})

const scenarioSchema = v.strictObject({
  id: text,
  name: text,
  templateId: v.nullable(text),
  sets: textMap,
  rows: v.array(rowSchema),
  startMonth: month,
  horizonMonths: count,
  samples: count,
  seed: whole,
  order: finite,
})

const ruleSchema = v.strictObject({
  id: text,
  field: v.picklist(['workspace', 'apiKey', 'repository', 'person', 'model', 'tool', 'path'] as const),
  equals: text,
  initiativeId: text,
  team: v.exactOptional(text),
  order: finite,
})

const weekNoteSchema = v.strictObject({
  id: text,
  week: v.pipe(v.string(), v.regex(/^\d{4}-W\d{2}$/)),
  kind: v.picklist(WEEK_NOTE_KINDS),
  text,
  metricId: v.nullable(text),
  owner: text,
  due: v.nullable(day),
  isDone: v.boolean(),
  order: finite,
})

const assessmentSchema = v.strictObject({
  id: text,
  on: day,
  subject: text,
  item: v.picklist(READINESS_ITEMS),
  level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(READINESS_LEVELS.length - 1)),
  assessedBy: text,
  note: text,
})

const decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/))

const writtenRates = v.strictObject({
  uncachedInput: v.exactOptional(decimal),
  cacheWrite5m: v.exactOptional(decimal),
  cacheWrite1h: v.exactOptional(decimal),
  cacheWriteUnknown: v.exactOptional(decimal),
  cacheRead: v.exactOptional(decimal),
  output: v.exactOptional(decimal),
})

const rateSchema = v.strictObject({
  id: text,
  model: text,
  from: v.nullable(day),
  to: v.nullable(day),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  perMillion: writtenRates,
  longPrompts: v.nullable(v.strictObject({ above: count, perMillion: writtenRates })),
  batch: v.nullable(decimal),
  regions: textMap,
  note: text,
})

const aliasSchema = v.strictObject({ id: text, written: text, model: text })

const personSchema = v.strictObject({
  id: text,
  name: text,
  kind: v.picklist(PERSON_KINDS),
  accounts: v.array(text),
  teams: v.array(v.strictObject({ team: text, from: v.nullable(day) })),
})

const refusedMergeSchema = v.strictObject({ id: text, accounts: v.array(text) })

const sharedCostSchema = v.strictObject({
  id: text,
  name: text,
  method: v.picklist(ALLOCATION_METHODS),
  parts: v.array(v.strictObject({ initiativeId: text, percent: decimal })),
  order: finite,
})

const OVERLAP_COUNTS = ['this', 'that', 'both'] as const

const choicesSchema = v.strictObject({
  as: v.exactOptional(text),
  zone: v.exactOptional(text),
  mapping: v.exactOptional(textMap),
  decimalMark: v.exactOptional(v.picklist(['.', ','] as const)),
  dayOrder: v.exactOptional(v.picklist(['day-first', 'month-first'] as const)),
  encoding: v.exactOptional(v.picklist(['utf-8', 'windows-1252'] as const)),
  headerLine: v.exactOptional(count),
  currency: v.exactOptional(text),
  repository: v.exactOptional(text),
  overlap: v.exactOptional(v.picklist(OVERLAP_COUNTS)),
  days: v.exactOptional(v.strictObject({ from: day, to: day })),
})

const mappingSchema = v.strictObject({ id: text, header: v.array(text), choices: choicesSchema, fileName: text })

const RECORD_SCHEMAS = {
  settings: settingsSchema,
  objectives: objectiveSchema,
  keyResults: keyResultSchema,
  initiatives: initiativeSchema,
  rows: rowSchema,
  scenarios: scenarioSchema,
  attributionRules: ruleSchema,
  weekNotes: weekNoteSchema,
  assessments: assessmentSchema,
  rates: rateSchema,
  modelAliases: aliasSchema,
  people: personSchema,
  refusedMerges: refusedMergeSchema,
  sharedCosts: sharedCostSchema,
  importMappings: mappingSchema,
} satisfies Record<keyof WorkbookRecords, v.GenericSchema>

/** Tables that came after the first version: a workbook saved before them opens with them empty. */
const LATER_TABLES: ReadonlySet<string> = new Set<keyof WorkbookRecords>([
  'weekNotes',
  'assessments',
  'rates',
  'modelAliases',
  'people',
  'refusedMerges',
  'sharedCosts',
  'importMappings',
])

const tokens = v.nullable(finite)
const money = v.nullable(text)

const importSchema = v.strictObject({
  /** Names a folder of the file and of the second copy, hence the letters. */
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,100}$/)),
  seq: count,
  fileName: text,
  fingerprint: text,
  format: text,
  formatName: text,
  committedAt: instant,
  by: v.exactOptional(text),
  asOf: v.nullable(instant),
  counts: v.strictObject({ rows: count, new: count, changed: count, duplicate: count, keptAside: count, blank: count }),
  period: v.nullable(v.strictObject({ from: day, to: day })),
  totals: v.strictObject({
    currency: v.nullable(text),
    tokens: v.strictObject({
      uncachedInput: tokens,
      cacheWrite5m: tokens,
      cacheWrite1h: tokens,
      cacheWriteUnknown: tokens,
      cacheRead: tokens,
      output: tokens,
      unsplit: tokens,
    }),
    cost: v.strictObject({ listed: money, billed: money, included: money, estimated: money }),
  }),
  facts: v.strictObject({
    usage: v.exactOptional(count),
    landing: v.exactOptional(count),
    fileChange: v.exactOptional(count),
    pullRequest: v.exactOptional(count),
    review: v.exactOptional(count),
    pullCommit: v.exactOptional(count),
    deployment: v.exactOptional(count),
    incident: v.exactOptional(count),
    hunk: v.exactOptional(count),
    fileBaseline: v.exactOptional(count),
    workItem: v.exactOptional(count),
    statusChange: v.exactOptional(count),
    statusTime: v.exactOptional(count),
    account: v.exactOptional(count),
    ownership: v.exactOptional(count),
  }),
  checksum: text,
  notes: v.array(issueSchema),
  overlaps: v.exactOptional(
    v.array(
      v.strictObject({
        with: text,
        why: v.picklist(['restated', 'same-money', 'unmatched'] as const),
        from: day,
        to: day,
        account: v.nullable(text),
        counts: v.picklist(OVERLAP_COUNTS),
      }),
    ),
  ),
})

const keptAsideSchema = v.strictObject({
  row: count,
  line: count,
  column: v.nullable(text),
  issue: issueSchema,
  text,
})

export type SchemasAgree = Agrees<
  [
    Checks<typeof settingsSchema, WorkbookSettings>,
    Checks<typeof objectiveSchema, Objective>,
    Checks<typeof keyResultSchema, KeyResult>,
    Checks<typeof initiativeSchema, Initiative>,
    Checks<typeof rowSchema, ModelRow>,
    Checks<typeof scenarioSchema, Scenario>,
    Checks<typeof ruleSchema, AttributionRule>,
    Checks<typeof weekNoteSchema, WeekNote>,
    Checks<typeof assessmentSchema, Assessment>,
    Checks<typeof rateSchema, OwnRate>,
    Checks<typeof aliasSchema, ModelAlias>,
    Checks<typeof personSchema, Person>,
    Checks<typeof refusedMergeSchema, RefusedMerge>,
    Checks<typeof sharedCostSchema, SharedCost>,
    Checks<typeof choicesSchema, ImportChoices>,
    Checks<typeof mappingSchema, ImportMapping>,
    Checks<typeof importSchema, ImportRecord>,
    Checks<typeof keptAsideSchema, KeptAside>,
  ]
>

/** Records of every table, each under its own id. Issues name the path: `records.json, keyResults.kr-1.target`. */
export function readRecords(value: unknown, at: string): Outcome<WorkbookRecords> {
  if (!isPlainObject(value)) return refused(notReadable(at, 'tables of records'))
  const unknownTable = Object.keys(value).find((table) => !Object.hasOwn(RECORD_SCHEMAS, table))
  if (unknownTable !== undefined) return refused(notReadable(at, 'tables this version knows', unknownTable))
  const records: Record<string, Record<string, unknown>> = {}
  for (const [table, schema] of Object.entries(RECORD_SCHEMAS)) {
    const found = Object.hasOwn(value, table) ? value[table] : LATER_TABLES.has(table) ? {} : undefined
    if (!isPlainObject(found)) return refused(notReadable(`${at}, ${table}`, 'a table of records'))
    const kept: Record<string, unknown> = (records[table] = {})
    for (const [id, record] of Object.entries(found)) {
      const where = `${table}.${id}`
      if (id === '__proto__') return refused(notReadable(`${at}, ${where}`, 'another id'))
      const checked = check(schema, record, at, where)
      if (!checked.ok) return checked
      if (checked.value.id !== id) return refused(notReadable(`${at}, ${where}.id`, `the id ${id}`, checked.value.id))
      kept[id] = checked.value
    }
  }
  const settings = Object.keys(records['settings']!)
  if (settings.some((id) => id !== 'settings')) return refused(notReadable(at, 'one record of settings'))
  return accepted(records as unknown as WorkbookRecords)
}

export function readImportRecord(value: unknown, at: string, path: string): Outcome<ImportRecord> {
  return check(importSchema, value, at, path) as Outcome<unknown> as Outcome<ImportRecord>
}

export function readKeptAside(value: unknown, at: string, path: string): Outcome<readonly KeptAside[]> {
  return check(v.array(keptAsideSchema), value, at, path)
}

function check<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  at: string,
  path: string,
): Outcome<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, value, { abortEarly: true })
  if (parsed.success) return accepted(parsed.output)
  const found = parsed.issues[0]
  const inner = v.getDotPath(found)
  return refused(notReadable(`${at}, ${path}${inner === null ? '' : `.${inner}`}`, wantedOf(found), found.received))
}

function wantedOf(issue: v.BaseIssue<unknown>): string {
  return issue.expected ?? issue.message
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
