import { type AttributionRule, type ChangeTakes, orderedRules, type RuleTakes } from '../../../../shared/plan/index.ts'
import { goTo } from '../../../commands/index.ts'
import {
  Button,
  ComboBox,
  countOf,
  formatCount,
  IconButton,
  Panel,
  Select,
  Table,
  TableHead,
  TextField,
} from '../../../parts/index.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { teamNamesOf } from '../people/team-names.ts'
import { addRule, editRules, RULE_FIELDS } from './rule-edits.ts'
import { moveRule, replaceRule, withoutRule } from './rule-order.ts'
import { ChangeTakeCell, TakeCell } from './take-text.tsx'

/** The choice of a rule that only names a team. */
const TEAM_ONLY = 'team only'

/** Whose spend is it? The first rule that fits decides; what fits none stays unattributed and is shown so. */
export function AttributionRules({
  takes,
  changes,
  currency,
}: {
  readonly takes: RuleTakes | null
  readonly changes: ChangeTakes | null
  readonly currency: string
}) {
  const { attributionRules: rules, initiatives, sharedCosts, people } = useWorkbook((workbook) => workbook.records)
  const ordered = orderedRules(Object.values(rules))
  const owners = [
    ...Object.values(initiatives)
      .sort((a, b) => a.order - b.order)
      .map(({ id, name }) => ({ id, label: name })),
    ...Object.values(sharedCosts)
      .sort((a, b) => a.order - b.order)
      .map(({ id, name }) => ({ id, label: `Shared: ${name}` })),
    { id: TEAM_ONLY, label: 'No initiative, a team only' },
  ]
  const teams = teamNamesOf(people, Object.values(rules)).map((id) => ({ id, label: id }))
  const hasOwners = owners.length > 1
  const ownerOf = ({ initiativeId }: AttributionRule) =>
    initiativeId === '' ? TEAM_ONLY : owners.some(({ id }) => id === initiativeId) ? initiativeId : null

  return (
    <Panel
      title="Rules: whose usage is it?"
      isFlush
      actions={
        hasOwners && (
          <Button size="small" icon="plus" onPress={() => addRule({ initiativeId: owners[0]!.id })}>
            Add rule
          </Button>
        )
      }
    >
      {ordered.length === 0 ? (
        <div className="panel-note row">
          <p className="dim grow">
            {hasOwners
              ? 'No rule yet, so all spend is unattributed. A rule says whose it is: “workspace equals checkout”; * stands for any letters.'
              : 'Spend is unattributed until the plan names initiatives that it can belong to.'}
          </p>
          {!hasOwners && (
            <Button size="small" onPress={() => goTo('plan')}>
              Go to the plan
            </Button>
          )}
        </div>
      ) : (
        <Table label="Attribution rules, the first that fits decides" className="rule-table">
          <TableHead
            columns={[
              { name: 'Order', isNumber: true },
              'Usage or change whose',
              { name: 'equals', title: '* stands for any letters' },
              'belongs to',
              'and to team',
              { name: 'Takes', isNumber: true },
              { name: 'Actions', isHidden: true },
            ]}
          />
          <tbody>
            {ordered.map((rule, index) => (
              <tr key={rule.id}>
                <td className="number faint">{index + 1}</td>
                <td>
                  <Select
                    label={`Field of rule ${index + 1}`}
                    isLabelHidden
                    value={rule.field}
                    onChange={(field) => editRules('attribution rule', (all) => replaceRule(all, { ...rule, field }))}
                    choices={RULE_FIELDS}
                  />
                </td>
                <td>
                  <TextField
                    label={`Value of rule ${index + 1}`}
                    isLabelHidden
                    value={rule.equals}
                    placeholder={rule.field === 'path' ? '/services/checkout/ or *.sql' : 'as the export writes it'}
                    onChange={(equals) =>
                      editRules('attribution rule', (all) => replaceRule(all, { ...rule, equals }), 'join')
                    }
                  />
                </td>
                <td>
                  <Select
                    label={`Initiative of rule ${index + 1}`}
                    isLabelHidden
                    value={ownerOf(rule)}
                    placeholder="Choose an initiative"
                    onChange={(owner) =>
                      editRules('attribution rule', (all) =>
                        replaceRule(all, { ...rule, initiativeId: owner === TEAM_ONLY ? '' : owner }),
                      )
                    }
                    choices={owners}
                  />
                </td>
                <td>
                  <ComboBox
                    label={`Team of rule ${index + 1}`}
                    isLabelHidden
                    value={rule.team ?? ''}
                    placeholder={rule.field === 'path' ? 'of the owners' : 'of the person'}
                    onChange={(team) => {
                      if (team === (rule.team ?? '')) return
                      const { team: _former, ...rest } = rule
                      const next = team === '' ? rest : { ...rest, team }
                      editRules('team of a rule', (all) => replaceRule(all, next), 'join')
                    }}
                    choices={teams}
                  />
                </td>
                <td className="number">
                  {rule.field === 'path' ? (
                    <ChangeTakeCell take={changes?.byRule[rule.id]} />
                  ) : (
                    <TakeCell take={takes?.byRule[rule.id]} currency={currency} />
                  )}
                </td>
                <td>
                  <div className="row rule-buttons">
                    <IconButton
                      label="Try earlier"
                      icon="arrow-up"
                      isDisabled={index === 0}
                      onPress={() => editRules('order of attribution rules', (all) => moveRule(all, rule.id, -1))}
                    />
                    <IconButton
                      label="Try later"
                      icon="arrow-down"
                      isDisabled={index === ordered.length - 1}
                      onPress={() => editRules('order of attribution rules', (all) => moveRule(all, rule.id, 1))}
                    />
                    <IconButton
                      label="Delete rule"
                      icon="trash"
                      onPress={() => editRules('deletion of a rule', (all) => withoutRule(all, rule.id))}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {changes !== null && (
        <div className="panel-note rule-note">
          <p className="small dim">
            Rules about paths decide whose a change is in the metrics, and so the cost linked to it; they claim no
            usage. {countOf(changes.unowned.lines, 'line')} of {formatCount(changes.total.lines)} changed are unowned:
            no rule gives their files to a team and no CODEOWNERS names them. There the team of the author counts.
          </p>
        </div>
      )}
    </Panel>
  )
}
