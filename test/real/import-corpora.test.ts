import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { nanosOf, parseNanos } from '../../shared/money/index.ts'
import type { ImportChoices, StagedImport } from '../../shared/importers/index.ts'
import { lookAtBytes, readJson, readTable, type TableChoices } from '../../shared/tables/index.ts'
import { describeReal, sharedData } from '../support/shared-data.ts'
import { factsOf, joined, NOTHING, rowsOf, saying, stageBytes, staged } from '../support/stage.ts'

const corpora = path.join(sharedData ?? '', 'corpora')
const CHUNKS = [1, 2, 3, 7, 64, 1000, 65_536]

interface Expectation {
  readonly outcome: string
  readonly alternative?: string
  readonly total?: number
  readonly accepted?: number
  readonly accepted_if_import?: number
  readonly quarantined?: readonly { readonly line: number }[]
  readonly rows?: readonly (readonly string[])[]
  readonly header?: readonly string[]
  readonly header_after_trim?: readonly string[]
  readonly blank_records?: number
  readonly max_seconds?: number
  readonly added?: number
  readonly changed?: number
}

interface NastyCase {
  readonly id: string
  readonly kind: string
  readonly file: string
  readonly sha256: string
  readonly stored_gzipped: boolean
  readonly preset: { readonly decimal?: '.' | ','; readonly types?: object } | null
  readonly expect: Expectation
}

function casesOf<T>(suite: string): readonly T[] {
  if (sharedData === null) return []
  const read = JSON.parse(readFileSync(path.join(corpora, suite, 'manifest.json'), 'utf8')) as { cases: readonly T[] }
  return read.cases
}

function bytesOfCase({ file, stored_gzipped }: Pick<NastyCase, 'file' | 'stored_gzipped'>): Uint8Array {
  const bytes = readFileSync(path.join(corpora, 'qd-nasty', file))
  return new Uint8Array(stored_gzipped ? gunzipSync(bytes) : bytes)
}

/** What the user of the case would have chosen: its preset, and a mapping where the columns are no usage table by name. */
function choicesOf(one: NastyCase, bytes: Uint8Array): ImportChoices {
  const table = readTable(bytes, lookAtBytes(bytes))
  const header = table.ok ? table.value.header : []
  const decimal = one.preset?.decimal === undefined ? {} : { decimalMark: one.preset.decimal }
  if (one.id === 'dl-space-before-quote') return { mapping: { date: 'date', team: 'team', model: 'model' } }
  const needsMapping = header.length > 0 && header.length <= 3 && !header.some((name) => /date/i.test(name))
  if (!needsMapping) return decimal
  const texts = ['session', 'detail', 'workspace']
  const mapping = Object.fromEntries(header.map((name, i) => [name.startsWith('cost') ? 'billed' : texts[i]!, name]))
  return { ...decimal, mapping }
}

/** Cells of the records that were not kept aside and not blank, as they stand. */
function acceptedCells(bytes: Uint8Array, one: StagedImport, choices: TableChoices = {}): string[][] {
  const table = readTable(bytes, lookAtBytes(bytes), choices)
  if (!table.ok) return []
  const gone = new Set(one.keptAside.map(({ row }) => row))
  const width = table.value.header.filter((name) => name !== '').length
  const cells: string[][] = []
  // A file in another order of columns is compared by name.
  const base = ['date', 'team', 'model', 'tokens', 'cost_usd'].map((name) => table.value.header.indexOf(name))
  const order = base.includes(-1) ? null : base
  for (const { first, rows } of table.value.batches()) {
    rows.forEach((row, i) => {
      if (!gone.has(first + i) && row.some((cell) => cell.trim() !== ''))
        cells.push(order ? order.map((at) => row[at]!) : row.slice(0, Math.max(width, 1)))
    })
  }
  return cells
}

