import type { ReactNode } from 'react'

/** Head of a place: its name, one line about what is shown, things to do at the right. */
export function PageHeader({
  title,
  children,
  actions,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <header className="page-header">
      <div className="grow">
        <h1>{title}</h1>
        {children && <div className="page-header-line">{children}</div>}
      </div>
      {actions && <div className="row row-wrap">{actions}</div>}
    </header>
  )
}

/** Body of a place that scrolls as one page. Grids bring their own scrolling and do without. */
export function Page({
  children,
  width = 'wide',
}: {
  readonly children: ReactNode
  readonly width?: 'wide' | 'reading'
}) {
  return (
    <div className="page">
      <div className={`page-inner ${width}`}>{children}</div>
    </div>
  )
}

export function Panel({
  title,
  actions,
  children,
  isFlush = false,
  className = '',
}: {
  readonly title?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Content touches the edges: tables. */
  readonly isFlush?: boolean
  readonly className?: string
}) {
  return (
    <section className={`panel ${isFlush ? 'flush' : ''} ${className}`}>
      {(title || actions) && (
        <header className="panel-head">
          <h2 className="grow">{title}</h2>
          {actions}
        </header>
      )}
      <div className="panel-body">{children}</div>
    </section>
  )
}

export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      {children}
    </div>
  )
}

/** A plain table that scrolls sideways inside itself. Children are `thead`, `tbody`, `tfoot`. */
export function Table({
  label,
  className = '',
  children,
}: {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}) {
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className={`table ${className}`}>
        <caption className="visually-hidden">{label}</caption>
        {children}
      </table>
    </div>
  )
}

/** A term with its value, in a row of such. */
export function Facts({ facts }: { readonly facts: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
