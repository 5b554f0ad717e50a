import type { JsonPage, JsonValue } from '../tables/index.ts'

/** Fields this deep inside a record become columns, `user.name`; anything deeper is no table. */
const DEEPEST = 3
const MOST_COLUMNS = 500

/**
 * Records of JSON nobody knows (a list, one list inside an object, or JSON Lines) as a table of text, so that people can say
 * which field means what. Lists of texts become one text, lists of records are left out. Null = there are no records with
 * two fields.
 */
export function tableOfJson(pages: readonly JsonPage[]): Uint8Array | null {
  const rows = recordsOf(pages).map((record) => {
    const row = new Map<string, string>()
    flatten(record, '', 0, row)
    return row
  })
  const header = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  if (header.length < 2 || header.length > MOST_COLUMNS) return null
  const lines = [header, ...rows.map((row) => header.map((name) => row.get(name) ?? ''))]
  return new TextEncoder().encode(lines.map((cells) => cells.map(quoted).join(',')).join('\n'))
}

function recordsOf(pages: readonly JsonPage[]): readonly JsonValue[] {
  return pages.flatMap(({ value }) => {
    if (Array.isArray(value)) return value as readonly JsonValue[]
    if (value === null || typeof value !== 'object') return []
    const lists = Object.values(value).filter((field) => Array.isArray(field) && field.some(isRecord))
    return lists.length === 1 ? (lists[0] as readonly JsonValue[]) : [value]
  })
}

function isRecord(value: JsonValue): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function flatten(value: JsonValue, path: string, depth: number, into: Map<string, string>): void {
  if (value === null) return
  if (Array.isArray(value)) {
    const said = value.filter((one) => one !== null && typeof one !== 'object')
    if (path !== '' && said.length > 0) into.set(path, said.join(', '))
    return
  }
  if (typeof value !== 'object') {
    if (path !== '') into.set(path, String(value))
    return
  }
  if (depth >= DEEPEST) return
  for (const [name, field] of Object.entries(value))
    flatten(field, path === '' ? name : `${path}.${name}`, depth + 1, into)
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
