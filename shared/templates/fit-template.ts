import type { ModelRow } from '../model/index.ts'
import type { TeamHistory } from './learn-history.ts'
import type { Template } from './types.ts'

/** Changes before the team's own data replaces a published default. */
export const FEWEST_CHANGES = 20

/**
 * The template's rows with the team's own numbers where there are enough of them: a driver of which history knows 20 cases or
 * more (or as many as it says) takes its range and says so; every other keeps its default and its source.
 */
export function fitTemplate(template: Template, history: TeamHistory): readonly ModelRow[] {
  return template.rows.map((row) => {
    const learned = row.kind === 'driver' ? history.get(row.name) : undefined
    if (!learned || learned.n < (learned.fewest ?? FEWEST_CHANGES)) return row
    const { formula, fewest: _, ...found } = learned
    return { ...row, formula, evidence: { kind: 'your data', ...found } }
  })
}
