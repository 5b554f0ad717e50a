import { UTC } from '../../../calendar/index.ts'
import { factKey } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Nanos } from '../../../money/index.ts'
import type { CostKind } from '../../../quantities/index.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { missing, notATime, totalMismatch } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'

const MEANING: UsageMeaning = {
  tool: 'Cursor',
  use: 'Cursor',
  states: 'money',
  keys: 'cursor',
  inputIncludesCache: false,
  costs: { cost: 'by-row', 'cost ($)': 'by-row' },
  currency: 'USD',
  moneyUnit: 'units',
  // The total stands for the four counts it sums, so that an export with only totals names the same events.
  identity: ['date', 'user', 'model', ['total tokens', 'tokens'], 'cloud agent id'],
  restated: ['kind', 'cost', 'cost ($)', 'requests'],
  restates: 'key',
}

/** What a number in the cost column means, by the row's kind. The first that fits decides. */
const COST_BY_KIND: readonly (readonly [RegExp, CostKind])[] = [
  // Never owed; the number is what it would have cost.
  [/not charged|no charge|errored|aborted/i, 'listed'],
  // Value drawn from the plan.
  [/^(?:included|free)/i, 'included'],
  [/on-demand|usage-based/i, 'billed'],
]

/** `|`, between the parts of a key. */
const BAR = 0x7c

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
  fields: {
    of: 'usage',
    read: {
      date: ['at', 'day', 'key'],
      user: ['person', 'key'],
      'cloud agent id': ['session', 'key'],
      kind: ['detail', 'billed', 'included'],
      model: ['model', 'key'],
      // Their sum is part of the key.
      'input (w/ cache write)': ['cacheWriteUnknown', 'key'],
      'input (w/o cache write)': ['uncachedInput', 'key'],
      'cache read': ['cacheRead', 'key'],
      'output tokens': ['output', 'key'],
      output: ['output', 'key'],
      // Held against its parts; read where not all of them stand.
      'total tokens': ['unsplitTokens', 'key'],
      tokens: ['unsplitTokens', 'key'],
      requests: 'requests',
      cost: 'billed',
      'cost ($)': 'billed',
    },
  },
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
    const key = factKey()
    const costKinds = new Map<string | null, CostKind>()
    return accepted({
      width: columns.header.length,
      // Such a file says less about the same events: at the same moment the finer one holds.
      asOfShift: isSplit ? 0 : -1,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        if (date?.at === null) read.fail(at.date, notATime(read.raw(at.date)))
        const write = isSplit ? read.count(at.write) : null
        const uncached = isSplit ? read.count(at.uncached) : null
        const cacheRead = isSplit ? read.count(at.cacheRead) : null
        const output = isSplit ? read.count(at.output) : null
        const total = read.count(at.total)
        const requests = read.quantity(at.requests)
        const kindWord = read.word(at.kind)
        const kind = kindWord.text
        const cost = readCost(read, at.cost)
        const sum = addCounts(addCounts(write, uncached), addCounts(cacheRead, output))
        if (isSplit && total !== null && sum !== total) read.fail(at.total, totalMismatch(read.raw(at.total), sum ?? 0))
        if (total === null && sum === null && !read.flaw) read.fail(at.total, missing('a token count'))
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const user = read.word(at.user)
        const person = user.text === 'You' ? null : user.text
        const model = read.word(at.model)
        const session = read.word(at.agent)
        sink.spoke(date.at!, date.day)
        const usage = sink.columns('usage')
        usage.day.put(date.day)
        usage.at.put(date.at)
        usage.tool.put(MEANING.tool)
        usage.model.putWord(model)
        if (person !== null) usage.person.putWord(user)
        usage.session.putWord(session)
        usage.detail.putWord(kindWord)
        usage.requests.put(requests)
        usage.cacheWriteUnknown.put(write)
        usage.uncachedInput.put(uncached)
        usage.cacheRead.put(cacheRead)
        usage.output.put(output)
        if (!isSplit) usage.unsplitTokens.put(total)
        if (at.cost >= 0) usage.currency.put(MEANING.currency)
        if (cost !== null) {
          let costKind = costKinds.get(kind)
          if (costKind === undefined) costKinds.set(kind, (costKind = costKindOf(kind)))
          usage[costKind].put(cost)
        }
        key
          .begin()
          .text('cursor|')
          .number(date.at!)
          .unit(BAR)
          .text(person ?? '')
          .unit(BAR)
          .text(model.text ?? '')
        sink.close(
          'usage',
          key
            .unit(BAR)
            .number((total ?? sum)!)
            .unit(BAR)
            .text(session.text ?? ''),
        )
      },
    })
  },
}

/** A number, with or without its dollar sign; null for the words that stand for none. */
export function readCost(read: RowReader, at: number): Nanos | null {
  const plain = read.plainMoney(at)
  if (plain !== null) return plain
  const cell = read.raw(at).trim()
  if (NO_COST.has(cell.toLowerCase())) return null
  const bare = cell.startsWith('$') ? cell.slice(1) : cell.startsWith('-$') ? `-${cell.slice(2)}` : cell
  return read.amount(at, bare)
}

/** A kind nobody has told us about states a price, not a debt. */
export function costKindOf(kind: string | null): CostKind {
  return COST_BY_KIND.find(([pattern]) => pattern.test(kind ?? ''))?.[1] ?? 'listed'
}

function addCounts(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b
}
