import { ProgressBar } from 'react-aria-components/ProgressBar'

/** Share 0 … 1; null = how much is left is not known. */
export function Progress({
  label,
  share,
  note,
}: {
  readonly label: string
  readonly share: number | null
  readonly note?: string
}) {
  return (
    <ProgressBar className="progress" aria-label={label} isIndeterminate={share === null} value={(share ?? 0) * 100}>
      {({ percentage }) => (
        <>
          <div className="progress-track">
            <div
              className={share === null ? 'progress-fill moving' : 'progress-fill'}
              style={{ width: share === null ? '30%' : `${percentage ?? 0}%` }}
            />
          </div>
          {note && <span className="small dim">{note}</span>}
        </>
      )}
    </ProgressBar>
  )
}
