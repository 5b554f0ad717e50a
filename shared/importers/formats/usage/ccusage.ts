import { dayIn, epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { localDays } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

/** Report -> field that dates its rows. A session stands on the day of its last activity. */
const REPORTS: Readonly<Record<string, string>> = {
  daily: 'date',
  weekly: 'week',
  monthly: 'month',
  sessions: 'lastActivity',
}

const MEANING: UsageMeaning = {
  tool: 'Claude Code',
  use: 'Claude Code',
  partOf: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  // Tokens of one machine times list prices; nobody's invoice.
  costs: { totalCost: 'estimated', costUSD: 'estimated', cost: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: [Object.values(REPORTS), ['projectPath', 'project'], ['sessionId', 'id'], 'modelName'],
  restated: ['inputTokens', 'outputTokens', 'totalCost'],
  restates: 'key',
}

function countsAt(path: string) {
  return {
    [`${path}inputTokens`]: 'uncachedInput',
    [`${path}outputTokens`]: 'output',
    [`${path}cacheCreationTokens`]: 'cacheWriteUnknown',
    [`${path}cacheReadTokens`]: 'cacheRead',
  } as const
}

interface Part {
  readonly report: string
  readonly project: string | null
  readonly item: JsonItem
}

function partsOf(pages: readonly JsonPage[]): readonly Part[] {
  return pages.flatMap(({ value, line }) => {
    const part = (report: string, project: string | null) => (item: JsonValue) => ({
      report,
      project,
      item: { value: item, around: null, line },
    })
    const plain = [...Object.keys(REPORTS), 'blocks'].flatMap((report) =>
      (listAt(value, report) ?? []).map(part(report, null)),
    )
    const projects = ownField(value, 'projects')
    const named =
      projects !== null && typeof projects === 'object' && !Array.isArray(projects) ? (projects as JsonObject) : {}
    const nested = Object.keys(named).flatMap((name) => (listAt(named, name) ?? []).map(part('daily', name)))
    // The shape its own pages describe: a type and a list.
    const typed = ownField(value, 'type')
    const data =
      typeof typed === 'string' && typed in REPORTS ? (listAt(value, 'data') ?? []).map(part(typed, null)) : []
    return [...plain, ...nested, ...data]
  })
}

/** ccusage `--json`: daily, weekly, monthly, sessions, blocks, and projects. Days are of the machine's zone unless asked. */
export const ccusage: JsonFormat = {
  shape: 'json',
  id: 'ccusage-json',
  name: 'ccusage (JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      week: ['day', 'key'],
      month: ['day', 'key'],
      lastActivity: ['day', 'key'],
      startTime: ['day', 'at', 'key'],
      isGap: 'fate',
      sessionId: ['session', 'key'],
      id: ['key', 'extra'],
      projectPath: ['workspace', 'key'],
      project: ['workspace', 'key'],
      models: ['model', 'key', 'extra'],
      'modelBreakdowns.*.modelName': ['model', 'key'],
      ...countsAt('modelBreakdowns.*.'),
      'modelBreakdowns.*.cost': 'estimated',
      // Of a record that is not taken apart by model.
      ...countsAt(''),
      totalCost: 'estimated',
      costUSD: 'estimated',
      'tokenCounts.inputTokens': 'uncachedInput',
      'tokenCounts.outputTokens': 'output',
      'tokenCounts.cacheCreationInputTokens': 'cacheWriteUnknown',
      'tokenCounts.cacheReadInputTokens': 'cacheRead',
    },
    // Of the shape its own pages describe.
    around: { type: 'fate' },
    left: {
      totalTokens: 'the sum of the counts',
      modelsUsed: 'named with their counts',
      burnRate: 'a rate of what is read',
      projection: 'a forecast',
    },
  },
  recognise(pages) {
    const first = partsOf(pages)[0]
    const value = first?.item.value
    const isOurs = ownField(value, 'totalTokens') !== undefined || ownField(value, 'tokenCounts') !== undefined
    return first && isOurs ? `${first.report} with token counts` : null
  },
  open(pages) {
    const parts = partsOf(pages)
    const partOf = new Map(parts.map((part) => [part.item, part]))
    const read = new FieldReader()
    const records = judgeItems(
      parts.map(({ item }) => item),
      (item, sink) => {
        const { report, project } = partOf.get(item)!
        read.begin(item.value)
        const isBlock = report === 'blocks'
        if (isBlock && read.text('isGap') === 'true') return sink.blank()
        const month = report === 'monthly' ? read.text('month') : null
        if (month !== null) read.begin({ ...(item.value as JsonObject), month: `${month}-01` })
        const at = isBlock ? read.instant('startTime') : null
        const day = at === null ? read.day(REPORTS[report] ?? 'startTime') : dayIn(at, UTC)
        const dayFlaw = read.problem()
        const session = read.text('sessionId')
        const path = project ?? read.text('projectPath') ?? read.text('project')
        const id = read.text('id') ?? session
        const models = listAt(item.value, 'modelBreakdowns') ?? []
        const only = listAt(item.value, 'models') ?? []
        const rows = (models.length > 0 ? models : [null]).map((model) => {
          if (model !== null) read.begin(model)
          const prefix = isBlock ? 'tokenCounts.' : ''
          const row = {
            ...SILENT_USAGE,
            day,
            at,
            tool: MEANING.tool,
            model: read.text('modelName') ?? (only.length === 1 ? String(only[0]) : null),
            workspace: path,
            session,
            detail: report,
            uncachedInput: read.count(`${prefix}inputTokens`),
            cacheWriteUnknown: read.count(isBlock ? 'tokenCounts.cacheCreationInputTokens' : 'cacheCreationTokens'),
            cacheRead: read.count(isBlock ? 'tokenCounts.cacheReadInputTokens' : 'cacheReadTokens'),
            output: read.count(`${prefix}outputTokens`),
            currency: MEANING.currency,
            estimated: read.money('cost') ?? read.money('totalCost') ?? read.money('costUSD'),
          }
          return { row, flaw: read.problem() }
        })
        const bad = dayFlaw ?? rows.find(({ flaw }) => flaw !== null)?.flaw
        if (bad || day === null) return sink.aside(bad!.column, bad!.issue)
        sink.spoke(at ?? epochDayOf(day) * MS_PER_DAY, day)
        sink.note(localDays())
        for (const { row } of rows) sink.fact('usage', row, keyOf('ccusage', [report, day, path, id, row.model]))
      },
    )
    return accepted({ records })
  },
}
