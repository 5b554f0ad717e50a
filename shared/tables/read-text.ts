import { type Outcome, accepted, refused } from '../issues/index.ts'
import { type BytesLook, decodePieces, showDamage } from './decode.ts'
import { LIMITS } from './limits.ts'
import { damagedText, emptyFile, textTooBig } from './messages.ts'

/**
 * Whole text of a file that is not a table (git log), decoded strictly. Bytes that fit nothing are refused unless the user
 * chose an encoding; with `utf-8` chosen they are written out as `\xE9`, because a path or name is still worth having.
 */
export function readText(bytes: Uint8Array, look: BytesLook, chosen?: 'utf-8' | 'windows-1252'): Outcome<string> {
  if (bytes.length > LIMITS.textBytes) return refused(textTooBig())
  const encoding = chosen === 'windows-1252' && look.encoding === 'utf-8' ? 'windows-1252' : look.encoding
  const pieces: string[] = []
  for (const { text, damagedAt } of decodePieces(bytes, encoding, look.bomBytes, 1024 * 1024)) {
    if (damagedAt === null) pieces.push(text)
    else if (chosen === undefined || encoding !== 'utf-8')
      return refused(damagedText(encoding, lineOf(pieces, text), damagedAt))
    else pieces.push(showDamage(text) ?? text)
  }
  const text = pieces.join('')
  return text.trim() === '' ? refused(emptyFile()) : accepted(text)
}

function lineOf(pieces: readonly string[], last: string): number {
  const damaged = last.search(/[\uDC80-\uDCFF]/)
  return [...pieces, last.slice(0, Math.max(0, damaged))].reduce((sum, text) => sum + text.split('\n').length - 1, 1)
}
