import { useEffect, useState } from 'react'
import type { Explanation, WallNumber } from '../../../shared/metrics/index.ts'
import { explainNumber } from '../../commands/index.ts'
import { IconButton, Panel } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
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
  const explanation = useExplanation(number)
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

function useExplanation(number: WallNumber): Explanation | null | 'working' {
  const [told, setTold] = useState<Explanation | null | 'working'>('working')
  const of = useFigures((figures) => figures.of)
  const { metricId, currentPeriod, beforePeriod } = number
  useEffect(() => {
    let isWanted = true
    async function look() {
      const next = currentPeriod && beforePeriod ? await explainNumber(metricId, currentPeriod, beforePeriod) : null
      if (isWanted) setTold(next)
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [metricId, currentPeriod, beforePeriod, of])
  return told
}
