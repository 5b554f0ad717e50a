import { allTokensText } from './token-text.ts'
import type { RuleTakes } from '../../../../shared/plan/index.ts'
import { Button, Chip, Panel, Table, TableHead, formatCount } from '../../../parts/index.ts'
import { addRule, ruleFor, USAGE_FIELDS } from './rule-edits.ts'
import { TakeMoney } from './take-text.tsx'

/** What no rule claims, with its biggest contributors and the rule that would claim each. */
export function Unattributed({ takes, currency }: { readonly takes: RuleTakes; readonly currency: string }) {
  const { unattributed, total, unclaimed } = takes
  if (unattributed.rows === 0) {
    return (
      <Panel title="Unattributed">
        <p className="dim">Nothing: every row of usage has an owner.</p>
      </Panel>
    )
  }
  return (
    <Panel
      isFlush
      title={
        <>
          Unattributed{' '}
          <Chip tone="warn">
            {formatCount(unattributed.rows)} of {formatCount(total.rows)} rows
          </Chip>
        </>
      }
      actions={
        <span>
          <TakeMoney take={unattributed} currency={currency} />
        </span>
      }
    >
      <Table label="Biggest unattributed usage">
        <TableHead
          columns={[
            'Tool',
            'Says',
            { name: 'Rows', isNumber: true },
            { name: 'Tokens', isNumber: true },
            { name: 'Cost', isNumber: true },
            { name: 'Actions', isHidden: true },
          ]}
        />
        <tbody>
          {unclaimed.map((part) => {
            const said = USAGE_FIELDS.filter(({ id }) => id !== 'tool' && part.fields[id] !== null)
            const rule = ruleFor(part.fields)
            return (
              <tr key={JSON.stringify(part.fields)}>
                <th scope="row">{part.fields.tool ?? 'Tool not named'}</th>
                <td className="dim unclaimed-says">
                  {said.map(({ id, label }) => `${label.toLowerCase()} ${part.fields[id]}`).join(' · ') ||
                    'nothing more'}
                </td>
                <td className="number">{formatCount(part.rows)}</td>
                <td className="number">{allTokensText(part.tokens)}</td>
                <td className="number">
                  <TakeMoney take={part} currency={currency} />
                </td>
                <td>
                  {rule !== null && (
                    <Button size="small" onPress={() => addRule(rule)} aria-label={`Add rule: ${rule.equals}`}>
                      Add rule
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </Table>
    </Panel>
  )
}
