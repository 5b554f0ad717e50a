import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf } from '../../field-reader.ts'
import type { JsonFormat, RecordSink, UsageMeaning } from '../../format.ts'
import { missing, notATime, otherEvents, totalMismatch } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { searchesOf } from './anthropic-tokens.ts'
import { onlyFields } from './litellm.ts'

const CLAUDE: UsageMeaning = {
  tool: 'Claude Code',
  use: 'Claude Code',
  partOf: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  // Written by older versions only; computed by the tool.
  costs: { costUSD: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['message.id', 'requestId'],
  // One answer stands on several lines while it grows.
  restated: ['message.usage'],
  restates: 'key',
}

const CODEX: UsageMeaning = {
  tool: 'Codex',
  use: 'Codex',
  partOf: 'OpenAI API',
  states: 'tokens',
  inputIncludesCache: true,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: ['payload.id', 'timestamp', 'total_token_usage'],
  restated: [],
  restates: 'key',
}

function linesOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.map(({ value, line }) => ({ value, around: null, line }))
}

function usageOf(value: JsonValue): JsonValue | undefined {
  return ownField(ownField(value, 'message'), 'usage')
}

function answerOf(value: JsonValue): string {
  return `${text(ownField(ownField(value, 'message'), 'id'))}|${text(ownField(value, 'requestId'))}`
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Claude Code's own transcripts (JSON Lines): the counts of each answer and nothing of what was said. */
export const claudeTranscripts: JsonFormat = {
  shape: 'json',
  id: 'claude-code-transcript-jsonl',
  name: 'Claude Code transcript (JSON Lines)',
  kind: 'usage',
  meaning: CLAUDE,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      timestamp: ['day', 'at'],
      sessionId: 'session',
      requestId: 'key',
      cwd: 'workspace',
      costUSD: 'estimated',
      version: 'extra',
      gitBranch: 'extra',
      isSidechain: 'extra',
      'message.id': 'key',
      'message.model': 'model',
      'message.usage.input_tokens': 'uncachedInput',
      'message.usage.output_tokens': 'output',
      'message.usage.cache_read_input_tokens': 'cacheRead',
      // Where it is not taken apart by its time to live.
      'message.usage.cache_creation_input_tokens': 'cacheWriteUnknown',
      'message.usage.cache_creation.ephemeral_5m_input_tokens': 'cacheWrite5m',
      'message.usage.cache_creation.ephemeral_1h_input_tokens': 'cacheWrite1h',
      'message.usage.server_tool_use.web_search_requests': 'quantity',
      'message.usage.service_tier': 'detail',
      'message.usage.speed': 'detail',
    },
  },
  recognise(pages) {
    const isOurs = pages
      .slice(0, 200)
      .some(({ value }) => usageOf(value) !== undefined && ownField(value, 'sessionId') !== undefined)
    return isOurs ? 'lines with sessionId and message.usage' : null
  },
  open(pages) {
    const lines = linesOf(pages)
    const last = new Map<string, JsonItem>()
    for (const line of lines) if (usageOf(line.value) !== undefined) last.set(answerOf(line.value), line)
    const read = new FieldReader()
    const judge = (line: JsonItem, sink: RecordSink) => {
      const { value } = line
      if (usageOf(value) === undefined) {
        sink.note(otherEvents())
        return sink.blank()
      }
      read.begin(value)
      const at = read.instant('timestamp')
      if (at === null) read.fail('timestamp', missing('a time'))
      const [write5m, write1h] = ['ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens'].map((name) =>
        read.count(`message.usage.cache_creation.${name}`),
      )
      const isSplit = write5m != null || write1h != null
      const counts = {
        uncachedInput: read.count('message.usage.input_tokens'),
        cacheRead: read.count('message.usage.cache_read_input_tokens'),
        output: read.count('message.usage.output_tokens'),
        ...(isSplit
          ? { cacheWrite5m: write5m ?? null, cacheWrite1h: write1h ?? null }
          : { cacheWriteUnknown: read.count('message.usage.cache_creation_input_tokens') }),
      }
      const estimated = read.money('costUSD')
      const searches = read.count('message.usage.server_tool_use.web_search_requests')
      if (read.flaw || at === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      sink.spoke(at, dayIn(at, UTC))
      if (last.get(answerOf(value)) !== line) return sink.blank()
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: dayIn(at, UTC),
          at,
          tool: CLAUDE.tool,
          model: read.text('message.model'),
          workspace: folderOf(read.text('cwd')),
          session: read.text('sessionId'),
          detail:
            ['service_tier', 'speed'].flatMap((name) => read.text(`message.usage.${name}`) ?? []).join('/') || null,
          requests: 1,
          ...counts,
          ...searchesOf(searches),
          currency: estimated === null ? null : CLAUDE.currency,
          estimated,
        },
        keyOf('claude-transcript', [answerOf(value) === '|' ? `${line.line}|${at}` : answerOf(value)]),
      )
    }
    return accepted({ records: judgeItems(lines, judge, (value) => onlyFields(value, SHOWN)) })
  },
}

