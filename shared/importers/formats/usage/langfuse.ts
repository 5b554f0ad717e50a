import { dayIn, UTC } from '../../../calendar/index.ts'
import type { FactRow } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
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
  const first = (names: readonly string[]) => {
    const name = names.find((one) => ownField(details, one) !== undefined)
    return name === undefined ? null : read.count(`usage_details.${name}`)
  }
  const counts = {
    uncachedInput: first(INPUT),
    cacheRead: first(CACHE_READ),
    cacheWriteUnknown: first(CACHE_WRITE),
    output: first(OUTPUT),
  }
  const isSplit = Object.values(counts).some((count) => count !== null)
  const unsplitTokens = isSplit ? null : first(['total'])
  const own = { tool: LANGFUSE.tool, requests: 1, currency: LANGFUSE.currency, ...counts, unsplitTokens }
  return { row: { ...SILENT_USAGE, ...stated, ...own }, flaw: read.flaw }
}

/** All that may be kept of an observation: `input`, `output` and `metadata` hold prompts and answers. */
export const SHOWN = ['id', 'trace_id', 'type', 'start_time', 'provided_model_name', 'user_id', 'total_cost']

const CACHE_READ = ['input_cached_tokens', 'cache_read_input_tokens', 'input_cache_read']
const CACHE_WRITE = ['cache_creation_input_tokens', 'input_cache_creation']
const INPUT = ['input', 'input_tokens', 'prompt_tokens']
const OUTPUT = ['output', 'output_tokens', 'completion_tokens']

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
      const estimated = read.money('total_cost')
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
