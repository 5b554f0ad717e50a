import type { Evidence } from '../../shared/model/index.ts'
import type { Tone } from './chip.tsx'
import { formatCount } from './value-text.ts'

/** Where a row's numbers come from, in a word and a sentence. */
export function tellEvidence(evidence: Evidence): { readonly word: string; readonly tone: Tone; readonly why: string } {
  switch (evidence.kind) {
    case 'your data':
      return {
        word: `your data, n = ${formatCount(evidence.n)}`,
        tone: 'good',
        why: `${evidence.method}, from ${evidence.source}`,
      }
    case 'published':
      return { word: 'published', tone: 'accent', why: evidence.source }
    case 'guess':
      return { word: 'guess', tone: 'warn', why: 'Nobody has measured this yet. Put your own number here.' }
    case 'entered':
      return { word: 'entered', tone: 'neutral', why: 'Typed by someone working on this plan.' }
    case 'computed':
      return { word: 'computed', tone: 'neutral', why: 'Follows from other rows.' }
  }
}
