import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellAt,
  checksumOf,
  CHUNK_ROWS,
  eachFact,
  FactBuilder,
  type FactChunk,
  factKey,
  type FactRow,
  halvesOf,
  KeyIndex,
  nanosAt,
  noFacts,
  resolveFacts,
  type StatementOrder,
  UNKNOWN_NANOS,
  Word,
} from '../../../shared/facts/index.ts'
import { WordList } from '../../../shared/facts/word-list.ts'
import type { Day } from '../../../shared/calendar/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { bytesOf, saying } from '../../support/stage.ts'

const SEED = 20_261_120

const SILENT: FactRow<'usage'> = {
  day: null,
  at: null,
  tool: null,
  model: null,
  person: null,
  apiKey: null,
  workspace: null,
  repository: null,
  session: null,
  detail: null,
  requests: null,
  uncachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  cacheRead: null,
  output: null,
  unsplitTokens: null,
  currency: null,
  listed: null,
  billed: null,
  included: null,
  estimated: null,
}

/** Columns later than the first workbooks: unsaid in `SILENT`, null when read. */
const LATER = {
  account: null,
  costCenter: null,
  region: null,
  contextWindow: null,
  quantity: null,
  unit: null,
  extra: null,
}

interface Said {
  readonly key: string
  readonly output: number
}

function usageOf(importId: string, rows: readonly Said[]): readonly FactChunk[] {
  const builder = new FactBuilder(importId)
  rows.forEach(({ key, output }, i) => builder.add('usage', { ...SILENT, output }, key, i + 1))
  return builder.finish()
}

function order(id: string, asOf: number | null, seq: number): StatementOrder {
  return { id, asOf, seq }
}

function outputs(chunks: readonly FactChunk[], imports: readonly StatementOrder[]): readonly (number | null)[] {
  return [...eachFact(resolveFacts(chunks, imports).usage)].map(({ output }) => output).sort()
}