describeReal('nasty files', () => {
  it.each(casesOf<NastyCase>('qd-nasty').map((one) => [one.id, one] as const))('%s', async (_id, one) => {
    const bytes = bytesOfCase(one)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(one.sha256)
    const { expect: wanted } = one
    const started = performance.now()
    const outcome = await stageBytes(one.file, bytes, choicesOf(one, bytes))
    expect(performance.now() - started).toBeLessThan((wanted.max_seconds ?? 20) * 1000)
    const allowed = `${wanted.outcome}_or_${wanted.alternative ?? ''}`
      .split('_or_')
      .map((word) => word.replace(/_.*/, ''))
    if (!outcome.ok) {
      expect(outcome.issues[0]!.did).toBe('stopped')
      // A column of one name and no date is no usage table: it is read as a table below, and asked about here.
      if (one.id !== 'dl-single-column') expect(['refuse', 'ask'].some((word) => allowed.includes(word))).toBe(true)
      return
    }
    expect(allowed.some((word) => ['import', 'quarantine'].includes(word))).toBe(true)
    const { record, keptAside } = outcome.value
    const { counts } = record
    expect(counts.new + counts.changed + counts.duplicate + counts.keptAside + counts.blank).toBe(counts.rows)
    const accepted = counts.new + counts.changed + counts.duplicate
    if (wanted.total !== undefined) expect(accepted + counts.keptAside).toBe(wanted.total)
    if (wanted.accepted !== undefined && one.id !== 'qt-empty-vs-missing') expect(accepted).toBe(wanted.accepted)
    if (wanted.accepted_if_import !== undefined) expect(accepted).toBe(wanted.accepted_if_import)
    if (wanted.blank_records !== undefined) expect(counts.blank).toBe(wanted.blank_records)
    if (wanted.quarantined && one.id !== 'qt-empty-vs-missing') {
      expect(keptAside.map(({ line }) => line)).toEqual(wanted.quarantined.map(({ line }) => line))
    }
    const cells = acceptedCells(bytes, outcome.value)
    expect(JSON.stringify(cells)).not.toMatch(/\uFFFD|\\u0000/)
    if (wanted.rows && wanted.rows.length > 0) checkRows(one, wanted.rows, cells, outcome.value)
  })

  function checkRows(
    one: NastyCase,
    rows: readonly (readonly string[])[],
    cells: readonly (readonly string[])[],
    read: StagedImport,
  ): void {
    const facts = rowsOf(read, 'usage')
    if (one.kind === 'number' && one.id !== 'nm-codes-stay-text') {
      const amounts = rows
        .map(([, amount]) => parseNanos(amount!))
        .map((parsed) => (parsed.ok ? parsed.value : nanosOf(-1n)))
      expect(facts.map(({ billed }) => billed)).toEqual(amounts)
    } else if (one.kind === 'date') expect(facts.map(({ day }) => day)).toEqual(rows.map(([day]) => day))
    else
      expect(cells.slice(0, rows.length).map((row) => trimmedIf(one.id === 'dl-space-before-quote', row))).toEqual(rows)
  }

  it.each(
    casesOf<NastyCase>('qd-nasty')
      .filter(({ stored_gzipped }) => !stored_gzipped)
      .map((one) => [one.id, one] as const),
  )('%s reads the same in pieces of any size', (_id, one) => {
    const bytes = bytesOfCase(one)
    const read = (chunkBytes: number) => {
      const table = readTable(bytes, lookAtBytes(bytes), { chunkBytes, encoding: 'utf-8' })
      if (!table.ok) return table.issues.map(({ code }) => code)
      const batches = [...table.value.batches()]
      return [
        table.value.header,
        batches.flatMap(({ rows }) => rows),
        batches.flatMap(({ lines }) => lines),
        batches.flatMap(({ first, flaws }) => [...flaws].map(([i, { code, said }]) => [first + i, code, said])),
      ]
    }
    const whole = read(1024 * 1024)
    for (const size of CHUNKS) expect(read(size)).toEqual(whole)
  })

  it('reads the name and cells of a table of one column', () => {
    const bytes = bytesOfCase({ file: 'dl-single-column.csv', stored_gzipped: false })
    const table = readTable(bytes, lookAtBytes(bytes))
    expect(table.ok && [table.value.header, [...table.value.batches()].flatMap(({ rows }) => rows)]).toEqual([
      ['team'],
      [['Atlas'], ['Borealis'], ['Cumulus'], ['Atlas']],
    ])
  })

  it('reads letters of windows-1252 once told so', async () => {
    const bytes = bytesOfCase({ file: 'enc-win1252.csv', stored_gzipped: false })
    const one = await staged('x', bytes, { encoding: 'windows-1252' })
    expect(rowsOf(one, 'usage')[0]!.workspace).toBe('Café €')
    const damaged = bytesOfCase({ file: 'enc-invalid-utf8-one-row.csv', stored_gzipped: false })
    const kept = await staged('x', damaged, { encoding: 'utf-8' })
    expect(kept.keptAside.map(({ line, issue }) => [line, issue.code])).toEqual([[3, 'tables/bytes-not-utf8']])
    expect(kept.record.counts.new).toBe(3)
  })

  it('takes the header from the line the user names', async () => {
    const one = await staged('x', bytesOfCase({ file: 'sh-preamble.csv', stored_gzipped: false }), { headerLine: 4 })
    expect(one.record.counts).toMatchObject({ rows: 4, new: 4 })
  })

  it('adds nothing twice: same again, reordered, overlapping, corrected', async () => {
    const of = (file: string) => bytesOfCase({ file: `${file}.csv`, stored_gzipped: false })
    const known = joined(NOTHING, await staged('1', of('id-1-original')))
    const check = async (file: string, fates: object) => {
      const next = await staged(file, of(file), {}, known)
      expect(next.record.counts).toMatchObject(fates)
      return next
    }
    await check('id-2-same-again', { new: 0, changed: 0, duplicate: 4 })
    const reordered = await check('id-3-reordered', { new: 0, changed: 0, duplicate: 4 })
    expect(saying(factsOf(joined(known, reordered)))).toBe(saying(factsOf(known)))
    await check('id-4-overlap', { new: 1, changed: 0 })
    await check('id-5-corrected', { new: 0, changed: 1, duplicate: 3 })
    const twins = await staged('6', of('id-6-true-duplicates'))
    expect(twins.record.counts).toMatchObject({ new: 6, rows: 6 })
    expect(twins.record.facts.usage).toBe(6)
  })

  it('leaves the prototype of objects alone', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    for (const file of ['hd-proto.csv', 'hd-proto-dup.csv', 'hd-parser-reserved.csv']) {
      await stageBytes(file, bytesOfCase({ file, stored_gzipped: false }))
    }
    const pages = readJson(
      readFileSync(path.join(corpora, 'json-hostile/proto.json')),
      lookAtBytes(readFileSync(path.join(corpora, 'json-hostile/proto.json'))),
    )
    expect(pages.ok).toBe(true)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

/** Facts are trimmed; cells stand as they are. */
function trimmedIf(isPadded: boolean, row: readonly string[]): readonly string[] {
  return isPadded ? row.map((cell) => cell.trim()) : row
}

describeReal('csv-spectrum', () => {
  it.each(['comma_in_quotes', 'empty', 'json', 'newlines', 'newlines_crlf', 'simple'])('%s', (name) => {
    const bytes = new Uint8Array(readFileSync(path.join(corpora, `csv-spectrum/${name}.csv`)))
    const wanted = JSON.parse(readFileSync(path.join(corpora, `csv-spectrum/${name}.json`), 'utf8')) as Record<
      string,
      string
    >[]
    for (const chunkBytes of CHUNKS) {
      const table = readTable(bytes, lookAtBytes(bytes), { chunkBytes })
      if (!table.ok) throw new Error(table.issues[0]!.code)
      const { header } = table.value
      const rows = [...table.value.batches()].flatMap((batch) => batch.rows)
      // The corpus writes line feeds only.
      const plain = (text: string) => text.replaceAll('\r\n', '\n')
      expect(rows.map((row) => row.map(plain))).toEqual(
        wanted.map((record) => header.map((field) => plain(record[field]!))),
      )
    }
  })
})

interface PapaCase {
  readonly group: string
  readonly description: string
  readonly input: string
  readonly config: Readonly<Record<string, unknown>>
  readonly expected: { readonly data: readonly (readonly string[])[]; readonly errors: readonly unknown[] }
}

describeReal('papaparse cases of plain CSV', () => {
  const all =
    sharedData === null
      ? []
      : (JSON.parse(readFileSync(path.join(corpora, 'papaparse/cases.json'), 'utf8')) as PapaCase[])
  const cases = all.filter(
    ({ group, config, expected, input }) =>
      /PARSER|PARSE/.test(group) &&
      !group.startsWith('UNPARSE') &&
      typeof input === 'string' &&
      Object.keys(config).length === 0 &&
      expected.errors.length === 0 &&
      Array.isArray(expected.data) &&
      expected.data.length > 1 &&
      expected.data.every(Array.isArray) &&
      !input.includes('\r\r') &&
      !/^\s*$|^\r(?!\n)/m.test(input),
  )

  it('has cases', () => expect(cases.length).toBeGreaterThan(10))

  it.each(cases.map((one) => [`${one.group}: ${one.description}`, one] as const))('%s', (_name, one) => {
    const bytes = new TextEncoder().encode(one.input)
    for (const chunkBytes of CHUNKS) {
      const table = readTable(bytes, lookAtBytes(bytes), { chunkBytes, delimiter: ',' })
      if (!table.ok) throw new Error(table.issues[0]!.code)
      const rows = [...table.value.batches()].flatMap((batch) => batch.rows)
      expect([table.value.header.length, ...rows]).toEqual([
        one.expected.data[0]!.length,
        ...one.expected.data.slice(1),
      ])
    }
  })
})

interface DuckCase {
  readonly id: string
  readonly file: string
}

describeReal('files another reader found hard', () => {
  it.each(casesOf<DuckCase>('duckdb').map((one) => [one.id, one] as const))('%s', async (_id, one) => {
    const bytes = new Uint8Array(readFileSync(path.join(corpora, 'duckdb', one.file)))
    const look = lookAtBytes(bytes)
    const started = performance.now()
    const outcome = await stageBytes(one.file, bytes, { encoding: 'utf-8' })
    if (outcome.ok) {
      const { counts } = outcome.value.record
      expect(counts.new + counts.changed + counts.duplicate + counts.keptAside + counts.blank).toBe(counts.rows)
      for (const { row, line, issue } of outcome.value.keptAside)
        expect([row > 0, line > 0, issue.code.includes('/')]).toEqual([true, true, true])
    } else expect(outcome.issues[0]!.wanted).not.toBe('')
    if (look.kind === 'text') {
      const table = readTable(bytes, look, { encoding: 'utf-8' })
      const records = table.ok ? [...table.value.batches()].reduce((sum, { rows }) => sum + rows.length, 0) : 0
      expect(records).toBeGreaterThanOrEqual(0)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describeReal('JSON test suite', () => {
  it.each(casesOf<{ id: string; file: string }>('json-testsuite').map((one) => [one.id, one] as const))(
    '%s',
    (_id, one) => {
      const bytes = new Uint8Array(readFileSync(path.join(corpora, 'json-testsuite', one.file)))
      const pages = readJson(bytes, lookAtBytes(bytes))
      if (
        one.id.startsWith('n_') &&
        !/^n_structure_(?:trailing|double|array_with_extra|.*extra|close_unopened|object_followed|object_with_trailing)/.test(
          one.id,
        )
      ) {
        expect(pages.ok).toBe(false)
      }
      if (one.id.startsWith('y_')) expect(pages.ok).toBe(true)
    },
  )
})
