import type { DrawnFit } from '../../../shared/scenario/index.ts'
import { FitChart } from '../../charts/index.ts'
import { formatUnits, Panel } from '../../parts/index.ts'
import { tellFit } from './scenario-words.ts'

/** Evidence of rows drawn from imported history: how many values, by which method, and the fit beside the data. */
export function Fits({ fits, currency }: { readonly fits: readonly DrawnFit[]; readonly currency: string }) {
  if (fits.length === 0) return null
  return (
    <Panel title="Drawn from your history">
      <div className="fits">
        {fits.map((fit) => (
          <section key={`${fit.row} ${fit.source} ${fit.column}`} className="fit" aria-label={fit.row}>
            <h3>{fit.row}</h3>
            <p className="small dim">{tellFit(fit)}</p>
            {fit.method !== 'drawn again' && (
              <FitChart
                title={`${fit.row}: the fit against your data`}
                pairs={fit.pairs}
                show={(value) => formatUnits(value, fit.unit, currency)}
              />
            )}
          </section>
        ))}
      </div>
    </Panel>
  )
}
