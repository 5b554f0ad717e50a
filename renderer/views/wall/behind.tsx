import type { WallNumber } from '../../../shared/metrics/index.ts'
import { IconButton, Panel } from '../../parts/index.ts'
import { useExplanation } from '../../measured/use-asked.ts'
import { Explained } from '../../measured/explained.tsx'
import { inSentence } from '../../measured/metric-words.ts'
import './wall.css'

/** What is behind one number of the Wall: who moved it, where it waits, what was wasted, which changes. */
export function Behind({
  number,
  currency,
  onClose,
}: {
  readonly number: WallNumber
  readonly currency: string
  readonly onClose: () => void
}) {
  const explanation = useExplanation(number.metricId, number.currentPeriod, number.beforePeriod)
  return (
    <Panel
      className="behind"
      title={`Behind ${inSentence(number.name)}`}
      actions={<IconButton label="Close" icon="close" onPress={onClose} />}
    >
      {explanation === 'working' ? (
        <p className="dim" role="status">
          Looking behind the number…
        </p>
      ) : explanation === null ? (
        <p className="dim">There is no period to look into yet.</p>
      ) : (
        <Explained explanation={explanation} currency={currency} />
      )}
    </Panel>
  )
}
