import { UTC } from '../../../calendar/index.ts'
import { factKey } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import type { FieldUses, TableFormat, UsageMeaning } from '../../format.ts'
import { missing, notADay, totalMismatch } from '../../messages.ts'
import { DateReader, dayOfUnixSeconds } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'

const MEANING: UsageMeaning = {
  tool: 'OpenAI API',
  use: 'OpenAI API',
  states: 'tokens',
  keys: 'openai-usage',
  inputIncludesCache: true,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  // Two rows of one day may agree in all of these and both be true; the facts number them by content.
  identity: ['start_time', 'end_time', 'project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'],
  restated: [],
  restates: 'key',
}

const TIME_COLUMNS = ['start_time', 'end_time', 'start_time_iso', 'end_time_iso']

/** Parts of the counts that are read: with the counts of audio and images, which are kept, they say nothing more. */
export const OPENAI_PARTS = {
  input_text_tokens: 'part of input_tokens',
  output_text_tokens: 'part of output_tokens',
  input_cached_text_tokens: 'part of input_cached_tokens',
} as const

/** Dimensions and counts, of the dashboard as of the API. */
export const OPENAI_USAGE_FIELDS = {
  project_id: ['workspace', 'key'],
  user_id: ['person', 'key'],
  api_key_id: ['apiKey', 'key'],
  model: ['model', 'key'],
  batch: ['detail', 'key'],
  service_tier: ['detail', 'key'],
  num_model_requests: 'requests',
  input_tokens: 'uncachedInput',
  input_cached_tokens: ['cacheRead', 'uncachedInput'],
  input_cache_write_tokens: ['cacheWriteUnknown', 'uncachedInput'],
  // Held against the other three; read where they are silent.
  input_uncached_tokens: 'uncachedInput',
  output_tokens: 'output',
} as const satisfies FieldUses['read']

/** OpenAI dashboard, usage export (completions and its sisters), comma or tab. A day without usage is a row of empty cells. */
export const openaiUsage: TableFormat = {
  shape: 'table',
  id: 'openai-usage-csv',
  name: 'OpenAI usage (CSV)',
  kind: 'usage',
  required: ['start_time', 'num_model_requests', 'model', 'input_tokens'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      start_time: ['day', 'at', 'key'],
      end_time: ['at', 'key'],
      // Where the times in seconds are empty.
      start_time_iso: ['day', 'at', 'key'],
      end_time_iso: ['at', 'key'],
      ...OPENAI_USAGE_FIELDS,
    },
    left: OPENAI_PARTS,
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const times = timesOf(columns)
    for (const name of Object.keys(OPENAI_PARTS)) columns.find(name)
    const key = factKey()
    let keyed: TimeBucket | null = null
    const stated = columns.header.map((_, i) => i).filter((i) => !times.positions.includes(i))
    const at = {
      requests: columns.find('num_model_requests'),
      project: columns.find('project_id'),
      user: columns.find('user_id'),
      key: columns.find('api_key_id'),
      model: columns.find('model'),
      batch: columns.find('batch'),
      tier: columns.find('service_tier'),
      input: columns.find('input_tokens'),
      output: columns.find('output_tokens'),
      cached: columns.find('input_cached_tokens'),
      write: columns.find('input_cache_write_tokens'),
      uncached: columns.find('input_uncached_tokens'),
    }
    const dimensions = [at.project, at.user, at.key, at.model, at.batch, at.tier]
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const bucket = times.read(read)
        if (bucket && stated.every((i) => read.isBlank(i))) {
          sink.spoke(bucket.startMs, bucket.day)
          return sink.blank()
        }
        const input = read.count(at.input)
        const output = read.count(at.output)
        const cached = read.count(at.cached)
        const write = read.count(at.write)
        const requests = read.count(at.requests)
        const uncached = uncachedOf(input, cached, write, read.count(at.uncached))
        if (uncached === 'mismatch')
          read.fail(at.input, totalMismatch(read.raw(at.input), (cached ?? 0) + (write ?? 0)))
        if (read.flaw || bucket === null || uncached === 'mismatch')
          return sink.aside(read.flaw!.column, read.flaw!.issue)
        sink.spoke(bucket.startMs, bucket.day)
        const project = read.word(at.project)
        const user = read.word(at.user)
        const apiKey = read.word(at.key)
        const model = read.word(at.model)
        const batch = read.word(at.batch)
        const tier = read.word(at.tier)
        const usage = sink.columns('usage')
        usage.day.put(bucket.day)
        if (!bucket.isDay) usage.at.put(instantOf(bucket.startMs))
        usage.tool.put(MEANING.tool)
        usage.model.putWord(model)
        usage.person.putWord(user)
        usage.apiKey.putWord(apiKey)
        usage.workspace.putWord(project)
        if (batch.lowered !== 'true') usage.detail.putWord(tier)
        else usage.detail.put(tier.text === null ? 'batch' : `batch/${tier.text}`)
        usage.requests.put(requests)
        usage.uncachedInput.put(uncached)
        usage.cacheWriteUnknown.put(write)
        usage.cacheRead.put(cached)
        usage.output.put(output)
        // Thousands of rows share a bucket, and so the start of their key.
        if (bucket !== keyed)
          key.begin().text('openai-usage|').number(bucket.startMs).text('|').number(bucket.endMs).keep()
        keyed = bucket
        sink.close('usage', read.feedLowered(key.again(), dimensions))
      },
    })
  },
}

