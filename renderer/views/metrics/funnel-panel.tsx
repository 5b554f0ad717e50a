import { useCallback, useState } from 'react'
import { addDays, type Day, namePeriod } from '../../../shared/calendar/index.ts'
import type { FunnelTold } from '../../../shared/metrics/index.ts'
import { goTo, moneyFunnel } from '../../commands/index.ts'
import { RowTable } from '../../measured/behind-rows.tsx'
import { LossRows } from '../../measured/loss-rows.tsx'
import { LEVEL_WORDS } from '../../measured/metric-words.ts'
import { useAsked } from '../../measured/use-asked.ts'
import { WasteTable } from '../../measured/waste-table.tsx'
import { Button, Panel, Select, countOf, formatCount, formatUnits } from '../../parts/index.ts'
import './funnel.css'

const ALL = ''

/** How far the money came, from an idea to something that runs, and what stayed on the way: for all or for one team. */
export function FunnelPanel({
  asOf,
  days,
  currency,
}: {
  readonly asOf: Day
  readonly days: number
  readonly currency: string
}) {
  const [team, setTeam] = useState(ALL)
  const from = addDays(asOf, 1 - days)
  const told = useAsked(
    useCallback(() => moneyFunnel({ from, to: asOf }, team === ALL ? null : team), [from, asOf, team]),
  )
  const teams = told === 'working' ? null : (told?.teams ?? [])
  const [known, setKnown] = useState<readonly string[]>([])
  // While another team is measured the choice stays as it was.
  if (teams !== null && teams.join('\n') !== known.join('\n')) setKnown(teams)
  return (
    <>
      <Panel
        title={`From idea to production, ${namePeriod(from, asOf)}`}
        actions={
          known.length > 0 && (
            <Select
              label="Team"
              look="bar"
              isLabelHidden
              value={team}
              onChange={setTeam}
              choices={[{ id: ALL, label: 'All teams' }, ...known.map((id) => ({ id, label: id }))]}
            />
          )
        }
      >
        {told === 'working' ? (
          <p className="dim" role="status">
            Following the money…
          </p>
        ) : told === null ? (
          <p className="dim">
            No cost of these days is known. Import a usage export or a bill that states what was spent, beside git or
            pull requests.
          </p>
        ) : (
          <>
            <Stages told={told} isAll={team === ALL} currency={currency} />
            {told.teams.length === 0 && (
              <p className="small dim">
                No team of at least five people has changes here; smaller ones are not told apart. Import CODEOWNERS or
                a team map, or give people their teams, to follow the money of one team.{' '}
                <Button size="small" variant="ghost" onPress={() => goTo('data')}>
                  Go to Data
                </Button>
              </p>
            )}
          </>
        )}
      </Panel>
      {told !== 'working' && told?.waste && (
        <Panel title="What bought nothing that lasted">
          <WasteTable waste={told.waste} period={told.funnel.period} currency={currency} />
          {team !== ALL && (
            <p className="small dim">
              Of the changes of {team}. A pull request that was never merged names no files, so it is a team’s by its
              author or issue alone, and in no team where only paths have owners. Uses and sessions that came to no
              change belong to no team; look at all teams to see them.
            </p>
          )}
        </Panel>
      )}
    </>
  )
}

function Stages({
  told: { funnel, stayed },
  isAll,
  currency,
}: {
  readonly told: FunnelTold
  /** Of all teams: what came to no change belongs to none. */
  readonly isAll: boolean
  readonly currency: string
}) {
  const money = (amount: number) => formatUnits(amount, '$', currency)
  const whole = funnel.stages.find(({ amount }) => amount !== null)?.amount ?? 0
  const shareOf = (amount: number) => (whole === 0 ? 0 : amount / whole)
  return (
    <>
      <ol className="funnel">
        {funnel.stages.map(({ id, name, what, count, amount, byLevel, lost }, at) => {
          const stopped = lost && at > 0 ? stayed[funnel.stages[at - 1]!.id] : undefined
          return (
            <li key={id}>
              {lost && (
                <div className="funnel-lost">
                  <span className="number">{lost.amount > 0 ? `−${money(lost.amount)}` : 'nothing'}</span>
                  <span>{lost.name}</span>
                  {stopped && stopped.count > 0 && (
                    <details className="funnel-rows">
                      <summary>{countOf(stopped.count, 'change')}</summary>
                      <RowTable label={`${lost.name}: changes`} rows={stopped.rows} currency={currency} columns={[]} />
                      {stopped.count > stopped.rows.length && (
                        <p className="small dim">The {formatCount(stopped.rows.length)} dearest of them.</p>
                      )}
                    </details>
                  )}
                  {id === 'generation' && isAll && lost.amount > 0 && (
                    <div className="funnel-rows">
                      <LossRows name={lost.name} period={funnel.period} loss="unlinked" currency={currency} />
                    </div>
                  )}
                </div>
              )}
              <div className="funnel-stage">
                <h3>{name}</h3>
                <p className="funnel-amount">
                  {amount === null ? <span className="unknown">unknown</span> : money(amount)}
                </p>
                <p className="small dim">
                  {count === null ? tellUnknown(id) : countOf(count, ...what)}
                  {amount !== null && at > 0 && ` · ${formatUnits(shareOf(amount), 'share', currency)}`}
                </p>
                <div className="funnel-bar" aria-hidden="true">
                  <span style={{ width: `${shareOf((amount ?? 0) - (byLevel?.['team-week'] ?? 0)) * 100}%` }} />
                  <span className="spread" style={{ width: `${shareOf(byLevel?.['team-week'] ?? 0) * 100}%` }} />
                </div>
                {byLevel && (
                  <p className="small faint">
                    {(['id', 'person-day', 'team-week'] as const)
                      .filter((level) => byLevel[level] > 0)
                      .map((level) => `${money(byLevel[level])} ${LEVEL_WORDS[level]}`)
                      .join(', ')}
                  </p>
                )}
              </div>
            </li>
          )
        })}
      </ol>
      <p className="small dim">
        The same money at every stage, never more than at the one before: what was spent, what of it came to a change,
        to a merged one, to one in production. Solid is what is known of a change by its name or by the person and day;
        pale is spread over the changes of a week and says nothing of a single one.
      </p>
    </>
  )
}

function tellUnknown(stage: string): string {
  return stage === 'idea'
    ? 'A use that came to no change belongs to no team.'
    : 'No deployment joins the changes. Import deployments with their commits.'
}
