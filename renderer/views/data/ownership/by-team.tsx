import type { RuleTakes } from '../../../../shared/plan/index.ts'
import { Panel, Table, TableHead, formatCount } from '../../../parts/index.ts'
import { TakeMoney } from './take-text.tsx'
import { allTokensText } from './token-text.ts'

/** Usage by team; what has no team stays a line of its own. */
export function ByTeam({ takes: { byTeam }, currency }: { readonly takes: RuleTakes; readonly currency: string }) {
  const hasTeams = byTeam.some(({ team }) => team !== '')
  if (!hasTeams) {
    return (
      <Panel title="By team">
        <p className="dim">
          No usage has a team yet. Name a team in a rule, give people their teams under People, or import a list of
          teams.
        </p>
      </Panel>
    )
  }
  return (
    <Panel title="By team" isFlush>
      <Table label="Usage by team">
        <TableHead
          columns={[
            'Team',
            { name: 'Rows', isNumber: true },
            { name: 'Tokens', isNumber: true },
            { name: 'Cost', isNumber: true },
          ]}
        />
        <tbody>
          {byTeam.map((take) => (
            <tr key={take.team}>
              <th scope="row">{take.team === '' ? <span className="warn">No team</span> : take.team}</th>
              <td className="number">{formatCount(take.rows)}</td>
              <td className="number">{allTokensText(take.tokens)}</td>
              <td className="number">
                <TakeMoney take={take} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
