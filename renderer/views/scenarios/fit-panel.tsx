import type { DrawnFit } from '../../../shared/scenario/index.ts'
import { FitChart } from '../../charts/index.ts'
import { formatUnits, Panel } from '../../parts/index.ts'
import { tellFit } from './scenario-words.ts'

/** Evidence of rows that rest on imported values: how many, by which method, and the fit beside the data. */
export function Fits({ fits, currency }: { readonly fits: readonly DrawnFit[]; readonly currency: string }) {
  if (fits.length === 0) return null
  return (
    <Panel title="Ranges beside your data">
      <div className="fits">
        {fits.map((fit) => (
          <section
            key={`${fit.row} ${fit.source} ${fit.column}`}
            id={fitId(fit.row)}
            tabIndex={-1}
            className="fit"
            aria-label={`Fit of ${fit.row}`}
          >
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

/** Brings the fit of a row into view and to whoever reads with the keyboard. */
export function showFit(row: string): void {
  const section = document.getElementById(fitId(row))
  section?.scrollIntoView({ block: 'center' })
  section?.focus({ preventScroll: true })
}

function fitId(row: string): string {
  return `fit of ${row}`.replaceAll(' ', '-')
}
