import { type Expression, nameKey, parseFormula, partsOf } from '../formula/index.ts'
import type { ModelRow } from './types.ts'

/** Functions whose value is found out before the model is compiled, from what was imported or is on a list. */
export const KNOWN_FUNCTIONS: ReadonlySet<string> = new Set(['lookup', 'actual', 'history'])

/** A figure as a formula asks for it. */
export interface KnownMention {
  readonly name: 'lookup' | 'actual' | 'history'
  /** As written: names and texts. */
  readonly args: readonly string[]
}

export function knownKey({ name, args }: KnownMention): string {
  return [name, ...args.map(nameKey)].join('\n')
}

/** The figure a call asks for; null where an argument is neither a name nor a text. */
export function mentionOf(node: Expression & { kind: 'call' }): KnownMention | null {
  const args = node.args.map(({ value }) =>
    value.kind === 'name' ? value.name : value.kind === 'text' ? value.value : null,
  )
  return args.includes(null) ? null : { name: node.name as KnownMention['name'], args: args as readonly string[] }
}

const MAY_MENTION = /\b(?:lookup|actual|history)\s*\(/i

/** Every figure the formulas of rows ask for, each once. */
export function knownMentions(rows: readonly Pick<ModelRow, 'formula'>[]): readonly KnownMention[] {
  const found = new Map<string, KnownMention>()
  const visit = (node: Expression): void => {
    const mention = node.kind === 'call' && KNOWN_FUNCTIONS.has(node.name) ? mentionOf(node) : null
    if (mention) found.set(knownKey(mention), mention)
    else partsOf(node).forEach(visit)
  }
  for (const { formula } of rows) if (MAY_MENTION.test(formula)) visit(parseFormula(formula).ast)
  return [...found.values()]
}
