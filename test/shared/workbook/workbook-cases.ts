import fc from 'fast-check'
import type { Day, Zone } from '../../../shared/calendar/index.ts'
import { FACT_KINDS, FACT_TABLES, type ColumnKind, FactBuilder, type FactKind } from '../../../shared/facts/index.ts'
import type { ImportRecord, KeptAside } from '../../../shared/importers/index.ts'
import { newWorkbook, type StoredImport, type Workbook } from '../../../shared/workbook/index.ts'

/* Made-up workbooks for tests: a small one by hand and any number by chance. */

export const EMPTY: Workbook = newWorkbook({
  name: 'Plan',
  today: '2026-11-20' as Day,
  currency: 'USD',
  zone: 'Europe/Berlin' as Zone,
})

export function importRecord(id: string, seq: number, rest: Partial<ImportRecord> = {}): ImportRecord {
  return {
    id,
    seq,
    fileName: `${id}.csv`,
    fingerprint: 'f'.repeat(26),
    format: 'generic',
    formatName: 'Generic usage CSV',
    committedAt: 1_795_000_000_000 as ImportRecord['committedAt'],
    asOf: null,
    counts: { rows: 0, new: 0, changed: 0, duplicate: 0, keptAside: 0, blank: 0 },
    period: null,
    totals: {
      currency: null,
      tokens: {
        uncachedInput: null,
        cacheWrite5m: null,
        cacheWrite1h: null,
        cacheWriteUnknown: null,
        cacheRead: null,
        output: null,
        unsplit: null,
      },
      cost: { listed: null, billed: null, included: null, estimated: null },
    },
    facts: {},
    checksum: '',
    notes: [],
    ...rest,
  }
}

type Cell = string | number | bigint | null

/** An import whose facts are the given rows; columns left out are unknown. */
export function storedImport(
  id: string,
  seq: number,
  rows: readonly { readonly kind: FactKind; readonly key: string; readonly cells: Readonly<Record<string, Cell>> }[],
  keptAside: readonly KeptAside[] = [],
): StoredImport {
  const builder = new FactBuilder(id)
  const facts: Partial<Record<FactKind, number>> = {}
  rows.forEach(({ kind, key, cells }, index) => {
    const row: Record<string, Cell> = {}
    for (const column of Object.keys(FACT_TABLES[kind])) row[column] = cells[column] ?? null
    builder.add(kind, row as never, key, index + 1)
  })
  const chunks = [...builder.finish()].sort((a, b) => FACT_KINDS.indexOf(a.kind) - FACT_KINDS.indexOf(b.kind))
  for (const chunk of chunks) facts[chunk.kind] = (facts[chunk.kind] ?? 0) + chunk.rows
  const counts = {
    rows: rows.length,
    new: rows.length,
    changed: 0,
    duplicate: 0,
    keptAside: keptAside.length,
    blank: 0,
  }
  return { record: importRecord(id, seq, { facts, counts }), chunks, keptAside }
}

export function usageImport(id: string, seq: number, rows = 3): StoredImport {
  return storedImport(
    id,
    seq,
    Array.from({ length: rows }, (_, index) => ({
      kind: 'usage' as const,
      key: `${id}|${index}`,
      cells: {
        day: '2026-10-01',
        tool: 'Cursor',
        person: `p${index}@example.com`,
        output: index,
        billed: BigInt(index) * 7n,
      },
    })),
    [
      {
        row: 4,
        line: 5,
        column: 'Cost',
        issue: { code: 'import/number-ambiguous', said: '1.234', wanted: 'one decimal mark', did: 'kept-aside' },
        text: 'a,1.234',
      },
    ],
  )
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '\ud800', 'a\udfff', '__proto__', 'constructor', '=1+1', '\u0000', '\ufeff', '"\\'),
)
const border = fc.oneof(
  fc.constantFrom(0, -0, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 53, 2 ** 53 + 2, 5e-324, 1.7976931348623157e308, 0.1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

function cellOf(kind: ColumnKind): fc.Arbitrary<Cell> {
  if (kind === 'text') return fc.option(hostileText, { freq: 2 })
  if (kind === 'nanos')
    return fc.option(fc.constantFrom(0n, 2n ** 53n + 1n, -(2n ** 63n) + 1n, 2n ** 63n - 1n), { freq: 2 })
  if (kind === 'day') return fc.constantFrom(null, '1970-01-01', '2199-12-31', '2026-02-28')
  return fc.option(border, { freq: 2 })
}

const anyImport = (index: number): fc.Arbitrary<StoredImport> =>
  fc
    .array(
      fc.constantFrom(...FACT_KINDS).chain((kind) =>
        fc.record({
          kind: fc.constant(kind),
          key: hostileText,
          cells: fc.record(
            Object.fromEntries(
              Object.entries(FACT_TABLES[kind] as Readonly<Record<string, ColumnKind>>).map(([name, of]) => [
                name,
                cellOf(of),
              ]),
            ),
          ),
        }),
      ),
      { maxLength: 12 },
    )
    .map((rows) => storedImport(`import-${index}`, index + 1, rows))

/** Workbooks with hostile text, numbers at the borders, empty tables and every kind of fact. */
export const anyWorkbook: fc.Arbitrary<Workbook> = fc
  .record({
    name: hostileText,
    objectives: fc.array(fc.record({ name: hostileText, owner: hostileText, order: border }), { maxLength: 3 }),
    sets: fc.dictionary(
      hostileText.filter((key) => key !== '__proto__'),
      hostileText,
      { maxKeys: 3 },
    ),
    imports: fc
      .integer({ min: 0, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => anyImport(i)))),
  })
  .map(({ name, objectives, sets, imports }) => ({
    records: {
      ...EMPTY.records,
      settings: { settings: { ...EMPTY.records.settings['settings']!, name } },
      objectives: Object.fromEntries(
        objectives.map((rest, index) => [`o${index}`, { id: `o${index}`, quarter: '2026-10', ...rest }]),
      ),
      scenarios: {
        s: {
          id: 's',
          name,
          templateId: null,
          sets: { ...sets },
          rows: [],
          startMonth: '2027-01' as never,
          horizonMonths: 12,
          samples: 5000,
          seed: 1,
          order: 0,
        },
      },
    },
    imports,
  }))
