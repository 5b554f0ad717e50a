import * as v from 'valibot'
import { FACT_KINDS, type FactChunk } from '../facts/index.ts'
import type { ImportRecord, KeptAside } from '../importers/index.ts'
import { type Issue, type Outcome, accepted, assertThat, refused } from '../issues/index.ts'
import { fingerprintOf } from '../records/index.ts'
import { decodeChunk, encodeChunk } from './chunk-codec.ts'
import { type StoredImport, type Workbook, WORKBOOK_VERSION } from './document.ts'
import { readJson, writeJson } from './json.ts'
import { damaged, newerVersion, notAWorkbook, notReadable, tooLargeToSave } from './messages.ts'
import { emptyRecords } from './new-workbook.ts'
import { isPlainObject, readImportRecord, readKeptAside, readRecords } from './schemas.ts'
import { readZip, WORKBOOK_LIMITS, writeZip, type ZipEntry } from './zip.ts'

/**
 * The `.quarterdeck` file: a zip of
 *
 * - `manifest.json`: format, version, counts, length and checksum of every other part;
 * - `records.json`: hand-edited records by table and id;
 * - `imports.json`: what is known of each import, in the order of commits;
 * - `kept-aside/<import>.json`: rows that were not taken over;
 * - `facts/<import>/<kind>-<seq>.json` and `.bin`: one chunk of facts each.
 *
 * The same workbook is the same bytes on every machine and day. Reading proves everything before it hands anything out:
 * sizes, checksums, names, every field of every record, and that counts add up.
 */
const FORMAT = 'quarterdeck-workbook'
const MANIFEST = 'manifest.json'
const RECORDS = 'records.json'
const IMPORTS = 'imports.json'

const manifestSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  counts: v.strictObject({ imports: v.number(), chunks: v.number(), facts: v.number(), keptAside: v.number() }),
  entries: v.array(v.strictObject({ name: v.string(), bytes: v.number(), checksum: v.string() })),
})

/** A file of it could be written and would be refused when it is opened. Nothing was written. */
export class WorkbookTooLargeError extends Error {
  override readonly name = 'WorkbookTooLargeError'
  readonly issue: Issue

  constructor(bytes: number, most: number) {
    super(`${bytes} bytes, at most ${most}`)
    this.issue = tooLargeToSave(bytes, most)
  }
}

/**
 * Packed fast rather than small: of a chunk mostly hashes are left, which no effort makes smaller. Throws a
 * `WorkbookTooLargeError` where more than `mostBytes` would have to be unpacked.
 */
export function writeWorkbookFile(
  workbook: Workbook,
  onProgress?: (share: number) => void,
  mostBytes = WORKBOOK_LIMITS.inflatedBytes,
): Uint8Array {
  return writeParts(workbook, 1, onProgress, mostBytes)
}

/** Issues: `workbook/not-a-zip`, `…/not-a-workbook`, `…/newer-version`, `…/damaged`, `…/too-large`, `…/not-readable`. */
export function readWorkbookFile(bytes: Uint8Array): Outcome<Workbook> {
  const zip = readZip(bytes, WORKBOOK_LIMITS)
  if (!zip.ok) {
    const isDamaged = zip.issues.some(({ code }) => code === 'workbook/damaged')
    return isDamaged && !beginsLikeOurs(bytes) ? refused(notAWorkbook('a zip file of something else')) : zip
  }
  const manifest = readManifest(zip.value)
  if (!manifest.ok) return manifest
  const parts = new Parts(zip.value)
  const recordsJson = parts.json(RECORDS)
  if (!recordsJson.ok) return recordsJson
  const records = readRecords(recordsJson.value, RECORDS)
  if (!records.ok) return records
  const imports = readImports(parts)
  if (!imports.ok) return imports
  const stray = parts.unread()
  if (stray !== undefined) return refused(notReadable(stray, 'only parts this version knows'))
  const workbook = { records: records.value, imports: imports.value }
  const counted = countParts(workbook)
  for (const [name, stated] of Object.entries(manifest.value.counts)) {
    const found = counted[name as keyof typeof counted]
    if (found !== stated) return refused(notReadable(`${MANIFEST}, counts.${name}`, `${stated}`, `${found}`))
  }
  return accepted(workbook)
}

