import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, morePages, notATime } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { costKindOf } from './cursor-usage.ts'

const MEANING: UsageMeaning = {
  tool: 'Cursor',
  use: 'Cursor',
  states: 'money',
  keys: 'cursor',
  inputIncludesCache: false,
  // Cents as numbers, the token fee inside; tokenUsage.totalCents leaves it out.
  costs: { chargedCents: 'by-row' },
  currency: 'USD',
  moneyUnit: 'cents',
  // The same as in the dashboard's export, so that both name the same events.
  identity: ['timestamp', 'userEmail', 'model', 'tokenUsage'],
  restated: ['kind', 'chargedCents'],
  restates: 'key',
}

function eventsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return [...itemsOf(pages, 'usageEvents'), ...itemsOf(pages, 'usageEventsDisplay')]
}

/** Cursor Admin API, `teams/filtered-usage-events`, and its twin of the dashboard. */
export const cursorAdmin: JsonFormat = {
  shape: 'json',
  id: 'cursor-admin-json',
  name: 'Cursor usage events (Admin API, JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      timestamp: ['at', 'day', 'key'],
      userEmail: ['person', 'key'],
      model: ['model', 'key'],
      kind: ['detail', 'billed', 'included'],
      requestsCosts: 'requests',
      isChargeable: ['billed', 'listed', 'extra'],
      'tokenUsage.inputTokens': ['uncachedInput', 'key'],
      'tokenUsage.outputTokens': ['output', 'key'],
      'tokenUsage.cacheWriteTokens': ['cacheWriteUnknown', 'key'],
      'tokenUsage.cacheReadTokens': ['cacheRead', 'key'],
      // With the token fee, which `totalCents` leaves out.
      chargedCents: 'billed',
      'tokenUsage.totalCents': ['billed', 'extra'],
    },
    around: { 'pagination.hasNextPage': 'note' },
  },
  recognise(pages) {
    const first = eventsOf(pages)[0]?.value
    return ownField(first, 'timestamp') !== undefined && ownField(first, 'kind') !== undefined
      ? 'usageEvents with timestamp and kind'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(eventsOf(pages), ({ value }, sink) => {
      read.begin(value)
      const at = read.count('timestamp')
      if (at === null) read.fail('timestamp', missing('a time'))
      else if (at < 1e11 || at > 7.3e12) read.fail('timestamp', notATime(String(at)))
      const counts = {
        uncachedInput: read.count('tokenUsage.inputTokens'),
        cacheWriteUnknown: read.count('tokenUsage.cacheWriteTokens'),
        cacheRead: read.count('tokenUsage.cacheReadTokens'),
        output: read.count('tokenUsage.outputTokens'),
      }
      const cost = read.money('chargedCents', 'cents') ?? read.money('tokenUsage.totalCents', 'cents')
      const requests = Number(read.text('requestsCosts') ?? 'x')
      if (read.flaw || at === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const day = dayIn(instantOf(at), UTC)
      const kind = wordsOf(read.text('kind'))
      const known = Object.values(counts).filter((count) => count !== null)
      const total = known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
      const [person, model] = [read.text('userEmail'), read.text('model')]
      // A price nobody owes, whatever the kind is called.
      const isOwed = read.text('isChargeable') !== 'false'
      const costKind = costKindOf(kind) === 'billed' && !isOwed ? 'listed' : costKindOf(kind)
      sink.spoke(at, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          at: instantOf(at),
          tool: MEANING.tool,
          model,
          person,
          detail: kind,
          requests: Number.isFinite(requests) ? requests : null,
          ...counts,
          currency: MEANING.currency,
          ...(cost === null ? {} : { [costKind]: cost }),
        },
        `cursor|${at}|${person ?? ''}|${model ?? ''}|${total ?? ''}|`,
      )
    })
    const lacks = ownField(ownField(pages.at(-1)?.value, 'pagination'), 'hasNextPage') === true
    return accepted({ records, finish: (sink) => (lacks ? sink.note(morePages()) : undefined) })
  },
}

/** `USAGE_EVENT_KIND_ABORTED_NOT_CHARGED` says the same as `Aborted, Not Charged`. */
function wordsOf(kind: string | null): string | null {
  if (kind === null || !/^[A-Z_]+$/.test(kind)) return kind
  const words = kind
    .replace(/^USAGE_EVENT_KIND_/, '')
    .toLowerCase()
    .replaceAll('_', ' ')
  return words.replace('usage based', 'usage-based').replace(/^(\w+) (not charged|no charge)/, '$1, $2')
}
