import type { BriefMaterial } from '../../../shared/brief/index.ts'
import type { Day } from '../../../shared/calendar/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'
import { nanosOf, parseNanos } from '../../../shared/money/index.ts'
import type { ActualCell } from '../../../shared/plan/index.ts'
import type { CostKind } from '../../../shared/quantities/index.ts'
import type { Scenario, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { FiguresState } from '../../stores/figures.ts'

/** What the brief is written from, gathered from what is on screen; null without an open workbook. */
export function briefMaterial(
  scenario: Scenario,
  outcome: ScenarioOutcome,
  records: WorkbookRecords,
  imports: readonly ImportRecord[],
  figures: FiguresState,
  today: Day,
): BriefMaterial | null {
  const settings = records.settings['settings']
  if (!settings) return null
  const cells = figures.actuals.map((cell): ActualCell => {
    const nanos = parseNanos(cell.amount)
    return { ...cell, basis: cell.basis as CostKind, nanos: nanos.ok ? nanos.value : nanosOf(0n) }
  })
  return {
    workbook: { name: settings.name, isSample: settings.isSample },
    initiatives: records.initiatives,
    scenario,
    outcome,
    wall: figures.wall,
    imports,
    actuals: cells.length === 0 ? null : { cells, unpriced: [], undated: 0, otherCurrencies: [] },
    today,
  }
}
