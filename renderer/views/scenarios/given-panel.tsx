import type { GivenOdds, KeyResultEffect, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import { formatCount, Panel, Table } from '../../parts/index.ts'
import { tellOdds } from './scenario-words.ts'

/** Below so many runs the odds within them are a guess: their error is over 10 points. */
const FEWEST = 100

/** How the key results go together: the odds of each in the runs in which another is met. */
export function OddsWhenMet({ outcome: { given = [], keyResults } }: { readonly outcome: ScenarioOutcome }) {
  const shown = keyResults.filter(({ keyResultId }) => given.some((each) => each.keyResultId === keyResultId))
  const isRare = ({ keyResultId }: KeyResultEffect) =>
    given.every(({ givenId, of }) => givenId !== keyResultId || of < FEWEST)
  const [rare, often] = [shown.filter(isRare), shown.filter((effect) => !isRare(effect))]
  if (shown.length < 2 || often.length === 0) return null
  const find = (of: KeyResultEffect, when: KeyResultEffect) =>
    given.find(({ keyResultId, givenId }) => keyResultId === of.keyResultId && givenId === when.keyResultId)
  return (
    <Panel title="Odds when another is met" isFlush>
      <Table label="Odds of each key result when another is met" className="given-odds">
        <thead>
          <tr>
            <th scope="col">When this is met</th>
            {shown.map(({ keyResultId, name }) => (
              <th key={keyResultId} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="dim">
              In all runs
            </th>
            {shown.map(({ keyResultId, odds }) => (
              <td key={keyResultId} className="number dim">
                {tellOdds(odds ?? 0)}
              </td>
            ))}
          </tr>
          {often.map((when) => (
            <tr key={when.keyResultId}>
              <th scope="row">{when.name}</th>
              {shown.map((of) => (
                <Odds key={of.keyResultId} of={of} given={find(of, when)} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="small dim compare-note">
        Of the runs in which the key result at the left is met.
        {rare.length > 0 &&
          ` Met in fewer than ${formatCount(FEWEST)} runs, too few to tell what follows: ${rare.map(({ name }) => name).join(', ')}.`}
      </p>
    </Panel>
  )
}

function Odds({ of, given }: { readonly of: KeyResultEffect; readonly given: GivenOdds | undefined }) {
  if (!given) return <td className="number faint" aria-label="itself" />
  const now = of.odds ?? 0
  const change = given.odds - now
  // Less than two standard errors of so few runs may be chance.
  const noise = 2 * Math.sqrt((now * (1 - now)) / given.of)
  const tone = Math.abs(change) < Math.max(0.01, noise) ? '' : change > 0 ? 'good' : 'bad'
  return (
    <td className={`number ${tone}`}>
      {tone === '' ? '' : change > 0 ? '▲ ' : '▼ '}
      {tellOdds(given.odds)}
    </td>
  )
}
