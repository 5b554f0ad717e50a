/** The tokens a canvas needs, read where CSS cannot reach. */
export interface Palette {
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly border: string
  readonly surface: string
  readonly series: string
  readonly font: string
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    text: token('--text'),
    faint: token('--text-3'),
    line: token('--grid-line'),
    border: token('--border-strong'),
    surface: token('--surface'),
    series: token('--series-1'),
    font: style.fontFamily,
  }
}
