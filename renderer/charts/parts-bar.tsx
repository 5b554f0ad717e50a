import './charts.css'

export interface BarPart {
  readonly name: string
  /** 0 … 1 of the whole. */
  readonly share: number
  /** The part's amount as people read it. */
  readonly text: string
}

/** One bar cut into parts, with a list that names each: the list is the text, the bar only the picture. */
export function PartsBar({ parts, emphasised }: { readonly parts: readonly BarPart[]; readonly emphasised?: string }) {
  let from = 0
  const placed = parts.map((part, index) => {
    const start = from
    from += part.share
    return { ...part, start, series: (index % 6) + 1 }
  })
  return (
    <div className="parts-bar">
      <svg width="100%" height="20" aria-hidden="true">
        {placed.map(({ name, start, share, series }) => (
          <rect
            key={name}
            x={`${start * 100}%`}
            width={`calc(${Math.max(0, share) * 100}% - 2px)`}
            height="20"
            rx="2"
            style={{ fill: `var(--series-${series})` }}
          />
        ))}
      </svg>
      <ul className="parts-list">
        {placed.map(({ name, share, text, series }) => (
          <li key={name} className={name === emphasised ? 'strong' : undefined}>
            <span className="parts-key" style={{ background: `var(--series-${series})` }} aria-hidden="true" />
            <span className="parts-name">{name}</span>
            <span className="number">{text}</span>
            <span className="number dim">{Math.round(share * 100)}%</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