/** All that may be kept of a line: the rest is what somebody wrote. */
const SHOWN = ['timestamp', 'type', 'sessionId', 'requestId', 'costUSD', 'version']

/** The last part of a path: where people keep their folders is nobody's business. */
function folderOf(path: string | null): string | null {
  return path === null
    ? null
    : (path
        .split(/[/\\]/)
        .filter((part) => part !== '')
        .at(-1) ?? null)
}

/** Codex's session files (JSON Lines). Each event states the last turn and the sum so far; only the turn is counted. */
export const codexTranscripts: JsonFormat = {
  shape: 'json',
  id: 'codex-session-jsonl',
  name: 'Codex session (JSON Lines)',
  kind: 'usage',
  meaning: CODEX,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      timestamp: ['day', 'at', 'key'],
      // The line that opens a session names it.
      type: ['session', 'key'],
      'payload.type': 'fate',
      'payload.id': ['session', 'key'],
      'payload.model': 'model',
      'payload.info.model': 'model',
      'payload.info.last_token_usage.input_tokens': ['uncachedInput', 'output'],
      'payload.info.last_token_usage.cached_input_tokens': ['cacheRead', 'uncachedInput'],
      'payload.info.last_token_usage.output_tokens': 'output',
      // Beside the output where the total says so.
      'payload.info.last_token_usage.reasoning_output_tokens': 'output',
      'payload.info.last_token_usage.total_tokens': 'output',
      'payload.info.total_token_usage': 'key',
      'payload.info.model_context_window': 'extra',
    },
  },
  recognise: (pages) =>
    pages.slice(0, 500).some(({ value }) => countsOf(value) !== null) ? 'events of type token_count' : null,
  open(pages) {
    const lines = linesOf(pages)
    let model: string | null = null
    let session: string | null = null
    let sum: string | null = null
    const read = new FieldReader()
    const judge = ({ value }: JsonItem, sink: RecordSink) => {
      const payload = ownField(value, 'payload')
      if (text(ownField(value, 'type')) === 'session_meta') session = text(ownField(payload, 'id')) || session
      model = text(ownField(payload, 'model')) || text(ownField(ownField(payload, 'info'), 'model')) || model
      if (countsOf(value) === null) {
        sink.note(otherEvents())
        return sink.blank()
      }
      read.begin(value)
      const at = read.instant('timestamp')
      if (at === null) read.fail('timestamp', notATime(text(ownField(value, 'timestamp'))))
      const turn = (name: string) => read.count(`payload.info.last_token_usage.${name}`)
      const [input, cached] = [turn('input_tokens'), turn('cached_input_tokens')]
      const [output, reasoning, total] = [turn('output_tokens'), turn('reasoning_output_tokens'), turn('total_tokens')]
      const uncachedInput = input === null ? null : input - (cached ?? 0)
      if (uncachedInput !== null && uncachedInput < 0)
        read.fail('payload.info.last_token_usage.input_tokens', totalMismatch(String(input), cached ?? 0))
      if (read.flaw || at === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      sink.spoke(at, dayIn(at, UTC))
      const soFar = JSON.stringify(ownField(ownField(payload, 'info'), 'total_token_usage') ?? null)
      // The same sum once more: the event was repeated.
      if (soFar === sum && soFar !== 'null') return sink.blank()
      sum = soFar
      // Some versions count reasoning beside the output; the total tells.
      const isBeside = total !== null && (input ?? 0) + (output ?? 0) + (reasoning ?? 0) === total && reasoning !== 0
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: dayIn(at, UTC),
          at,
          tool: CODEX.tool,
          model,
          session,
          requests: 1,
          uncachedInput,
          cacheRead: cached,
          output: isBeside ? (output ?? 0) + (reasoning ?? 0) : output,
        },
        keyOf('codex', [session, at, soFar]),
      )
    }
    return accepted({ records: judgeItems(lines, judge, (value) => onlyFields(value, ['timestamp', 'type'])) })
  },
}

function countsOf(value: JsonValue): JsonObject | null {
  const payload = ownField(value, 'payload')
  const counts = ownField(ownField(payload, 'info'), 'last_token_usage')
  const isEvent = text(ownField(payload, 'type')) === 'token_count'
  return isEvent && counts !== null && typeof counts === 'object' && !Array.isArray(counts)
    ? (counts as JsonObject)
    : null
}
