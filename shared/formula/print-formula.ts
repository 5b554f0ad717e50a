import type { Expression, MonthPick } from './ast.ts'

/** Writes a tree as text that reads back as the same tree, with the fewest brackets and quotes. */
export function printFormula(node: Expression): string {
  return print(node).text
}

/** `Backlog` stays bare, `'Review minutes'` and the words of the language get quotes. */
export function printName(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `'${name.replaceAll("'", "''")}'`
}

const PLAIN_NAME = /^[A-Za-z_\u00a1-\u00a2\u00a4\u00a6-\u20ab\u20ad-\ud7ff][A-Za-z0-9_\u00a1-\ud7ff]*$/
const RESERVED = new Set(['to', 'of', 'at'])

interface Printed {
  readonly text: string
  /** How tightly it holds together; 9 = an atom. */
  readonly binding: number
}

const BINDING: Readonly<Record<string, number>> = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '>': 1,
  '<=': 1,
  '>=': 1,
  '&': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '^': 6,
}
const RANGE = 2
const UNARY = 7
const PERCENT = 8
const ATOM = 9

function print(node: Expression): Printed {
  switch (node.kind) {
    case 'number':
      return { text: node.text, binding: ATOM }
    case 'text':
      return { text: `"${node.value.replaceAll('"', '""')}"`, binding: ATOM }
    case 'month':
      return { text: node.month, binding: ATOM }
    case 'period':
      return { text: `${print(node.count).text} ${node.period}`, binding: ATOM }
    case 'name':
      return { text: printName(node.name), binding: ATOM }
    case 'column':
      return { text: `${printName(node.source)}.${printName(node.column)}`, binding: ATOM }
    case 'pick':
      return { text: `${held(node.of, ATOM)}[${printPick(node.at)}]`, binding: ATOM }
    case 'span':
      return { text: `${held(node.of, ATOM)}[${printPick(node.from)}..${printPick(node.to)}]`, binding: ATOM }
    case 'unary':
      // A second minus gets a bracket: two in a row would begin a comment.
      return { text: node.operator + held(node.of, node.of.kind === 'unary' ? ATOM : UNARY), binding: UNARY }
    case 'percent':
      // 2026-03% would be a subtraction.
      return { text: `${held(node.of, node.of.kind === 'month' ? ATOM + 1 : PERCENT)}%`, binding: PERCENT }
    case 'binary': {
      const binding = BINDING[node.operator]!
      const isSigned = node.operator === '^' && node.left.kind === 'unary'
      const left = held(node.left, isSigned ? ATOM : binding)
      const right = held(node.right, binding + 1)
      return { text: `${left} ${node.operator} ${right}`, binding }
    }
    case 'range': {
      const cover = node.cover ? ` at ${held(node.cover, RANGE + 1)}` : ''
      return { text: `${held(node.low, RANGE + 1)} to ${held(node.high, RANGE + 1)}${cover}`, binding: RANGE }
    }
    case 'counts':
      return { text: `${held(node.hits, RANGE + 1)} of ${held(node.tries, RANGE + 1)}`, binding: RANGE }
    case 'call': {
      const args = node.args.map(
        (argument) => (argument.name === null ? '' : `${argument.name}: `) + print(argument.value).text,
      )
      return { text: `${node.name}(${args.join(', ')})`, binding: ATOM }
    }
    case 'gap':
      return { text: '', binding: ATOM }
  }
}

function held(node: Expression, needed: number): string {
  const { text, binding } = print(node)
  return binding < needed ? `(${text})` : text
}

function printPick(pick: MonthPick): string {
  if (pick.kind === 'month') return pick.month
  if (pick.kind === 'back') return pick.months === 0 ? '0' : `-${pick.months}`
  if (pick.kind === 'named') return /^(prev|first|last)$/i.test(pick.name) ? `'${pick.name}'` : printName(pick.name)
  return pick.kind
}
