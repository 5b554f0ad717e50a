import type { UsageOwnerFields } from '../../../../shared/cube/index.ts'
import { type AttributionRule, orderedRules } from '../../../../shared/plan/index.ts'
import { editRecords } from '../../../commands/index.ts'
import { newId } from '../../../parts/index.ts'

type Rules = Readonly<Record<string, AttributionRule>>

type UsageField = keyof UsageOwnerFields

export const USAGE_FIELDS: readonly { readonly id: UsageField; readonly label: string }[] = [
  { id: 'workspace', label: 'Workspace or project' },
  { id: 'apiKey', label: 'API key' },
  { id: 'repository', label: 'Repository' },
  { id: 'person', label: 'Person' },
  { id: 'model', label: 'Model' },
  { id: 'tool', label: 'Tool' },
]

export const RULE_FIELDS: readonly { readonly id: AttributionRule['field']; readonly label: string }[] = [
  ...USAGE_FIELDS,
  { id: 'path', label: 'Path of changed files' },
]

/** What tells one owner from another best, the surest first. */
const MOST_TELLING: readonly UsageField[] = ['workspace', 'apiKey', 'repository', 'person', 'tool', 'model']

export function editRules(label: string, change: (rules: Rules) => Rules, remembered: 'step' | 'join' = 'step'): void {
  void editRecords(label, (records) => ({ ...records, attributionRules: change(records.attributionRules) }), remembered)
}

/** A rule after all others. */
export function addRule(first: Partial<AttributionRule>): void {
  editRules('new attribution rule', (rules) => {
    const last = orderedRules(Object.values(rules)).at(-1)?.order ?? 0
    const rule: AttributionRule = {
      id: newId('rule'),
      field: 'workspace',
      equals: '',
      initiativeId: '',
      order: last + 1,
      ...first,
    }
    return { ...rules, [rule.id]: rule }
  })
}

/** The rule that would take this usage and as little else as can be; `null` = the export says nothing a rule could ask. */
export function ruleFor(fields: UsageOwnerFields): Pick<AttributionRule, 'field' | 'equals'> | null {
  const field = MOST_TELLING.find((one) => fields[one] !== null)
  return field === undefined ? null : { field, equals: fields[field]! }
}
