import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Issue } from '../../../shared/issues/index.ts'
import { LIMITS, lookAtBytes, type RawTable, readTable, type TableChoices } from '../../../shared/tables/index.ts'
import { bytesOf } from '../../support/stage.ts'

const SEED = 20_261_120

function open(content: string | Uint8Array, choices: TableChoices = {}): RawTable {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const table = readTable(bytes, lookAtBytes(bytes), choices)
  if (!table.ok) throw new Error(table.issues[0]!.code)
  return table.value
}

function refusedBy(content: string | Uint8Array, choices: TableChoices = {}): string | null {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const table = readTable(bytes, lookAtBytes(bytes), choices)
  return table.ok ? null : table.issues[0]!.code
}

interface Row {
  readonly row: number
  readonly line: number
  readonly cells: readonly string[]
  readonly flaw: Issue | null
}

function inBatches(table: RawTable): readonly Row[] {
  return [...table.batches()].flatMap(({ first, rows, lines, flaws }) =>
    rows.map((cells, i) => ({ row: first + i, line: lines[i]!, cells, flaw: flaws.get(i) ?? null })),
  )
}

function inPieces(table: RawTable): readonly Row[] {
  const rows: Row[] = []
  for (const piece of table.pieces()) {
    while (piece.next()) {
      const { row, line, cells, flaw } = piece
      const own = Array.from({ length: cells.count }, (_, at) => cells.text(at))
      if (own.some((text, at) => (text === '') !== cells.isEmpty(at))) throw new Error(`emptiness of line ${line}`)
      rows.push({ row, line, cells: own, flaw })
    }
  }
  return rows
}

/** Both ways of reading, which must say the same of every file. */
function recordsOf(table: RawTable): readonly Row[] {
  const [rows, others] = [inBatches(table), inPieces(table)]
  if (JSON.stringify(others) !== JSON.stringify(rows)) expect(others).toEqual(rows)
  return rows
}

function rowsOf(table: RawTable): readonly (readonly string[])[] {
  return recordsOf(table).map(({ cells }) => cells)
}

function flawsOf(table: RawTable): readonly (readonly [number, string])[] {
  return recordsOf(table).flatMap(({ line, flaw }) => (flaw === null ? [] : [[line, flaw.code] as const]))
}

function utf16(text: string, isLittle: boolean, hasMark: boolean): Uint8Array {
  const units = [...(hasMark ? '\uFEFF' : ''), ...text].flatMap((letter) =>
    Array.from({ length: letter.length }, (_, i) => letter.charCodeAt(i)),
  )
  return Uint8Array.from(units.flatMap((unit) => (isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])))
}

describe('looking at bytes', () => {
  const kind = (bytes: readonly number[] | string) =>
    lookAtBytes(typeof bytes === 'string' ? bytesOf(bytes) : Uint8Array.from(bytes)).kind

  it('tells what a file is by its first bytes', () => {
    expect(kind([0x1f, 0x8b, 8])).toBe('gzip')
    expect(kind([0x50, 0x4b, 3, 4])).toBe('zip')
    expect(kind('%PDF-1.7')).toBe('pdf')
    expect(kind([0x89, 0x50, 0x4e, 0x47])).toBe('png')
    expect(kind('  <!DOCTYPE html><p>')).toBe('html')
    expect(kind('[{"a":1}]')).toBe('json')
    expect(kind('{"a":1}')).toBe('json')
    expect(kind('[draft] name,cost\n')).toBe('text')
    expect(kind('')).toBe('empty')
    expect(kind('\n \r\n')).toBe('empty')
    expect(kind([0xef, 0xbb, 0xbf])).toBe('empty')
    expect(kind('date,cost')).toBe('text')
  })

  it.each([
    ['UTF-8 with a mark', bytesOf('\uFEFFday,≤\n1,é😀\n')],
    ['UTF-16LE with a mark', utf16('day,≤\n1,é😀\n', true, true)],
    ['UTF-16BE with a mark', utf16('day,≤\n1,é😀\n', false, true)],
  ])('reads %s in pieces of any size', (_name, bytes) => {
    for (const chunkBytes of [1, 2, 3, 5, 1000]) {
      const table = open(bytes, { chunkBytes })
      expect([table.header, ...rowsOf(table)]).toEqual([
        ['day', '≤'],
        ['1', 'é😀'],
      ])
    }
  })

  it('reads UTF-16 without a mark where every other byte is NUL', () => {
    expect(rowsOf(open(utf16('day,cost\n1,2\n', true, false)))).toEqual([['1', '2']])
    expect(rowsOf(open(utf16('day,cost\n1,2\n', false, false)))).toEqual([['1', '2']])
  })

  it('asks about bytes that are no UTF-8, keeps their rows aside, or reads windows-1252 when told', () => {
    const bytes = Uint8Array.from([
      ...bytesOf('name,cost\ncaf'),
      0xe9,
      ...bytesOf(',1\n'),
      0x80,
      ...bytesOf(',2\nok,3\n'),
    ])
    expect(refusedBy(bytes)).toBe('tables/encoding-unknown')
    const later = [...open(bytes, { chunkBytes: 10 }).batches()].map((batch) => batch.stopped?.code)
    expect(later.at(-1)).toBe('tables/encoding-unknown')
    const kept = open(bytes, { encoding: 'utf-8' })
    expect(flawsOf(kept)).toEqual([
      [2, 'tables/bytes-not-utf8'],
      [3, 'tables/bytes-not-utf8'],
    ])
    expect(rowsOf(open(bytes, { encoding: 'windows-1252' })).map(([name]) => name)).toEqual(['café', '€', 'ok'])
  })
})