describe('chunks', () => {
  it('give back every cell as it was put in, unknown as null', () => {
    const row: FactRow<'usage'> = {
      ...SILENT,
      day: '2026-02-01' as Day,
      at: instantOf(1_770_000_000_123),
      model: 'a',
      output: 2 ** 53 - 1,
      billed: nanosOf(-1n),
      listed: nanosOf(0n),
    }
    const builder = new FactBuilder('i')
    builder.add('usage', row, 'k', 7)
    builder.add('usage', SILENT, 'k2', 8)
    const set = resolveFacts(builder.finish(), [])
    const [first, second] = [...eachFact(set.usage)]
    expect(first).toEqual({ ...LATER, ...row, origin: { importId: 'i', sourceRow: 7 } })
    expect(second).toEqual({ ...LATER, ...SILENT, origin: { importId: 'i', sourceRow: 8 } })
  })

  it('hold 65,536 rows and go on in the next', () => {
    const rows = Array.from({ length: CHUNK_ROWS + 1 }, (_, i) => ({ key: String(i), output: i }))
    const chunks = usageOf('i', rows)
    expect(chunks.map(({ rows: count, seq }) => [seq, count])).toEqual([
      [0, CHUNK_ROWS],
      [1, 1],
    ])
    expect(cellAt(chunks[1]!.columns['output']!, 0)).toBe(CHUNK_ROWS)
  })

  it(`keep true duplicates of usage apart whatever their order (seed ${SEED})`, () => {
    const rows = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), output: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(rows, fc.integer(), (said, turn) => {
        const by = ((turn % 12) + 12) % 12
        const turned = [...said.slice(by), ...said.slice(0, by)].reverse()
        const both = [...usageOf('one', said), ...usageOf('two', turned)]
        const set = resolveFacts(both, [order('one', 1, 1), order('two', 1, 2)])
        expect(set.usage.rows).toBe(said.length)
        expect([...eachFact(set.usage)].map(({ output }) => output).sort()).toEqual(
          said.map(({ output }) => output).sort(),
        )
      }),
      { seed: SEED },
    )
  })

  it('keep one of two statements about a record that exists once', () => {
    const incident = (severity: string) => ({
      incidentId: 'x',
      service: null,
      severity,
      startedAt: instantOf(1),
      resolvedAt: null,
      causedByDeployment: null,
    })
    const of = (severities: readonly string[]) => {
      const builder = new FactBuilder('i')
      severities.forEach((severity, i) => builder.add('incident', incident(severity), 'incident|x', i + 1))
      return [...eachFact(resolveFacts(builder.finish(), []).incident)].map(({ severity }) => severity)
    }
    expect(of(['high', 'low'])).toHaveLength(1)
    expect(of(['high', 'low'])).toEqual(of(['low', 'high']))
  })

  it(`keep one statement of each record, the cells of a row together (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), (numbers) => {
        const builder = new FactBuilder('i')
        numbers.forEach((number, i) => {
          const columns = builder.columns('incident')
          columns.incidentId.put(`${number}`)
          columns.startedAt.put(instantOf(number))
          builder.close('incident', factKey().begin().number(number), i + 1)
        })
        const [chunk] = builder.finish()
        const known = [...new Set(numbers)]
        const kept = Array.from({ length: chunk!.rows }, (_, row) => [
          cellAt(chunk!.columns['incidentId']!, row),
          cellAt(chunk!.columns['startedAt']!, row),
          factKey()
            .begin()
            .number(numbers[chunk!.sourceRows[row]! - 1]!)
            .hash() === chunk!.keys[row],
        ])
        const byNumber = (a: number, b: number) => a - b
        expect(kept.map(([id]) => Number(id)).sort(byNumber)).toEqual([...known].sort(byNumber))
        expect(kept.every(([id, at, isSame]) => Number(id) === at && isSame)).toBe(true)
      }),
      { seed: SEED },
    )
  })

  it('take the place in an export for no part of what a landing says', () => {
    const landing = (position: number, subject: string) => {
      const builder = new FactBuilder('i')
      builder.add(
        'landing',
        {
          repository: 'r',
          sha: 's',
          position,
          authoredAt: instantOf(1),
          committedAt: instantOf(1),
          authorName: null,
          authorEmail: null,
          committerEmail: null,
          coAuthors: null,
          subject,
          pullRequest: null,
        },
        'landing|r|s',
        1,
      )
      return builder.finish()[0]!.contents[0]
    }
    expect(landing(0, 'a')).toBe(landing(9, 'a'))
    expect(landing(0, 'a')).not.toBe(landing(0, 'b'))
  })

  it('have a checksum that notices a changed, missing or swapped fact', () => {
    const said = [
      { key: 'a', output: 1 },
      { key: 'b', output: 2 },
    ]
    const sum = checksumOf(usageOf('i', said))
    expect(checksumOf(usageOf('other', said))).toBe(sum)
    expect(checksumOf(usageOf('i', [said[0]!, { key: 'b', output: 3 }]))).not.toBe(sum)
    expect(checksumOf(usageOf('i', said.slice(0, 1)))).not.toBe(sum)
    expect(checksumOf(usageOf('i', [...said].reverse()))).not.toBe(sum)
  })
})

describe('words', () => {
  it(`are numbered as they come, as text or as bytes, and given back as they were (seed ${SEED})`, () => {
    const text = fc.oneof(
      fc.constantFrom('', 'auto', 'é', '\uD83D', '😀'),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 300 }), (texts) => {
        const list = new WordList()
        const known = [...new Set(texts)]
        const codes = texts.map((one, i) => {
          const isInBytes = i % 2 === 1 && /^[ -~]*$/.test(one)
          return isInBytes ? list.codeOfBytes(new DataView(bytesOf(one).buffer), 0, one.length) : list.codeOf(one)
        })
        expect(codes).toEqual(texts.map((one) => known.indexOf(one) + 1))
        expect(list.all()).toEqual(known)
      }),
      { seed: SEED },
    )
  })
})

describe('columns', () => {
  const KINDS = ['auto', 'gpt-5', null, 'auto', 'ünï'] as const

  it('take words that somebody keeps as they take texts, chunk after chunk', () => {
    const rows = CHUNK_ROWS + 10
    const words = KINDS.map((text) => new Word(text))
    const texts = new FactBuilder('i')
    const kept = new FactBuilder('i')
    for (let i = 0; i < rows; i++) {
      texts.columns('usage').model.put(KINDS[i % KINDS.length]!)
      texts.columns('usage').person.put(KINDS[(i * 3) % KINDS.length]!)
      texts.close('usage', factKey().begin().number(i), i)
      kept.columns('usage').model.putWord(words[i % KINDS.length]!)
      kept.columns('usage').person.putWord(words[(i * 3) % KINDS.length]!)
      kept.close('usage', factKey().begin().number(i), i)
    }
    const [plain, other] = [texts.finish(), kept.finish()]
    expect(checksumOf(other)).toBe(checksumOf(plain))
    expect(other.map(({ columns }) => cellAt(columns['model']!, 3))).toEqual(['auto', 'ünï'])
  })

  it(`read amounts by halves: exact up to 2^53, then Infinity, unknown as NaN (seed ${SEED})`, () => {
    const edge = 2n ** 53n
    const corners = [0n, -1n, edge - 1n, edge, -edge, -edge - 1n, UNKNOWN_NANOS, UNKNOWN_NANOS + 1n, 2n ** 63n - 1n]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.bigInt({ min: -edge * 8n, max: edge * 8n }), fc.constantFrom(...corners))),
        (all) => {
          const halves = halvesOf(BigInt64Array.from(all))
          expect(all.map((_, row) => nanosAt(halves, row))).toEqual(
            all.map((value) =>
              value === UNKNOWN_NANOS ? NaN : value >= -edge && value < edge ? Number(value) : Infinity,
            ),
          )
        },
      ),
      { seed: SEED },
    )
  })
})

describe('resolveFacts', () => {
  const early = usageOf('early', [
    { key: 'a', output: 1 },
    { key: 'b', output: 2 },
  ])
  const late = usageOf('late', [
    { key: 'b', output: 20 },
    { key: 'c', output: 30 },
  ])

  it('lets the statement with the later moment hold, whatever was imported first', () => {
    expect(outputs([...early, ...late], [order('early', 1, 1), order('late', 2, 2)])).toEqual([1, 20, 30])
    expect(outputs([...late, ...early], [order('early', 1, 2), order('late', 2, 1)])).toEqual([1, 20, 30])
  })

  it('falls back to the order of commits at equal moments, and takes no moment for the earliest', () => {
    expect(outputs([...early, ...late], [order('early', 5, 2), order('late', 5, 1)])).toEqual([1, 2, 30])
    expect(outputs([...early, ...late], [order('early', 1, 1), order('late', null, 2)])).toEqual([1, 2, 30])
  })

  it('brings back what an import replaced when it is taken back', () => {
    expect(outputs(early, [order('early', 1, 1)])).toEqual([1, 2])
  })

  it('of nothing is nothing', () => {
    expect(Object.values(noFacts()).every(({ rows }) => rows === 0)).toBe(true)
  })

  it(`gives one set for every order of imports (seed ${SEED})`, () => {
    const file = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), output: fc.nat(9) }), { maxLength: 5 })
    fc.assert(
      fc.property(fc.array(file, { minLength: 2, maxLength: 4 }), fc.nat(23), (files, turn) => {
        const chunks = files.map((rows, i) => usageOf(`i${i}`, rows))
        const seqs = chunks.map((_, i) => ((i + turn) % chunks.length) + 1)
        const forward = resolveFacts(
          chunks.flat(),
          chunks.map((_, i) => order(`i${i}`, i, i + 1)),
        )
        const other = resolveFacts(
          [...chunks].reverse().flat(),
          chunks.map((_, i) => order(`i${i}`, i, seqs[i]!)),
        )
        expect(saying(other)).toBe(saying(forward))
      }),
      { seed: SEED },
    )
  })
})

describe('KeyIndex', () => {
  it(`answers like a map (seed ${SEED})`, () => {
    const entry = fc.tuple(fc.nat(5), fc.constantFrom(0, 2 ** 32, 2 ** 52, 2 ** 53 - 8), fc.nat(3))
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 30 }), { maxLength: 4 }), (parts) => {
        const chunks = parts.map((entries) => ({
          rows: entries.length,
          keys: Float64Array.from(entries, ([low, high]) => high + low),
          checks: Float64Array.from(entries, ([, , check]) => check),
        }))
        const [last, first] = [new KeyIndex(chunks), new KeyIndex(chunks)]
        const [lastMap, firstMap] = [new Map<string, number>(), new Map<string, number>()]
        chunks.forEach(({ keys, checks, rows }, chunk) => {
          for (let row = 0; row < rows; row++) {
            const name = `${keys[row]!}/${checks[row]!}`
            expect(last.put(chunk, row)).toBe(lastMap.get(name) ?? -1)
            expect(first.putFirst(chunk, row)).toBe(firstMap.get(name) ?? -1)
            lastMap.set(name, chunk * 65_536 + row)
            if (!firstMap.has(name)) firstMap.set(name, chunk * 65_536 + row)
          }
        })
        for (const { keys, checks } of chunks) {
          keys.forEach((key, row) => expect(last.get(key, checks[row]!)).toBe(lastMap.get(`${key}/${checks[row]!}`)))
        }
        expect(last.get(77, 77)).toBe(-1)
      }),
      { seed: SEED },
    )
  })
})
