import type { Instant } from '../quantities/index.ts'
import { fingerprintOf } from '../records/index.ts'
import type { SourceDocument } from './types.ts'

/** Same bytes, same fingerprint, whatever the name. */
export function sourceDocumentOf(name: string, bytes: Uint8Array, takenAt: Instant): SourceDocument {
  return { name, bytes, fingerprint: fingerprintOf(bytes), takenAt }
}
