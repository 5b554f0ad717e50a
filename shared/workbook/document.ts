import type { FiscalCalendar, WorkingTime, Zone } from '../calendar/index.ts'
import type { FactChunk } from '../facts/index.ts'
import type { CodeScope, Person, RefusedMerge } from '../delivery/index.ts'
import type { ImportMapping, ImportRecord, KeptAside } from '../importers/index.ts'
import type { Assessment, WaitCauses, WeekNote } from '../metrics/index.ts'
import type { ModelRow } from '../model/index.ts'
import type { KeyResult, Objective } from '../okr/index.ts'
import type { AttributionRule, Initiative, SharedCost } from '../plan/index.ts'
import type { ModelAlias, OwnRate } from '../prices/index.ts'
import type { Identified } from '../records/index.ts'
import type { Scenario } from '../scenario/index.ts'

/** Version of the file and of the stored records; a newer one is refused, never half read. */
export const WORKBOOK_VERSION = 1

/** One record, id `settings`. */
export interface WorkbookSettings extends Identified {
  readonly name: string
  readonly currency: string
  readonly zone: Zone
  readonly fiscal: FiscalCalendar
  /** First month of the quarter on screen. */
  readonly quarterStart: string
  readonly featureMarks: readonly string[]
  readonly productionEnvironments: readonly string[]
  /** True for the made-up company, so that every screen can say so. */
  readonly isSample: boolean
  /** How numbers are typed and shown on the sheet: `1,234.5` or `1.234,5`; with the point when left out. */
  readonly decimalMark?: 'point' | 'comma'
  /** Types of work items that are features, all of them; left out = epic, else feature, else story. */
  readonly featureTypes?: readonly string[]
  /** Statuses of work items in which nobody works; left out = told by their names. */
  readonly waitingStatuses?: readonly string[]
  /** What a wait in a stage or status (in lower case) is about, where it is not as usual. */
  readonly waitCauses?: WaitCauses
  /** Hours wait-state ratios are counted in; left out = all hours of the clock. */
  readonly workingTime?: WorkingTime
  /** Share of lines gone after 72 hours from which a change is unstable; 0.1 when left out. */
  readonly unstableShare?: number
  /** Share of lines gone after seven days from which a change did not hold; 0.25 when left out. */
  readonly reworkedShare?: number
  /** What counts as code beside the list of endings and folders. */
  readonly codeScope?: CodeScope
  /** Targets of metrics that no key result is measured by, by metric id; none when left out. */
  readonly targets?: Readonly<Record<string, number>>
}

/** Every hand-edited thing of a plan, by table and id. */
export interface WorkbookRecords {
  readonly settings: Readonly<Record<string, WorkbookSettings>>
  readonly objectives: Readonly<Record<string, Objective>>
  readonly keyResults: Readonly<Record<string, KeyResult>>
  readonly initiatives: Readonly<Record<string, Initiative>>
  readonly rows: Readonly<Record<string, ModelRow>>
  readonly scenarios: Readonly<Record<string, Scenario>>
  readonly attributionRules: Readonly<Record<string, AttributionRule>>
  /** Notes, decisions and follow-ups, each with its ISO week. */
  readonly weekNotes: Readonly<Record<string, WeekNote>>
  /** Judgements of the readiness checklist; the latest of an item holds. */
  readonly assessments: Readonly<Record<string, Assessment>>
  /** Prices of one's own, before the list. */
  readonly rates: Readonly<Record<string, OwnRate>>
  readonly modelAliases: Readonly<Record<string, ModelAlias>>
  readonly people: Readonly<Record<string, Person>>
  readonly refusedMerges: Readonly<Record<string, RefusedMerge>>
  readonly sharedCosts: Readonly<Record<string, SharedCost>>
  readonly importMappings: Readonly<Record<string, ImportMapping>>
}

export const RECORD_TABLES = [
  'settings',
  'objectives',
  'keyResults',
  'initiatives',
  'rows',
  'scenarios',
  'attributionRules',
  'weekNotes',
  'assessments',
  'rates',
  'modelAliases',
  'people',
  'refusedMerges',
  'sharedCosts',
  'importMappings',
] as const satisfies readonly (keyof WorkbookRecords)[]

/** An import as a workbook keeps it: its record, its facts, what it kept aside. */
export interface StoredImport {
  readonly record: ImportRecord
  readonly chunks: readonly FactChunk[]
  readonly keptAside: readonly KeptAside[]
}

/** Everything about one plan. */
export interface Workbook {
  readonly records: WorkbookRecords
  readonly imports: readonly StoredImport[]
}
