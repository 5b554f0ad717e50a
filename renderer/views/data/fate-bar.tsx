import type { RowCounts } from '../../../shared/importers/index.ts'
import { formatCount } from '../../parts/index.ts'
import { fateShares } from './fates.ts'

/** The four fates of a file's rows, as a bar and in numbers. */
export function FateBar({ counts }: { readonly counts: RowCounts }) {
  const shares = fateShares(counts)
  return (
    <div className="fates">
      <div className="fate-bar" aria-hidden="true">
        {shares
          .filter(({ share }) => share > 0)
          .map(({ fate, share }) => (
            <span key={fate} className={`fate-part ${fate}`} style={{ width: `${share * 100}%` }} />
          ))}
      </div>
      <dl className="fate-counts">
        {shares.map(({ fate, name, count, meaning }) => (
          <div key={fate} title={meaning} className={count === 0 ? 'none' : ''}>
            <dt>
              <span className={`fate-key ${fate}`} />
              {name}
            </dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
        {counts.blank > 0 && (
          <div title="Rows the format defines as carrying nothing">
            <dt>blank</dt>
            <dd>{formatCount(counts.blank)}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