/** One import as bytes of its own, for the second copy: the same format without packing, records left empty. */
export function writeStoredImport(imported: StoredImport): Uint8Array {
  return writeParts({ records: emptyRecords(), imports: [imported] }, 0)
}

export function readStoredImport(bytes: Uint8Array): Outcome<StoredImport> {
  const workbook = readWorkbookFile(bytes)
  if (!workbook.ok) return workbook
  const [only, ...others] = workbook.value.imports
  return only && others.length === 0 ? accepted(only) : refused(notReadable(IMPORTS, 'exactly one import'))
}

/** Parts stand in order of names, so a file of ours, whole or cut, begins with one of these. */
function beginsLikeOurs(bytes: Uint8Array): boolean {
  const name = String.fromCharCode(...bytes.subarray(30, 41))
  return ['facts/', 'imports.json', 'kept-aside/'].some((first) => first.startsWith(name.slice(0, first.length)))
}

function writeParts(
  workbook: Workbook,
  level: 0 | 1,
  onProgress?: (share: number) => void,
  mostBytes = WORKBOOK_LIMITS.inflatedBytes,
): Uint8Array {
  const imports = [...workbook.imports].sort(
    (a, b) => a.record.seq - b.record.seq || (a.record.id < b.record.id ? -1 : 1),
  )
  const entries: ZipEntry[] = [
    { name: RECORDS, bytes: writeJson(workbook.records) },
    { name: IMPORTS, bytes: writeJson(imports.map(({ record }) => record)) },
  ]
  for (const { record, chunks, keptAside } of imports) {
    if (keptAside.length > 0) entries.push({ name: keptAsideName(record.id), bytes: writeJson(keptAside) })
    for (const chunk of chunks) {
      assertThat(chunk.importId === record.id, `chunk of ${chunk.importId} in import ${record.id}`)
      const { head, bytes } = encodeChunk(chunk)
      entries.push(
        { name: `${chunkName(chunk)}.json`, bytes: writeJson(head) },
        { name: `${chunkName(chunk)}.bin`, bytes },
      )
    }
  }
  assertThat(entries.length < WORKBOOK_LIMITS.entries, `too many parts for one workbook file: ${entries.length}`)
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const manifest = {
    format: FORMAT,
    version: WORKBOOK_VERSION,
    counts: countParts(workbook),
    entries: entries.map(({ name, bytes }) => ({ name, bytes: bytes.length, checksum: fingerprintOf(bytes) })),
  }
  const parts = [{ name: MANIFEST, bytes: writeJson(manifest) }, ...entries]
  const bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0)
  if (bytes > mostBytes) throw new WorkbookTooLargeError(bytes, mostBytes)
  return writeZip(parts, level, onProgress)
}

function countParts({ imports }: Workbook): { imports: number; chunks: number; facts: number; keptAside: number } {
  const chunks = imports.flatMap((imported) => imported.chunks)
  return {
    imports: imports.length,
    chunks: chunks.length,
    facts: chunks.reduce((sum, { rows }) => sum + rows, 0),
    keptAside: imports.reduce((sum, { keptAside }) => sum + keptAside.length, 0),
  }
}

function chunkName(chunk: FactChunk): string {
  return `facts/${chunk.importId}/${chunk.kind}-${chunk.seq}`
}

function keptAsideName(importId: string): string {
  return `kept-aside/${importId}.json`
}

/** The parts of an open file, remembering which were read. */
class Parts {
  private readonly entries: ReadonlyMap<string, Uint8Array>
  private readonly read = new Set<string>([MANIFEST])

  constructor(entries: ReadonlyMap<string, Uint8Array>) {
    this.entries = entries
  }

  names(): readonly string[] {
    return [...this.entries.keys()]
  }

  bytes(name: string): Outcome<Uint8Array> {
    const bytes = this.entries.get(name)
    this.read.add(name)
    return bytes ? accepted(bytes) : refused(notReadable(name, 'this part of the workbook'))
  }

  json(name: string): Outcome<unknown> {
    const bytes = this.bytes(name)
    return bytes.ok ? readJson(bytes.value, name) : bytes
  }

