import { dayIn, UTC } from '../../../calendar/index.ts'
import type { FactRow } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { FieldUses, JsonFormat, UsageMeaning } from '../../format.ts'
import { missing } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { onlyFields } from './litellm.ts'

export const LANGFUSE: UsageMeaning = {
  tool: 'Langfuse',
  use: 'requests through a gateway',
  states: 'money',
  inputIncludesCache: false,
  // Computed from Langfuse's own prices.
  costs: { total_cost: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['id'],
  restated: ['usage_details', 'cost_details', 'total_cost'],
  restates: 'key',
  keys: 'langfuse',
}

/** What an observation used, from its free keys; `flaw` names one that is no count. */
export function langfuseRow(
  details: JsonObject,
  stated: Pick<FactRow<'usage'>, 'day' | 'at' | 'model' | 'person' | 'workspace' | 'session' | 'detail' | 'estimated'>,
): { readonly row: FactRow<'usage'>; readonly flaw: FieldReader['flaw'] } {
  const read = new FieldReader()
  read.begin({ usage_details: details })
  const stands = (name: string) => read.count(`usage_details.${name}`)
  const [input, output] = [PLAIN_INPUT, PLAIN_OUTPUT].map(
    (names) => names.find((name) => ownField(details, name) !== undefined) ?? null,
  )
  const counts: Partial<Record<Bucket, number>> = {}
  for (const name of Object.keys(details)) {
    // Some versions write a plain count under two names.
    if (PLAIN.has(name) && name !== input && name !== output) continue
    const bucket = BUCKETS.find(([pattern]) => pattern.test(name))?.[1]
    const count = bucket === undefined ? null : stands(name)
    if (bucket !== undefined && count !== null) counts[bucket] = (counts[bucket] ?? 0) + count
  }
  const total = stands('total')
  const plain = [input, output].map((name) => (name == null ? null : stands(name)))
  const sum = sumOf(Object.values(counts))
  // Kinds of input and output stand beside the plain counts, unless the total is that of the plain counts alone.
  if (total !== null && total !== sum && total === sumOf(plain)) {
    const cache = sum - (counts.uncachedInput ?? 0) - (counts.output ?? 0)
    if (plain[0] != null) counts.uncachedInput = Math.max(plain[0] - cache, 0)
    if (plain[1] != null) counts.output = plain[1]
  }
  const isSplit = Object.keys(counts).length > 0
  const own = { tool: LANGFUSE.tool, requests: 1, currency: LANGFUSE.currency, unsplitTokens: isSplit ? null : total }
  return { row: { ...SILENT_USAGE, ...stated, ...own, ...counts }, flaw: read.flaw }
}

function sumOf(counts: readonly (number | null | undefined)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

type Bucket = 'uncachedInput' | 'cacheWrite5m' | 'cacheWrite1h' | 'cacheWriteUnknown' | 'cacheRead' | 'output'

/** Kind of use, whose names are free -> bucket. The first that fits decides; others are kept as text alone. */
const BUCKETS: readonly (readonly [RegExp, Bucket])[] = [
  [/cache.*(?:creation|write).*(?:_5m|5m_)/, 'cacheWrite5m'],
  [/cache.*(?:creation|write).*(?:_1h|1h_)/, 'cacheWrite1h'],
  [/cache.*(?:creation|write)/, 'cacheWriteUnknown'],
  [/cache/, 'cacheRead'],
  [/^(?:output|completion)/, 'output'],
  [/^(?:input|prompt)/, 'uncachedInput'],
]
const PLAIN_INPUT = ['input', 'input_tokens', 'prompt_tokens']
const PLAIN_OUTPUT = ['output', 'output_tokens', 'completion_tokens']
const PLAIN: ReadonlySet<string> = new Set([...PLAIN_INPUT, ...PLAIN_OUTPUT])

/** All that may be kept of an observation: `input`, `output` and `metadata` hold prompts and answers. */
export const SHOWN = ['id', 'trace_id', 'type', 'start_time', 'provided_model_name', 'user_id', 'total_cost']

/** Fields of an observation, in JSON as in a table. */
export const LANGFUSE_FIELDS = {
  id: 'key',
  start_time: ['day', 'at'],
  provided_model_name: 'model',
  user_id: 'person',
  environment: 'workspace',
  // The workspace where no environment is named.
  project_id: ['workspace', 'extra'],
  session_id: 'session',
  type: 'detail',
  total_cost: 'estimated',
  trace_id: 'extra',
  parent_observation_id: 'extra',
  end_time: 'extra',
  model_id: 'extra',
  usage_pricing_tier_id: 'extra',
  usage_pricing_tier_name: 'extra',
  latency: 'extra',
  time_to_first_token: 'extra',
  updated_at: 'extra',
} as const satisfies FieldUses['read']

function observationsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) => {
    const list = Array.isArray(value) ? (value as readonly JsonValue[]) : (listAt(value, 'data') ?? [value])
    return list.map((item) => ({ value: item, around: null, line }))
  })
}

/** Langfuse observations (JSON, JSON Lines). Only rows with usage count; prompts and answers are never read. */
export const langfuse: JsonFormat = {
  shape: 'json',
  id: 'langfuse-observations-json',
  name: 'Langfuse observations (JSON)',
  kind: 'usage',
  meaning: LANGFUSE,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      ...LANGFUSE_FIELDS,
      'usage_details.*': [
        'uncachedInput',
        'cacheWrite5m',
        'cacheWrite1h',
        'cacheWriteUnknown',
        'cacheRead',
        'output',
        'unsplitTokens',
        'extra',
      ],
      // The estimate of a row without a total.
      'cost_details.*': ['estimated', 'extra'],
    },
  },
  recognise(pages) {
    const first = observationsOf(pages)[0]?.value
    const marks = ['trace_id', 'start_time', 'usage_details'].filter((name) => ownField(first, name) !== undefined)
    return marks.length === 3 ? `observations with ${marks.join(', ')}` : null
  },
  open(pages) {
    const read = new FieldReader()
    const judge = ({ value }: JsonItem, sink: Parameters<Parameters<typeof judgeItems>[1]>[1]) => {
      read.begin(value)
      const id = read.text('id')
      const at = read.instant('start_time')
      if (id === null) read.fail('id', missing('an id'))
      if (at === null) read.fail('start_time', missing('a start time'))
      if (read.flaw || at === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const day = dayIn(at, UTC)
      const details = (read.at('usage_details') ?? {}) as JsonObject
      sink.spoke(at, day)
      if (typeof details !== 'object' || Object.keys(details).length === 0) return sink.blank()
      const estimated = read.money('total_cost') ?? read.money('cost_details.total')
      const found = langfuseRow(details, {
        day,
        at,
        model: read.text('provided_model_name'),
        person: read.text('user_id'),
        workspace: read.text('environment') ?? read.text('project_id'),
        session: read.text('session_id'),
        detail: read.text('type'),
        estimated,
      })
      const flaw = read.problem() ?? found.flaw
      if (flaw) return sink.aside(flaw.column, flaw.issue)
      sink.fact('usage', found.row, keyOf('langfuse', [id]))
    }
    return accepted({ records: judgeItems(observationsOf(pages), judge, (value) => onlyFields(value, SHOWN)) })
  },
}
