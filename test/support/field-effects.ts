import type { FieldUses } from '../../shared/importers/format.ts'
import type { ImportChoices } from '../../shared/importers/index.ts'
import { bytesOf, stageBytes } from './stage.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** A file of one layout with every field its vendor writes, and where its records lie. */
export interface Example {
  readonly format: string
  readonly document: Json
  /** Path of the records inside the document, `data.*.results.*`; '' = the document is one. */
  readonly records: string
  readonly text: (document: Json) => string
  readonly choices?: ImportChoices
  /** Another valid value of a field, where a word with an x behind it is none; of several fields at once as an object. */
  readonly others?: Readonly<Record<string, Json>>
}

interface Leaf {
  readonly place: readonly (string | number)[]
  /** As formats name it; `around` = it is none of a record. */
  readonly path: string
  readonly around: boolean
}

/** What the file says after a change: columns of its facts, their keys, and what was said of it. */
interface Outcome {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly keys: readonly string[]
  readonly fate: string
  readonly moment: number | null
  readonly notes: string
}

async function outcomeOf(example: Example, document: Json): Promise<Outcome> {
  const staged = await stageBytes('file', bytesOf(example.text(document)), { ...example.choices })
  if (!staged.ok) return { rows: [], keys: [], fate: 'refused', moment: null, notes: '' }
  const { record, chunks } = staged.value
  const rows: Record<string, unknown>[] = []
  const keys: string[] = []
  for (const { kind, columns, rows: count, keys: first, checks } of chunks) {
    for (let row = 0; row < count; row++) {
      keys.push(`${first[row]!} ${checks[row]!}`)
      const said = Object.entries(columns).map(([name, column]) => {
        const called = kind === 'usage' ? name : `${kind}.${name}`
        if (column.kind === 'text') return [called, column.words[column.codes[row]! - 1] ?? null] as const
        return [called, String(column.values[row])] as const
      })
      rows.push(Object.fromEntries(said))
    }
  }
  const { rows: read, keptAside, blank } = record.counts
  const fate = [record.format, read, keptAside, blank, rows.length].join(' ')
  return { rows, keys, fate, moment: record.asOf, notes: record.notes.map(({ code }) => code).join() }
}

function effectsBetween(before: Outcome, after: Outcome): ReadonlySet<string> {
  if (before.fate !== after.fate) return new Set(['fate'])
  const found = new Set<string>()
  before.rows.forEach((row, at) => {
    for (const [name, said] of Object.entries(row)) if (after.rows[at]![name] !== said) found.add(name)
    if (before.keys[at] !== after.keys[at]) found.add('key')
  })
  if (found.size > 0) return found
  if (before.moment !== after.moment) return new Set(['moment'])
  return before.notes === after.notes ? found : new Set(['note'])
}

/** Patterns of the layout, `*` standing for one name; the longest that fits names the field. */
function nameIn(path: string, patterns: readonly string[]): string | null {
  const fits = patterns.filter((pattern) => {
    const source = pattern.split('*').map((part) => part.replaceAll(/[.$()/]/g, '\\$&'))
    return new RegExp(`^${source.join('[^.]+')}(?:\\.|$)`).test(path)
  })
  return fits.sort((a, b) => b.length - a.length)[0] ?? null
}

function leavesOf(example: Example): readonly Leaf[] {
  const found: Leaf[] = []
  const inside = example.records === '' ? [] : example.records.split('.')
  const walk = (value: Json, place: readonly (string | number)[], names: readonly string[]): void => {
    if (value !== null && typeof value === 'object') {
      if (Array.isArray(value) && value.every((one) => typeof one !== 'object') && value.length > 0) {
        add(place, names)
        return
      }
      const isList = Array.isArray(value)
      for (const [name, field] of Object.entries(value))
        walk(field as Json, [...place, isList ? Number(name) : name], [...names, isList ? '*' : name])
    } else add(place, names)
  }
  const add = (place: readonly (string | number)[], names: readonly string[]) => {
    const around = !inside.every((name, i) => name === '*' || names[i] === name) || names.length <= inside.length
    const isAround = inside.length > 0 && around
    found.push({ place, path: (isAround ? names : names.slice(inside.length)).join('.'), around: isAround })
  }
  walk(example.document, [], [])
  return found
}

function valueAt(document: Json, place: readonly (string | number)[]): Json {
  return place.reduce<Json>((value, name) => (value as Record<string, Json>)[name]!, document)
}

