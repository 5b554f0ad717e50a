import { UTC } from '../../calendar/index.ts'
import { accepted } from '../../issues/index.ts'
import type { Nanos } from '../../money/index.ts'
import type { CostKind } from '../../quantities/index.ts'
import type { TableFormat, UsageMeaning } from '../format.ts'
import { missing, notATime, totalMismatch } from '../messages.ts'
import { DateReader } from '../read-dates.ts'
import { RowReader } from '../row-reader.ts'
import { SILENT_USAGE } from '../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'Cursor',
  inputIncludesCache: false,
  costs: { cost: 'by-row', 'cost ($)': 'by-row' },
  currency: 'USD',
  // The total stands for the four counts it sums, so that an export with only totals names the same events.
  identity: ['date', 'user', 'model', ['total tokens', 'tokens'], 'cloud agent id'],
  restated: ['kind', 'cost', 'cost ($)', 'requests'],
}

/** What a number in the cost column means, by the row's kind. The first that fits decides. */
const COST_BY_KIND: readonly (readonly [RegExp, CostKind])[] = [
  // Never owed; the number is what it would have cost.
  [/not charged|no charge|errored|aborted/i, 'listed'],
  // Value drawn from the plan.
  [/^(?:included|free)/i, 'included'],
  [/on-demand|usage-based/i, 'billed'],
]

/** Words in the cost column that stand for "no number". */
const NO_COST: ReadonlySet<string> = new Set(['', '-', 'included', 'free'])

/**
 * Cursor dashboard, usage events of a person or a team, all header generations. Later exports restate kind and cost of the
 * same events (`Included` becomes `0.11`), never their counts.
 */
export const cursorUsage: TableFormat = {
  shape: 'table',
  id: 'cursor-usage-csv',
  name: 'Cursor usage events (CSV)',
  kind: 'usage',
  required: ['date', 'kind', 'model', ['total tokens', 'tokens'], ['cost', 'cost ($)', 'requests']],
  meaning: MEANING,
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const at = {
      date: columns.find('date'),
      user: columns.find('user'),
      agent: columns.find('cloud agent id'),
      kind: columns.find('kind'),
      model: columns.find('model'),
      write: columns.find('input (w/ cache write)'),
      uncached: columns.find('input (w/o cache write)'),
      cacheRead: columns.find('cache read'),
      output: columns.find('output tokens', 'output'),
      total: columns.find('total tokens', 'tokens'),
      requests: columns.find('requests'),
      cost: columns.find('cost', 'cost ($)'),
    }
    const isSplit = at.write >= 0 && at.uncached >= 0 && at.cacheRead >= 0 && at.output >= 0
    return accepted({
      width: columns.header.length,
      // Such a file says less about the same events: at the same moment the finer one holds.
      asOfShift: isSplit ? 0 : -1,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        if (date?.at === null) read.fail(at.date, notATime(read.raw(at.date)))
        const counts = isSplit
          ? {
              cacheWriteUnknown: read.count(at.write),
              uncachedInput: read.count(at.uncached),
              cacheRead: read.count(at.cacheRead),
              output: read.count(at.output),
            }
          : null
        const total = read.count(at.total)
        const requests = read.quantity(at.requests)
        const kind = read.text(at.kind)
        const cost = readCost(read, at.cost)
        const sum = counts ? sumOf(Object.values(counts)) : null
        if (counts && total !== null && sum !== total) read.fail(at.total, totalMismatch(read.raw(at.total), sum ?? 0))
        if (total === null && sum === null && !read.flaw) read.fail(at.total, missing('a token count'))
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const user = read.text(at.user)
        const person = user === 'You' ? null : user
        const model = read.text(at.model)
        const session = read.text(at.agent)
        sink.spoke(date.at!, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            at: date.at,
            tool: MEANING.tool,
            model,
            person,
            session,
            detail: kind,
            requests,
            ...(counts ?? { unsplitTokens: total }),
            currency: at.cost < 0 ? null : MEANING.currency,
            ...(cost === null ? {} : { [costKindOf(kind)]: cost }),
          },
          `cursor|${date.at!}|${person ?? ''}|${model ?? ''}|${total ?? sum}|${session ?? ''}`,
        )
      },
    })
  },
}

function readCost(read: RowReader, at: number): Nanos | null {
  const cell = read.raw(at).trim()
  if (NO_COST.has(cell.toLowerCase())) return null
  const bare = cell.startsWith('$') ? cell.slice(1) : cell.startsWith('-$') ? `-${cell.slice(2)}` : cell
  return read.amount(at, bare)
}

/** A kind nobody has told us about states a price, not a debt. */
function costKindOf(kind: string | null): CostKind {
  return COST_BY_KIND.find(([pattern]) => pattern.test(kind ?? ''))?.[1] ?? 'listed'
}

function sumOf(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}
