import type { AttributionRule } from '../../../shared/plan/index.ts'
import { editRecords, goTo } from '../../commands/index.ts'
import { Button, IconButton, Panel, Select, Table, TextField } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { newId } from '../../parts/new-id.ts'
import { moveRule, orderRules, replaceRule, withoutRule } from './rule-order.ts'

const FIELDS: readonly { readonly id: AttributionRule['field']; readonly label: string }[] = [
  { id: 'workspace', label: 'Workspace or project' },
  { id: 'apiKey', label: 'API key' },
  { id: 'repository', label: 'Repository' },
  { id: 'person', label: 'Person' },
  { id: 'model', label: 'Model' },
  { id: 'tool', label: 'Tool' },
]

/** Whose spend is it? The first rule that fits decides; what fits none stays unattributed and is shown so. */
export function AttributionRules() {
  const rules = useWorkbook((workbook) => workbook.records.attributionRules)
  const initiatives = useWorkbook((workbook) => workbook.records.initiatives)
  const ordered = orderRules(rules)
  const owners = Object.values(initiatives)
    .sort((a, b) => a.order - b.order)
    .map(({ id, name }) => ({ id, label: name }))

  function edit(
    label: string,
    change: (rules: Readonly<Record<string, AttributionRule>>) => Readonly<Record<string, AttributionRule>>,
    remembered: 'step' | 'join' = 'step',
  ) {
    void editRecords(
      label,
      (records) => ({ ...records, attributionRules: change(records.attributionRules) }),
      remembered,
    )
  }

  function add() {
    const rule: AttributionRule = {
      id: newId('rule'),
      field: 'workspace',
      equals: '',
      initiativeId: owners[0]?.id ?? '',
      order: (ordered.at(-1)?.order ?? 0) + 1,
    }
    edit('new attribution rule', (all) => replaceRule(all, rule))
  }

  return (
    <Panel
      title="Attribution to initiatives"
      isFlush
      actions={
        owners.length > 0 && (
          <Button size="small" icon="plus" onPress={add}>
            Add rule
          </Button>
        )
      }
    >
      {ordered.length === 0 ? (
        <div className="panel-note row">
          <p className="dim grow">
            {owners.length === 0
              ? 'Spend is unattributed until the plan names initiatives that it can belong to.'
              : 'No rule yet, so all spend is unattributed. A rule says whose it is: “workspace equals checkout”.'}
          </p>
          {owners.length === 0 && (
            <Button size="small" onPress={() => goTo('plan')}>
              Go to the plan
            </Button>
          )}
        </div>
      ) : (
        <Table label="Attribution rules, the first that fits decides">
          <thead>
            <tr>
              <th scope="col" className="number">
                Order
              </th>
              <th scope="col">Usage whose</th>
              <th scope="col">equals</th>
              <th scope="col">belongs to</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((rule, index) => (
              <tr key={rule.id}>
                <td className="number faint">{index + 1}</td>
                <td>
                  <Select
                    label={`Field of rule ${index + 1}`}
                    isLabelHidden
                    value={rule.field}
                    onChange={(field) => edit('attribution rule', (all) => replaceRule(all, { ...rule, field }))}
                    choices={FIELDS}
                  />
                </td>
                <td>
                  <TextField
                    label={`Value of rule ${index + 1}`}
                    isLabelHidden
                    value={rule.equals}
                    placeholder="as written in the export"
                    onChange={(equals) =>
                      edit('attribution rule', (all) => replaceRule(all, { ...rule, equals }), 'join')
                    }
                  />
                </td>
                <td>
                  <Select
                    label={`Initiative of rule ${index + 1}`}
                    isLabelHidden
                    value={initiatives[rule.initiativeId] ? rule.initiativeId : null}
                    placeholder="Choose an initiative"
                    onChange={(initiativeId) =>
                      edit('attribution rule', (all) => replaceRule(all, { ...rule, initiativeId }))
                    }
                    choices={owners}
                  />
                </td>
                <td>
                  <div className="row rule-buttons">
                    <IconButton
                      label="Try earlier"
                      icon="arrow-up"
                      isDisabled={index === 0}
                      onPress={() => edit('order of attribution rules', (all) => moveRule(all, rule.id, -1))}
                    />
                    <IconButton
                      label="Try later"
                      icon="arrow-down"
                      isDisabled={index === ordered.length - 1}
                      onPress={() => edit('order of attribution rules', (all) => moveRule(all, rule.id, 1))}
                    />
                    <IconButton
                      label="Delete rule"
                      icon="trash"
                      onPress={() => edit('deletion of a rule', (all) => withoutRule(all, rule.id))}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
