import { tryChangeRules, tryRules } from '../../../commands/index.ts'
import { useFigures } from '../../../stores/figures.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswerWhileTyping } from '../use-answer.ts'
import { AttributionRules } from './attribution-rules.tsx'
import { ByTeam } from './by-team.tsx'
import { SharedCosts } from './shared-costs.tsx'
import { Unattributed } from './unattributed.tsx'
import './ownership.css'

/** Whose spend it is: rules tried on all usage while they are typed, what is left, what is shared, and the teams. */
export function OwnershipTab() {
  const { attributionRules, people, settings } = useWorkbook((workbook) => workbook.records)
  const imports = useWorkbook((workbook) => workbook.imports)
  const of = useFigures((figures) => figures.of)
  const currency = settings['settings']?.currency ?? 'USD'
  const takes = useAnswerWhileTyping(
    () => tryRules(Object.values(attributionRules)),
    [attributionRules, people, imports, of, currency],
  )
  const changes = useAnswerWhileTyping(
    () => tryChangeRules(Object.values(attributionRules)),
    [attributionRules, people, imports, of],
  )
  return (
    <>
      <AttributionRules takes={takes} changes={changes} currency={currency} />
      {takes !== null && takes.total.rows > 0 && <Unattributed takes={takes} currency={currency} />}
      <SharedCosts currency={currency} />
      {takes !== null && takes.total.rows > 0 && <ByTeam takes={takes} currency={currency} />}
    </>
  )
}