  unread(): string | undefined {
    return this.names().find((name) => !this.read.has(name))
  }
}

function readManifest(entries: ReadonlyMap<string, Uint8Array>): Outcome<v.InferOutput<typeof manifestSchema>> {
  const bytes = entries.get(MANIFEST)
  if (!bytes) return refused(notAWorkbook('a zip file of something else'))
  const json = readJson(bytes, MANIFEST)
  if (!json.ok) return json
  const { format, version } = isPlainObject(json.value) ? json.value : {}
  if (format !== FORMAT) return refused(notAWorkbook('a zip file of something else'))
  // Before anything else is looked at: a later version may have changed all the rest.
  if (typeof version === 'number' && version > WORKBOOK_VERSION) return refused(newerVersion(version, WORKBOOK_VERSION))
  const parsed = v.safeParse(manifestSchema, json.value)
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0])
    return refused(notReadable(`${MANIFEST}${path === null ? '' : `, ${path}`}`, 'a list of parts'))
  }
  const listed = new Map(parsed.output.entries.map((entry) => [entry.name, entry]))
  for (const [name, part] of entries) {
    if (name === MANIFEST) continue
    const stated = listed.get(name)
    if (!stated || stated.bytes !== part.length || stated.checksum !== fingerprintOf(part))
      return refused(damaged(name))
  }
  return listed.size === entries.size - 1 && listed.size === parsed.output.entries.length
    ? accepted(parsed.output)
    : refused(damaged('a part is missing'))
}

function readImports(parts: Parts): Outcome<readonly StoredImport[]> {
  const json = parts.json(IMPORTS)
  if (!json.ok) return json
  if (!Array.isArray(json.value)) return refused(notReadable(IMPORTS, 'a list of imports'))
  const chunkNames = parts.names().filter((name) => name.startsWith('facts/') && name.endsWith('.json'))
  const imports: StoredImport[] = []
  const seen = new Set<string>()
  for (const [index, item] of json.value.entries()) {
    const record = readImportRecord(item, IMPORTS, `${index}`)
    if (!record.ok) return record
    const { id } = record.value
    if (seen.has(id)) return refused(notReadable(`${IMPORTS}, ${index}.id`, 'every import once', id))
    seen.add(id)
    const chunks = readChunks(parts, record.value, chunkNames)
    if (!chunks.ok) return chunks
    const keptAside = readAside(parts, id)
    if (!keptAside.ok) return keptAside
    imports.push({ record: record.value, chunks: chunks.value, keptAside: keptAside.value })
  }
  return accepted(imports)
}

function readChunks(parts: Parts, record: ImportRecord, names: readonly string[]): Outcome<readonly FactChunk[]> {
  const chunks: FactChunk[] = []
  for (const name of names.filter((one) => one.startsWith(`facts/${record.id}/`))) {
    const head = parts.json(name)
    if (!head.ok) return head
    const bytes = parts.bytes(`${name.slice(0, -5)}.bin`)
    if (!bytes.ok) return bytes
    const chunk = decodeChunk(head.value, bytes.value, name)
    if (!chunk.ok) return chunk
    if (`${chunkName(chunk.value)}.json` !== name) return refused(notReadable(name, 'the chunk of this name'))
    chunks.push(chunk.value)
  }
  chunks.sort((a, b) => FACT_KINDS.indexOf(a.kind) - FACT_KINDS.indexOf(b.kind) || a.seq - b.seq)
  for (const kind of FACT_KINDS) {
    const own = chunks.filter((chunk) => chunk.kind === kind)
    const rows = own.reduce((sum, chunk) => sum + chunk.rows, 0)
    const stated = record.facts[kind] ?? 0
    if (rows !== stated || own.some((chunk, index) => chunk.seq !== index)) {
      return refused(notReadable(`facts/${record.id}, ${kind}`, `${stated} facts`, `${rows}`))
    }
  }
  return accepted(chunks)
}

function readAside(parts: Parts, importId: string): Outcome<readonly KeptAside[]> {
  const name = keptAsideName(importId)
  if (!parts.names().includes(name)) return accepted([])
  const json = parts.json(name)
  return json.ok ? readKeptAside(json.value, name, '') : json
}