/** `undefined` takes the field away. */
function withValue(document: Json, place: readonly (string | number)[], value: Json | undefined): Json {
  // Parts of an example may be one object in several places.
  const copy = JSON.parse(JSON.stringify(document)) as Json
  const holder = place.slice(0, -1).reduce<Json>((one, name) => (one as Record<string, Json>)[name]!, copy)
  if (value === undefined) delete (holder as Record<string, Json>)[place.at(-1)!]
  else (holder as Record<string, Json>)[place.at(-1)!] = value
  return copy
}

const DAY_SECONDS = 86_400

/** Another value of the same kind. */
export function otherValue(value: Json): Json {
  if (value === null) return 'other'
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return [...(value as readonly Json[]), 'other']
  if (typeof value === 'number')
    return value > 1e11 ? value + DAY_SECONDS * 1000 : value > 1e9 ? value + DAY_SECONDS : value + 1
  const text = value as string
  if (/^\d{4}-\d\d(-\d\d)?/.test(text)) return `2024${text.slice(4)}`
  if (/^\d{13}$|^\d{19}$/.test(text))
    return String(BigInt(text) + BigInt(DAY_SECONDS * 1000) * (text.length === 19 ? 1_000_000n : 1n))
  if (/^\d{10}$/.test(text)) return String(Number(text) + DAY_SECONDS)
  if (/^-?\d+(\.\d+)?$/.test(text)) return text.replace(/^(-?)\d+/, (whole) => String(Number(whole) + 1))
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 'false' : 'true'
  if (/^[a-z]{3}$/i.test(text)) return 'eur'
  return `${text}x`
}

export interface FieldEffects {
  /** Path -> what changed when the field changed, over all examples. */
  readonly read: ReadonlyMap<string, ReadonlySet<string>>
  readonly around: ReadonlyMap<string, ReadonlySet<string>>
}

/** Changes every field of the examples in turn and looks what becomes of it. */
export async function fieldEffects(examples: readonly Example[], fields: FieldUses): Promise<FieldEffects> {
  const read = new Map<string, Set<string>>()
  const around = new Map<string, Set<string>>()
  for (const example of examples) {
    const before = await outcomeOf(example, example.document)
    if (!before.fate.startsWith(example.format)) throw new Error(`${example.format}: read as ${before.fate}`)
    const leaves = leavesOf(example)
    const patterns = [...Object.keys(fields.read), ...Object.keys(fields.left ?? {})]
    for (const leaf of leaves) {
      // An empty cell says nothing that could become something else.
      if (valueAt(example.document, leaf.place) === '') continue
      const known = leaf.around ? nameIn(leaf.path, Object.keys(fields.around ?? {})) : nameIn(leaf.path, patterns)
      const name = known ?? leaf.path
      const into = leaf.around ? around : read
      const found = into.get(name) ?? new Set<string>()
      into.set(name, found)
      const effects = await effectsOf(example, leaf, leaves, before, leaf.around || !(name in fields.read))
      for (const effect of effects) found.add(effect)
    }
  }
  // A value the format holds against others, and that fits them no more, only sets the record aside.
  for (const effects of [...read.values(), ...around.values()]) if (effects.size > 1) effects.delete('fate')
  return { read, around }
}

async function effectsOf(
  example: Example,
  leaf: Leaf,
  leaves: readonly Leaf[],
  before: Outcome,
  isAlone: boolean,
): Promise<ReadonlySet<string>> {
  const change = (document: Json): Json => {
    const other = example.others?.[leaf.path]
    if (other !== null && typeof other === 'object' && !Array.isArray(other)) {
      return Object.entries(other).reduce((one, [path, value]) => {
        const place = leaves.find(({ path: of }) => of === path)!.place
        return withValue(one, place, value as Json)
      }, document)
    }
    return withValue(document, leaf.place, other ?? otherValue(valueAt(document, leaf.place)))
  }
  const direct = effectsBetween(before, await outcomeOf(example, change(example.document)))
  if (direct.size > 0 || isAlone) return direct
  // It may be what is taken where another field is silent.
  for (const silent of leaves) {
    if (silent === leaf || silent.place.join() === leaf.place.join()) continue
    const without = withValue(example.document, silent.place, undefined)
    const base = await outcomeOf(example, without)
    if (!base.fate.startsWith(example.format)) continue
    const effects = effectsBetween(base, await outcomeOf(example, change(without)))
    if (effects.size > 0 && !effects.has('fate')) return effects
  }
  return direct
}

/** One row of a table: names and cells. */
export function csvOf(row: Json): string {
  const quoted = (cell: unknown) => `"${String(cell ?? '').replaceAll('"', '""')}"`
  const entries = Object.entries(row as Record<string, Json>)
  return `${entries.map(([name]) => quoted(name)).join()}\n${entries.map(([, cell]) => quoted(cell)).join()}\n`
}

export const jsonOf = (document: Json): string => JSON.stringify(document)
