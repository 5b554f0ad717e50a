import type { ImportRecord } from '../../shared/importers/index.ts'
import { type SourceFile, StorageError, storageErrorOf } from '../database/index.ts'
import { CancelledError, type KeptSources } from '../workers/index.ts'
import { commandHost } from './host.ts'
import { inOrder, knownImports, mayWrite, openedStorage } from './session.ts'
import { showToast } from './toasts.ts'

/* Imported files as they came, packed, beside what was made of them: to read one again with other choices. */

let packing: Promise<void> = Promise.resolve()

/** Packs and keeps the file of a stored import, behind the page; what may hold texts of people is never kept. */
export function keepFile({ id: importId, format, facts, notes }: ImportRecord, file: File): Promise<void> {
  // Reading it has met a prompt or an answer.
  if (facts.usage !== undefined && notes.some(({ code }) => code === 'import/texts-not-kept')) return packing
  return (packing = packing.then(async () => {
    try {
      const packed = await commandHost().runners.imports.run('pack', { file, format })
      if (packed === null || !knownImports().some(({ id }) => id === importId)) return
      const source = { importId, fileName: file.name, size: file.size, packed }
      await inOrder(() => openedStorage().keepSource(source))
    } catch (cause) {
      if (cause instanceof CancelledError) return
      const why =
        cause instanceof StorageError && cause.code === 'storage/full' ? 'there is no room for it' : tell(cause)
      showToast(`The file ${file.name} is imported whole and was not kept itself: ${why}. Keep your own copy of it.`, {
        tone: 'warn',
      })
    }
  }))
}

/** The file as it came. */
export async function unpackFile({ packed, fileName }: SourceFile): Promise<File> {
  const plain = packed.stream().pipeThrough(new DecompressionStream('gzip'))
  return new File([await new Response(plain).blob()], fileName)
}

/** Which imports have their file here, and how much room that takes. */
export function keptFiles(): Promise<KeptSources> {
  return inOrder(() => openedStorage().keptSources())
}

export async function dropKeptFiles(): Promise<void> {
  if (!mayWrite()) return
  try {
    await inOrder(() => openedStorage().dropSources())
    showToast('The imported files were dropped. What was read from them stays.')
  } catch (cause) {
    showToast(`The imported files were not dropped: ${tell(cause)}`, { tone: 'warn' })
  }
}

function tell(cause: unknown): string {
  return storageErrorOf(cause).message
}
