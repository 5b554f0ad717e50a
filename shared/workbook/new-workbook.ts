import { type Day, fiscalQuarterOf, monthOf, type Zone } from '../calendar/index.ts'
import type { Workbook, WorkbookRecords } from './document.ts'

export interface NewWorkbook {
  readonly name: string
  /** Decides which quarter is on screen first. */
  readonly today: Day
  /** ISO 4217. */
  readonly currency: string
  /** Zone of days, weeks and months. */
  readonly zone: Zone
}

/** A workbook with settings and nothing else: a calendar year as fiscal year, the quarter `today` lies in. */
export function newWorkbook({ name, today, currency, zone }: NewWorkbook): Workbook {
  const fiscal = { startMonth: 1 }
  return {
    records: {
      ...emptyRecords(),
      settings: {
        settings: {
          id: 'settings',
          name,
          currency,
          zone,
          fiscal,
          quarterStart: fiscalQuarterOf(monthOf(today), fiscal).months[0],
          featureMarks: ['feature', 'feat', 'enhancement'],
          productionEnvironments: [],
          isSample: false,
        },
      },
    },
    imports: [],
  }
}

/** Every record table, empty. */
export function emptyRecords(): WorkbookRecords {
  return {
    settings: {},
    objectives: {},
    keyResults: {},
    initiatives: {},
    rows: {},
    scenarios: {},
    attributionRules: {},
    weekNotes: {},
    assessments: {},
    rates: {},
    modelAliases: {},
    people: {},
    refusedMerges: {},
    sharedCosts: {},
    importMappings: {},
  }
}