describe('records', () => {
  it('keep their cells, quotes and line feeds, and know their line', () => {
    const table = open('a,b\r\n"x\r\ny","say ""hi"""\r\n\r\n5" disk,  z \r\n')
    const batches = [...table.batches()]
    expect(batches.flatMap(({ rows }) => rows)).toEqual([
      ['x\r\ny', 'say "hi"'],
      ['5" disk', '  z '],
    ])
    expect(batches.flatMap(({ lines }) => lines)).toEqual([2, 5])
  })

  it('are kept apart when one is damaged', () => {
    const table = open('a,b\n"x"tail,1\n2,3\n"open,4\n5,6\n')
    expect(flawsOf(table)).toEqual([
      [2, 'tables/text-after-quote'],
      [4, 'tables/unterminated-quote'],
    ])
    expect(rowsOf(table)[1]).toEqual(['2', '3'])
  })

  it('may hold no NUL', () => {
    expect(flawsOf(open('a,b\n1,x\0\n2,y\n'))).toEqual([[2, 'tables/control-character']])
  })

  it.each([
    ['semicolon', 'a;b\n1,5;2\n', ';'],
    ['tab', 'a\tb\n1\t2\n', '\t'],
    ['bar', 'a|b\n1|2\n', '|'],
    ['comma under free text', 'a,b\nx; y; z,1\nx; y; z,2\n', ','],
    ['what sep= says', 'sep=;\na,x;b\n1,y;2\n', ';'],
    ['comma for one column', 'a\n1\n', ','],
  ])('find their delimiter: %s', (_name, text, delimiter) => {
    expect(open(text).delimiter).toBe(delimiter)
  })

  it('end at CR where a file knows no LF, at LF and CRLF mixed elsewhere', () => {
    expect(rowsOf(open('a,b\r1,2\r3,4\r'))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(rowsOf(open('a,b\r\n1,2\n3,4\r\n5,6'))).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  const cell = fc.string({
    unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r\n', ' ', 'é', '😀', "'", '='),
    maxLength: 6,
  })
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`

  it(`read back what was written, in pieces of any size (seed ${SEED})`, () => {
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40 }), (cells, chunkBytes) => {
        const text = ['h1,h2,h3', ...cells.map((row) => row.map(quote).join(','))].join('\n')
        expect(rowsOf(open(text, { chunkBytes, delimiter: ',' }))).toEqual(cells)
      }),
      { seed: SEED },
    )
  })

  it(`are the same for every size of piece, whatever the text (seed ${SEED})`, () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 60 })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (body, chunkBytes) => {
        const read = (size: number) => {
          const table = open(`a,b\n${body}`, { chunkBytes: size, delimiter: ',' })
          return recordsOf(table)
        }
        expect(read(chunkBytes)).toEqual(read(100_000))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})

describe('limits', () => {
  it('field of 65,536 characters, not one more', () => {
    const of = (chars: number) => flawsOf(open(`a,b\n${'x'.repeat(chars)},1\n`))
    expect(of(LIMITS.fieldChars)).toEqual([])
    expect(of(LIMITS.fieldChars + 1)).toEqual([[2, 'tables/field-too-long']])
  })

  it('record of 1,048,576 characters, not one more; the next one is read', () => {
    const field = `${'x'.repeat(60_000)},`
    const of = (chars: number) => {
      const body = (field.repeat(17) + 'y'.repeat(60_000)).slice(0, LIMITS.recordChars)
      const record = body + 'z'.repeat(chars - body.length)
      return open(`a,b\n${record}\n1,2\n`, { delimiter: ',', chunkBytes: 50_000 })
    }
    expect(flawsOf(of(LIMITS.recordChars))).toEqual([])
    expect(flawsOf(of(LIMITS.recordChars + 1))).toEqual([[2, 'tables/record-too-long']])
    expect(rowsOf(of(LIMITS.recordChars + 1)).at(-1)).toEqual(['1', '2'])
  })

  it('2,000 columns and names of 256 characters', () => {
    const columns = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`).join(',')
    expect(refusedBy(`${columns(2000)}\n`)).toBeNull()
    expect(refusedBy(`${columns(2001)}\n`)).toBe('tables/too-many-columns')
    expect(refusedBy(`${'n'.repeat(256)},b\n`)).toBeNull()
    expect(refusedBy(`${'n'.repeat(257)},b\n`)).toBe('tables/header-name-too-long')
  })

  it('stay linear on quotes and unclosed quotes', () => {
    const started = performance.now()
    rowsOf(open(`a,b\n${'"'.repeat(400_000)}\n`))
    rowsOf(open(`a,b\n${'"x,1\n'.repeat(80_000)}`))
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('headers', () => {
  it('keep repeated and dangerous names by position', () => {
    const table = open('a,__proto__,a,constructor,__parsed_extra\n1,2,3,4,5\n')
    expect(table.header).toEqual(['a', '__proto__', 'a', 'constructor', '__parsed_extra'])
    expect(rowsOf(table)).toEqual([['1', '2', '3', '4', '5']])
  })

  it('lose marks nobody sees', () => {
    expect(open('\u00A0 date , model\u200B,tokens\t\n1,2,3\n').header).toEqual(['date', 'model', 'tokens'])
  })

  it('may stand on the line the user names', () => {
    const table = open('Report\n\ndate,cost\n1,2\n', { headerLine: 3 })
    expect([table.header, table.headerLine, rowsOf(table)]).toEqual([['date', 'cost'], 3, [['1', '2']]])
  })

  it('are missed in files of nothing', () => {
    expect(refusedBy('\n\r\n\n')).toBe('tables/empty-file')
  })
})

describe('cells', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', ' ', ' x', '"', '""', ',', ';', '\n', '\r\n', 'a"b', "'", 'é', '漢', '\u{1F600}', '0.10'),
    fc.string({ maxLength: 6 }).filter((text) => !/[\0\r]/.test(text)),
  )
  const quoted = (text: string, isForced: boolean) =>
    isForced || /["\n\r,]|^ /.test(text) ? `"${text.replaceAll('"', '""')}"` : text

  it(`are those papaparse reads, for any chunk size (seed ${SEED})`, () => {
    const rows = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), { maxLength: 8 })
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 90 }), (table, end, chunkBytes) => {
        const text = [
          'h1,h2',
          ...table.map((cells) => cells.map(([value, isForced]) => quoted(value, isForced)).join(',')),
        ].join(end)
        const bytes = new TextEncoder().encode(text)
        const read = readTable(bytes, lookAtBytes(bytes), { chunkBytes, delimiter: ',' })
        if (!read.ok) throw new Error(read.issues[0]!.code)
        const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: end })
        expect(rowsOf(read.value)).toEqual(data.slice(1))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})
