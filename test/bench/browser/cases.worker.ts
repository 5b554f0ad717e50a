import { Dexie, type Table } from 'dexie'
import { rollUpUsage, type UsageRollUp } from '../../../shared/cube/index.ts'
import {
  FactBuilder,
  type FactChunk,
  type NanosColumn,
  type NumberColumn,
  resolveFacts,
} from '../../../shared/facts/index.ts'
import type { TextColumn } from '../../../shared/facts/index.ts'
import { dayOfEpoch } from '../../../shared/calendar/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { diceOf } from '../dice.mjs'

/*
 * Storage and roll-ups in one worker, beside the plain ways: dexie with an object per row and three indexes, a scan of
 * typed arrays written for one question, and reading the bytes without looking at them.
 */

const DAYS = 90
const TEAMS = 40
const MODELS = 6
const FIRST_DAY = 20_454

interface Row {
  readonly day: number
  readonly team: string
  readonly model: string
  readonly input: number
  readonly cacheRead: number
  readonly output: number
  readonly nanos: bigint
}

function* rowsOf(count: number): Generator<Row> {
  const roll = diceOf(20_261_121)
  for (let i = 0; i < count; i++)
    yield {
      day: FIRST_DAY + Math.floor((i * DAYS) / count),
      team: `team-${roll(TEAMS)}`,
      model: `model-${roll(MODELS)}`,
      input: roll(40_000),
      cacheRead: roll(300_000),
      output: roll(9_000),
      nanos: BigInt(roll(3_000_000)) * 1_000n,
    }
}

function chunksOf(count: number): readonly FactChunk[] {
  const builder = new FactBuilder('bench')
  const nothing = Object.fromEntries(Object.keys(builder.columns('usage')).map((name) => [name, null]))
  let n = 0
  for (const { day, team, model, input, cacheRead, output, nanos } of rowsOf(count)) {
    builder.add(
      'usage',
      {
        ...nothing,
        day: dayOfEpoch(day),
        tool: 'Bench',
        workspace: team,
        model,
        uncachedInput: input,
        cacheRead,
        output,
        currency: 'USD',
        billed: nanosOf(nanos),
      } as never,
      String(++n),
      n,
    )
  }
  return builder.finish()
}

const factsOf = (chunks: readonly FactChunk[]) => resolveFacts(chunks, [{ id: 'bench', asOf: null, seq: 1 }])
const rollUp = (chunks: readonly FactChunk[]) => rollUpUsage(factsOf(chunks), ['day', 'workspace', 'model'])

/** Written for this question and these columns: dense table, no unknowns, nothing replaced, one currency. */
function plainScan(chunks: readonly FactChunk[]) {
  const size = (DAYS + 1) * TEAMS * MODELS
  const sums = Array.from({ length: 4 }, () => new Float64Array(size))
  const [rows, input, cacheRead, output] = sums as [Float64Array, Float64Array, Float64Array, Float64Array]
  const money = new BigInt64Array(size)
  for (const { columns, rows: count } of chunks) {
    const days = (columns['day'] as NumberColumn).values
    const teams = columns['workspace'] as TextColumn
    const models = columns['model'] as TextColumn
    const teamOf = Uint32Array.from([0, ...teams.words.map((word) => Number(word.slice(5)))])
    const modelOf = Uint32Array.from([0, ...models.words.map((word) => Number(word.slice(6)))])
    const [ins, reads, outs] = ['uncachedInput', 'cacheRead', 'output'].map(
      (name) => (columns[name] as NumberColumn).values,
    ) as [Float64Array, Float64Array, Float64Array]
    const billed = (columns['billed'] as NanosColumn).values
    for (let i = 0; i < count; i++) {
      const at = ((days[i]! - FIRST_DAY) * TEAMS + teamOf[teams.codes[i]!]!) * MODELS + modelOf[models.codes[i]!]!
      rows[at] = rows[at]! + 1
      input[at] = input[at]! + ins[i]!
      cacheRead[at] = cacheRead[at]! + reads[i]!
      output[at] = output[at]! + outs[i]!
      money[at] = money[at]! + billed[i]!
    }
  }
  return { tokens: sum(input) + sum(cacheRead) + sum(output), nanos: money.reduce((all, one) => all + one, 0n) }
}

function sum(values: Float64Array): number {
  return values.reduce((all, one) => all + one, 0)
}

function totalsOf({ counts, money }: UsageRollUp) {
  const nanos = money.reduce(
    (all, { high, low }) => low.reduce((own, one, cell) => own + BigInt(high[cell]!) * 2n ** 32n + BigInt(one), all),
    0n,
  )
  const tokens = sum(counts.uncachedInput!) + sum(counts.cacheRead!) + sum(counts.output!)
  return { tokens, nanos }
}

async function timed(times: number, work: () => unknown): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await work()
    took.push(performance.now() - from)
  }
  return median(took)
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!
}

function database(stores: Record<string, string>): Dexie {
  const made = new Dexie(`bench-${Math.random()}`, { chromeTransactionDurability: 'strict' })
  made.version(1).stores(stores)
  return made
}

const CASES: Readonly<Record<string, (rows: number) => Promise<unknown>>> = {
  /** Rows are made while they are put, in lots of 20,000, as a program would that reads a file. */
  async objects(rows) {
    const own = database({ usage: '++id, day, team, model' })
    const table = own.table('usage') as Table<object>
    const ms = await timed(1, async () => {
      let lot: object[] = []
      for (const row of rowsOf(rows)) {
        lot.push(row)
        if (lot.length < 20_000) continue
        await table.bulkPut(lot)
        lot = []
      }
      await table.bulkPut(lot)
    })
    await own.delete()
    return { ms }
  },

  async rollUp(rows) {
    const chunks = chunksOf(rows)
    const [ours, plain] = [totalsOf(rollUp(chunks)), plainScan(chunks)]
    if (ours.tokens !== plain.tokens || ours.nanos !== plain.nanos) throw new Error('the roll-ups differ')
    // In turns, so that a busy moment meets both.
    const [scans, rollUps]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < 9; turn++) {
      scans.push(await timed(1, () => plainScan(chunks)))
      rollUps.push(await timed(1, () => rollUp(chunks)))
    }
    const [scan, memory] = [median(scans), median(rollUps)]
    const own = database({ chunks: '[importId+kind+seq], importId' })
    const table = own.table('chunks') as Table<FactChunk>
    const write = await timed(1, () =>
      own.transaction('rw', ['chunks'], async () => {
        for (const chunk of chunks) await table.put(chunk)
      }),
    )
    const stored = () => table.where('importId').equals('bench').toArray()
    await stored()
    const read = await timed(5, stored)
    const both = await timed(5, async () => rollUp(await stored()))
    await own.delete()
    const bytes = chunks.reduce(
      (all, { columns }) =>
        Object.values(columns).reduce((own, c) => own + (c.kind === 'text' ? c.codes : c.values).byteLength, all),
      0,
    )
    return { scan, memory, read, both, write, megabytes: bytes / 1e6 }
  },
}

self.onmessage = ({ data: { name, rows } }: MessageEvent<{ name: string; rows: number }>) => {
  void CASES[name]!(rows).then(
    (figures) => self.postMessage(figures),
    (cause: unknown) => self.postMessage({ failed: String(cause) }),
  )
}
