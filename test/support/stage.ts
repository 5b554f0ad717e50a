import {
  type ImportChoices,
  type ImportRun,
  type KnownFacts,
  sourceDocumentOf,
  stageImport,
  type StagedImport,
} from '../../shared/importers/index.ts'
import { eachFact, type FactKind, type FactRow, type FactSet, resolveFacts } from '../../shared/facts/index.ts'
import type { Issue, Outcome } from '../../shared/issues/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'

export const NOTHING: KnownFacts = { chunks: [], imports: [] }

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function runOf(seq = 1): ImportRun {
  return { importId: `import-${seq}`, seq, committedAt: instantOf(1_760_000_000_000) }
}

export function stageBytes(
  name: string,
  bytes: Uint8Array,
  choices: ImportChoices = {},
  known: KnownFacts = NOTHING,
  run: ImportRun = runOf(known.imports.length + 1),
): Promise<Outcome<StagedImport>> {
  return stageImport(sourceDocumentOf(name, bytes, instantOf(0)), choices, known, run)
}

/** Staged, or the test fails with the reasons. */
export async function staged(
  name: string,
  content: Uint8Array | string,
  choices: ImportChoices = {},
  known: KnownFacts = NOTHING,
): Promise<StagedImport> {
  const outcome = await stageBytes(name, typeof content === 'string' ? bytesOf(content) : content, choices, known)
  if (!outcome.ok) throw new Error(outcome.issues.map(({ code, said }) => `${code} ${said ?? ''}`).join('; '))
  return outcome.value
}

/** The reasons a file is refused for, or the test fails. */
export async function refusal(content: Uint8Array | string, choices: ImportChoices = {}): Promise<readonly Issue[]> {
  const outcome = await stageBytes('file', typeof content === 'string' ? bytesOf(content) : content, choices)
  if (outcome.ok) throw new Error(`read as ${outcome.value.record.format}`)
  return outcome.issues
}

export function joined(known: KnownFacts, next: StagedImport): KnownFacts {
  return { chunks: [...known.chunks, ...next.chunks], imports: [...known.imports, next.record] }
}

/** Imports files one after the other, as a workbook does. */
export async function importAll(files: readonly (readonly [string, Uint8Array])[]): Promise<KnownFacts> {
  let known = NOTHING
  for (const [name, bytes] of files) known = joined(known, await staged(name, bytes, {}, known))
  return known
}

export function factsOf(known: KnownFacts): FactSet {
  return resolveFacts(known.chunks, known.imports)
}

const SELDOM_SAID = ['extra', 'outcome']

/** Facts of one kind as plain rows without their origin. */
export function rowsOf<K extends FactKind>(
  staging: Pick<StagedImport, 'chunks' | 'record'>,
  kind: K,
): readonly FactRow<K>[] {
  const set = resolveFacts(staging.chunks, [staging.record])
  return [...eachFact(set[kind])].map((fact) => {
    const row: Record<string, unknown> = { ...fact }
    delete row['origin']
    // Of deliveries, tests name them where they say something.
    for (const name of kind === 'usage' ? [] : SELDOM_SAID) if (row[name] === null) delete row[name]
    if (kind === 'landing' && row['agent'] === null) delete row['agent']
    return row as unknown as FactRow<K>
  })
}

/** What a set says, without order or origin: two equal texts are two equal sets. */
export function saying(set: FactSet): string {
  return Object.entries(set)
    .map(([kind, table]) => {
      const rows = [...eachFact(table)].map((fact) =>
        JSON.stringify({ ...fact, origin: null }, (_key, value: unknown) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      )
      return `${kind}\n${rows.sort().join('\n')}`
    })
    .join('\n')
}
