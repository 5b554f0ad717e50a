import { describe, expect, test } from 'vitest'
import { CUBE_FIELDS, cubeSql, type CubeQuery, DIALECT_IDS, SOURCE_IDS } from '../../../shared/cube/index.ts'

function sqlOf(query: CubeQuery): string {
  const sql = cubeSql(query)
  return sql.ok ? sql.value : `refused: ${sql.issues[0]!.code}`
}

/** What is left of a statement without its texts and quoted names: nothing from outside may be in there. */
function bare(sql: string): string {
  const without = sql.replaceAll(/'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`(?:[^`\\]|``|\\.)*`/g, '·')
  expect(without).not.toMatch(/['"`]/)
  return without
}

function balanced(sql: string): boolean {
  let depth = 0
  for (const letter of bare(sql)) {
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (depth < 0) return false
  }
  return depth === 0
}

describe.each(DIALECT_IDS)('%s', (dialect) => {
  test.each(SOURCE_IDS)('%s: one statement of balanced parts, a column for everything the cube says', (source) => {
    const sql = sqlOf({ dialect, source, from: '2026-07-01' as never, to: '2026-09-30' as never })
    expect(balanced(sql)).toBe(true)
    const columns = [...sql.matchAll(/ AS ["`](\w+)["`]/g)].map(([, name]) => name)
    expect(columns).toEqual([
      'stated_at',
      'source',
      'day',
      'tool',
      'model',
      'person',
      'api_key',
      'workspace',
      'repository',
      'detail',
      'currency',
      'requests',
      'uncached_input',
      'cache_write_5m',
      'cache_write_1h',
      'cache_write_unknown',
      'cache_read',
      'output',
      'unsplit',
      'listed',
      'billed',
      'included',
      'estimated',
    ])
    expect(sql).toContain('GROUP BY 3, 4, 5, 6, 7, 8, 9, 10, 11')
    expect(sql).toContain('2026-07-01 00:00:00')
    expect(sql).toContain('2026-10-01 00:00:00')
    const clauses = ['SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER BY'].map((word) => bare(sql).indexOf(word))
    expect([...clauses].sort((a, b) => a - b)).toEqual(clauses)
  })

  test('names and texts of anyone stay names and texts', () => {
    const evil = `x'; DROP TABLE t; --"\`\\`
    const columns = Object.fromEntries(CUBE_FIELDS.map((field) => [field, evil]))
    const sql = sqlOf({ dialect, source: 'events', table: evil, columns, name: evil })
    expect(bare(sql)).not.toMatch(/DROP|--/)
    expect(balanced(sql)).toBe(true)
  })

  test('a name no database can have is refused', () => {
    expect(sqlOf({ dialect, source: 'events', table: 'a\nb' })).toBe('refused: cube/name')
    expect(sqlOf({ dialect, source: 'events', columns: { model: 'x'.repeat(201) } })).toBe('refused: cube/name')
    expect(sqlOf({ dialect, source: 'events', columns: { model: 'x'.repeat(200) } })).not.toMatch(/refused/)
  })
})

test('ClickHouse: newest rows, names of the table before those of the result, gaps as empty cells', () => {
  const sql = sqlOf({ dialect: 'clickhouse', source: 'langfuse' })
  expect(sql).toContain('FROM `observations` FINAL')
  expect(sql).toMatch(
    /SETTINGS prefer_column_name_to_alias = 1, format_csv_null_representation = ''\nFORMAT CSVWithNames;\n$/,
  )
})
