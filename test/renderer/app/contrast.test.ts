import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** The tokens themselves are what every screen is made of, so the pairs in use are held here once. */
const css = readFileSync(path.resolve(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split(":root[data-theme='dark']")

function tokensOf(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  )
}
const lightTokens = tokensOf(light)
const themes = { light: lightTokens, dark: { ...lightTokens, ...tokensOf(dark) } }

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2.2: #767676 on white is 4.54. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const surfaces = ['bg', 'surface', 'surface-2', 'surface-3', 'hover'] as const
const pairs: readonly (readonly [text: string, on: string, least: number])[] = [
  ...surfaces.flatMap((on) => ['text', 'text-2', 'text-3'].map((text) => [text, on, 4.5] as const)),
  ...['text', 'text-2', 'text-3', 'accent'].map((text) => [text, 'accent-bg', 4.5] as const),
  ['accent', 'surface', 4.5],
  ['accent', 'surface-2', 4.5],
  ['accent-fg', 'accent', 4.5],
  ['accent-fg', 'accent-strong', 4.5],
  ...['good', 'bad', 'warn'].flatMap((tone) => [
    [tone, `${tone}-bg`, 4.5] as const,
    [tone, 'surface', 4.5] as const,
    [tone, 'hover', 4.5] as const,
  ]),
  ['input', 'surface', 4.5],
  ['text', 'selection-solid', 4.5],
  ...['surface', 'bg', 'surface-2'].map((on) => ['border-control', on, 3] as const),
  ...[1, 2, 3, 4, 5, 6].map((index) => [`series-${index}`, 'surface', 3] as const),
]

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  it.each(pairs)('%s on %s has at least %d to 1', (text, on, least) => {
    expect(tokens[text], text).toBeDefined()
    expect(tokens[on], on).toBeDefined()
    expect(contrast(tokens[text]!, tokens[on]!)).toBeGreaterThanOrEqual(least)
  })
})

it('measures as the guideline does', () => expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2))
