import { describe, expect, it } from 'vitest'
import { type ImportRun, recogniseFormat, sourceDocumentOf } from '../../../shared/importers/index.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { LIMITS, lookAtBytes, readJson, readText } from '../../../shared/tables/index.ts'
import { bytesOf, NOTHING, rowsOf, runOf, stageBytes, staged } from '../../support/stage.ts'

/** Bytes that say they are many more. */
function claiming(length: number, text: string): Uint8Array {
  const bytes = bytesOf(text)
  Object.defineProperty(bytes, 'length', { value: length })
  return bytes
}

const usage = (cells: string) => `date,billed,input tokens\n${cells}\n`
const currency = { currency: 'USD' }

async function fateOf(cells: string): Promise<'accepted' | 'kept aside'> {
  const { record } = await staged('file.csv', usage(cells), { ...currency, decimalMark: '.' })
  return record.counts.new === 1 ? 'accepted' : 'kept aside'
}

const landing = (i: number) =>
  [
    '\u001eQD1',
    String(i).padStart(40, '0'),
    '',
    ...Array<string>(2).fill('2026-02-01T10:00:00Z'),
    '',
    '',
    '',
    '',
    '',
    's\n',
  ].join('\u001f')

describe('limits of an import', () => {
  it('are named where a file is refused for one', async () => {
    const outcome = await stageBytes(
      'f.csv',
      bytesOf(usage('2026-02-01,1,2\n2026-02-01,1,3')),
      currency,
      NOTHING,
      most(1),
    )
    expect(outcome.ok ? '' : tellIssue(outcome.issues[0]!)).toContain('at most 1 records in one file')
  })

  it('files of 4 GiB, not one byte more', () => {
    const codeOf = (length: number) => {
      const document = {
        ...sourceDocumentOf('f.csv', bytesOf(''), instantOf(0)),
        bytes: claiming(length, usage('x,y,z')),
      }
      const found = recogniseFormat(document)
      return found.ok ? 'read' : found.issues[0]!.code
    }
    expect(codeOf(LIMITS.fileBytes)).not.toBe('tables/file-too-big')
    expect(codeOf(LIMITS.fileBytes + 1)).toBe('tables/file-too-big')
  })

  it('JSON of 256 MiB, not one byte more', () => {
    const codeOf = (length: number) => {
      const read = readJson(claiming(length, '{"a":1}'), lookAtBytes(bytesOf('{"a":1}')))
      return read.ok ? 'read' : read.issues[0]!.code
    }
    expect(codeOf(LIMITS.jsonBytes)).toBe('read')
    expect(codeOf(LIMITS.jsonBytes + 1)).toBe('tables/json-too-big')
  })

  it('text that has to be one string of 500 MiB, not one byte more', () => {
    const codeOf = (length: number) => {
      const read = readText(claiming(length, 'a'), lookAtBytes(bytesOf('a')))
      return read.ok ? 'read' : read.issues[0]!.code
    }
    expect(codeOf(LIMITS.textBytes + 1)).toBe('tables/text-too-big')
    expect(codeOf(LIMITS.textBytes)).toBe('read')
  })

  const most = (mostRows: number): ImportRun => ({ ...runOf(), mostRows })

  it.each([
    [
      'a table',
      'f.csv',
      (rows: number) => usage(Array.from({ length: rows }, (_, i) => `2026-02-01,1,${i}`).join('\n')),
    ],
    ['a git log', 'f.txt', (rows: number) => Array.from({ length: rows }, (_, i) => landing(i)).join('')],
  ])('as many records of %s as said, not one more', async (_what, name, text) => {
    const codeOf = async (rows: number) => {
      const outcome = await stageBytes(name, bytesOf(text(rows)), currency, NOTHING, most(5))
      return outcome.ok ? outcome.value.record.counts.rows : outcome.issues[0]!.code
    }
    expect(await codeOf(5)).toBe(5)
    expect(await codeOf(6)).toBe('import/too-many-rows')
  })

  it.each<[string, (chars: number) => readonly [string, string]]>([
    ['the subject of a landing', (chars) => ['f.txt', landing(1).replace('\u001fs\n', `\u001f${'s'.repeat(chars)}\n`)]],
    ['a path', (chars) => ['f.txt', `${landing(1)}1\t1\t${'p'.repeat(chars)}\n`]],
  ])('%s of 64 KiB letters, not one more', async (_what, file) => {
    const countsOf = async (chars: number) => {
      const { counts } = (await staged(...file(chars))).record
      return [counts.new, counts.keptAside]
    }
    expect(await countsOf(LIMITS.fieldChars)).toEqual([1, 0])
    expect(await countsOf(LIMITS.fieldChars + 1)).toEqual([0, 1])
  })

  it('100,000 rows kept aside with their text; more are counted', async () => {
    const { keptAside, record } = await staged('f.csv', usage('x\n'.repeat(100_001)), currency)
    expect([keptAside.length, record.counts.keptAside]).toEqual([100_000, 100_001])
  })

  it.each([
    ['1970-01-01,1,1', '1969-12-31,1,1'],
    ['2199-12-31,1,1', '2200-01-01,1,1'],
    ['2026-02-01,9223372036.854775807,1', '2026-02-01,9223372036.854775808,1'],
    ['2026-02-01,-9223372036.854775807,1', '2026-02-01,-9223372036.854775808,1'],
    ['2026-02-01,1,9007199254740991', '2026-02-01,1,9007199254740992'],
  ])('%s is read, %s is kept aside', async (inside, outside) => {
    expect([await fateOf(inside), await fateOf(outside)]).toEqual(['accepted', 'kept aside'])
  })
})

describe('a long git log', () => {
  const text = Array.from({ length: 12_000 }, (_, i) => landing(i)).join('')

  it('tells its progress by what was read, some hundredths of a second apart', async () => {
    const shares: number[] = []
    await stageBytes('f.txt', bytesOf(text), {}, NOTHING, { ...runOf(), onProgress: (share) => shares.push(share) })
    expect(shares.length).toBe(Math.floor(text.length / (512 * 1024)) + 1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  it('stops between two such steps when cancelled', async () => {
    let steps = 0
    const run = { ...runOf(), isCancelled: () => ++steps === 2 }
    const outcome = await stageBytes('f.txt', bytesOf(text), {}, NOTHING, run)
    expect([outcome.ok ? null : outcome.issues[0]!.code, steps]).toEqual(['import/cancelled', 2])
  })
})

describe('dangerous names', () => {
  it('of columns are kept as names and touch no prototype', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const before = Object.getOwnPropertyNames(Object.prototype).sort().join()
    const read = await staged(
      'f.csv',
      `date,billed,${names.join()}\n2026-02-01,1,${names.map((name) => `x${name}`).join()}\n`,
      currency,
    )
    expect(rowsOf(read, 'usage')[0]).toMatchObject({ extra: names.map((name) => `${name}: x${name}`).join('\n') })
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(before)
    expect(({} as { x__proto__?: unknown }).x__proto__).toBeUndefined()
  })
})