/** The part of the input that met no cache. Some exports count cache writes into `input_uncached_tokens`; the sum tells. */
export function uncachedOf(
  input: number | null,
  cached: number | null,
  write: number | null,
  stated: number | null,
): number | null | 'mismatch' {
  if (input === null) return stated
  const rest = input - (cached ?? 0) - (write ?? 0)
  if (rest < 0) return 'mismatch'
  if (stated === null || stated === rest || stated === rest + (write ?? 0)) return rest
  return 'mismatch'
}

export interface TimeBucket {
  readonly startMs: number
  readonly endMs: number
  readonly day: NonNullable<ReturnType<typeof dayOfUnixSeconds>>
  readonly isDay: boolean
}

/** Start and end of OpenAI rows: Unix seconds, or the ISO twins where those are empty. Without a zone they are UTC. */
export function timesOf(columns: { find(...names: readonly string[]): number }): {
  readonly positions: readonly number[]
  read(read: RowReader): TimeBucket | null
} {
  const positions = TIME_COLUMNS.map((name) => columns.find(name))
  const [start, end, startIso, endIso] = positions as [number, number, number, number]
  const iso = new DateReader(null, UTC)
  let last: TimeBucket | null = null
  const seconds = (read: RowReader, at: number, isoAt: number): number | null => {
    const stated = read.count(at)
    if (stated !== null) return stated
    const date = read.isEmpty(isoAt) ? null : iso.read(read.raw(isoAt))
    return date === null || date.at === null ? null : date.at / 1000
  }
  return {
    positions: positions.filter((at) => at >= 0),
    read(read) {
      const from = seconds(read, start, startIso)
      const to = seconds(read, end, endIso)
      if (read.flaw) return null
      if (
        last !== null &&
        from !== null &&
        last.startMs === from * 1000 &&
        last.endMs === (to ?? from) * 1000 &&
        to !== null
      )
        return last
      const day = from === null ? null : dayOfUnixSeconds(from)
      if (from === null || day === null) {
        read.fail(start, from === null ? missing('a start time') : notADay(read.raw(start)))
        return null
      }
      return (last = {
        startMs: from * 1000,
        endMs: (to ?? from) * 1000,
        day,
        isDay: to === null || (from % 86_400 === 0 && to - from >= 86_400),
      })
    },
  }
}
