import { create } from 'zustand'
import type { ExampleRow, ImportChoices, ImportRecord, InPlace, KeptAside } from '../../shared/importers/index.ts'
import type { Issue } from '../../shared/issues/index.ts'

/** One dropped file on its way in. Nothing is stored before the user says so. */
export interface ImportJob {
  readonly id: string
  readonly fileName: string
  readonly size: number
  readonly choices: ImportChoices
  /** Id of the import it takes the place of: the same file, read again. */
  readonly replaces?: string
  /** The file these choices were once made for, when they were taken over because the column names are the same. */
  readonly choicesOf?: string | null
  readonly state:
    | { readonly kind: 'reading'; readonly share: number; readonly rows: number }
    | {
        readonly kind: 'staged'
        readonly record: ImportRecord
        /** First rows kept aside, with reasons; the record has the full count. */
        readonly keptAside: readonly KeptAside[]
        readonly recognisedBy: string
        /** The first rows of each fate. */
        readonly examples?: readonly ExampleRow[]
        /** Where it counts in place of earlier imports, or they in place of it. */
        readonly inPlace?: readonly InPlace[]
        /** Earlier import of the same bytes; committing this one again adds nothing. */
        readonly sameAs?: string | null
      }
    | { readonly kind: 'committing' }
    | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
}

/** Anything longer than a second that is not an import: opening a file, running a scenario, building the sample. */
export interface Task {
  readonly id: string
  readonly label: string
  readonly share: number | null
  readonly cancel: (() => void) | null
}

export interface Toast {
  readonly id: string
  readonly text: string
  readonly tone: 'plain' | 'warn'
  readonly action: { readonly label: string; readonly run: () => void } | null
}

export interface JobsState {
  readonly imports: readonly ImportJob[]
  readonly tasks: readonly Task[]
  readonly toasts: readonly Toast[]
}

export const useJobs = create<JobsState>()(() => ({ imports: [], tasks: [], toasts: [] }))
