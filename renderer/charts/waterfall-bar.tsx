import { placeInWaterfall, type Waterfall } from './waterfall.ts'
import './waterfall.css'

const HEIGHT = 28

/**
 * One row's piece of a waterfall that runs down a table: a bar from where the sum stood to where it stands, joined to the
 * rows above and below. The numbers beside it are the text; this is only the picture.
 */
export function WaterfallBar({
  waterfall,
  index,
  tone,
}: {
  readonly waterfall: Waterfall
  readonly index: number
  readonly tone: 'good' | 'bad' | 'plain'
}) {
  const { from, to } = waterfall.steps[index]!
  const [start, end] = [placeInWaterfall(waterfall, from), placeInWaterfall(waterfall, to)]
  return (
    <svg className="waterfall-bar" width="100%" height={HEIGHT} aria-hidden="true">
      <Join at={start} from={0} to={HEIGHT / 2} />
      <Join at={end} from={HEIGHT / 2} to={HEIGHT} />
      <rect
        className={`waterfall-step ${tone}`}
        x={`${Math.min(start, end)}%`}
        // Also a step too small to see is a step.
        style={{ width: `max(${Math.abs(end - start)}%, 2px)` }}
        y={HEIGHT / 2 - 6}
        height="12"
        rx="1.5"
      />
    </svg>
  )
}

/** Where a waterfall starts or ends. */
export function WaterfallEnd({ waterfall, end }: { readonly waterfall: Waterfall; readonly end: 'start' | 'finish' }) {
  const at = placeInWaterfall(waterfall, end === 'start' ? 0 : (waterfall.steps.at(-1)?.to ?? 0))
  return (
    <svg className="waterfall-bar" width="100%" height={HEIGHT} aria-hidden="true">
      <Join at={at} from={end === 'start' ? HEIGHT / 2 : 0} to={end === 'start' ? HEIGHT : HEIGHT / 2} />
      <circle className="waterfall-end" cx={`${at}%`} cy={HEIGHT / 2} r="4.5" />
    </svg>
  )
}

function Join({ at, from, to }: { readonly at: number; readonly from: number; readonly to: number }) {
  return <line className="waterfall-join" x1={`${at}%`} x2={`${at}%`} y1={from} y2={to} />
}
