import type { SyntaxNode, Tree } from '@lezer/common'
import type { MonthKey } from '../calendar/index.ts'
import {
  type Argument,
  type BinaryOperator,
  type Expression,
  type MonthPick,
  MONTHS_IN_PERIOD,
  type PeriodName,
  type Place,
  type SyntaxProblem,
} from './ast.ts'
import { parser } from './parser.ts'

export interface ParsedFormula {
  readonly ast: Expression
  readonly errors: readonly SyntaxProblem[]
}

/** Excel's own limit, and a bound on the work half-typed or pasted text can cause. */
export const MAX_FORMULA_LENGTH = 8192
const MAX_DEPTH = 250

/**
 * Reads one formula (without the leading `=`). Never throws: what cannot be read becomes a `gap` beside an error with its
 * place, and everything around it is still understood, so colours and completion work while typing.
 */
export function parseFormula(text: string): ParsedFormula {
  if (text.length > MAX_FORMULA_LENGTH) {
    return refused(
      text,
      `The formula has ${text.length} characters, at most 8,192 are read. Split it over several rows.`,
    )
  }
  if (PLAIN_NUMBER.test(text)) return { ast: new Reader(text).number({ from: 0, to: text.length }), errors: [] }
  const known = lately.get(text) ?? before.get(text)
  if (known) return known
  if (deepestBracket(text) > MAX_DEPTH) return refused(text, TOO_DEEP)
  const tree = treeOf(text)
  if (!tree) return refused(text, TOO_DEEP)
  const parsed = readTree(text, tree)
  if (lately.size >= MOST_LATELY) [before, lately] = [lately, new Map()]
  lately.set(text, parsed)
  return parsed
}

/**
 * Formulas read lately, the newer and the older half: whatever looks at a plan, be it to compile, trace or check it, reads all
 * of its formulas again.
 */
let lately = new Map<string, ParsedFormula>()
let before = new Map<string, ParsedFormula>()
const MOST_LATELY = 10_000

function readTree(text: string, tree: Tree): ParsedFormula {
  const reader = new Reader(text)
  reader.findGaps(tree)
  const ast = reader.expression(expressionIn(tree.topNode), 0, { from: 0, to: text.length })
  const errors = [...reader.errors].sort((a, b) => a.place.from - b.place.from || a.place.to - b.place.to)
  return { ast, errors: distinct(errors) }
}

/** Places of coloured pieces, for a formula bar: the kind is the grammar's own word. */
export function piecesOf(text: string): readonly { readonly kind: string; readonly place: Place }[] {
  if (text.length > MAX_FORMULA_LENGTH || deepestBracket(text) > MAX_DEPTH) return []
  const pieces: { kind: string; place: Place }[] = []
  treeOf(text)?.iterate({
    enter(node) {
      if (!node.node.firstChild && node.to > node.from) {
        pieces.push({ kind: node.type.isError ? 'gap' : node.name, place: { from: node.from, to: node.to } })
      }
    },
  })
  return pieces
}

/** Null = nested beyond what the stack holds here; how much that is depends on who called. */
function treeOf(text: string): Tree | null {
  try {
    return parser.parse(text)
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem
    return null
  }
}

/** A month's own number is nearly always this; thousands of them in one paste need no grammar. */
const PLAIN_NUMBER = /^\d{1,15}(?:\.\d{1,15})?[kMB]?$/
const TOO_DEEP = 'The formula is nested too deeply (more than 250 levels). Give a part of it a row of its own.'
const OPERATORS = new Set(['Plus', 'Minus', 'Times', 'Over', 'Power', 'Join', 'Compare'])
const BRACKET_WORDS = 'a month such as 2026-03, prev, first, last, or a number of months back such as -3'

function refused(text: string, message: string): ParsedFormula {
  const place = { from: 0, to: text.length }
  return { ast: { kind: 'gap', place }, errors: [{ place, message }] }
}

class Reader {
  readonly errors: SyntaxProblem[] = []
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  findGaps(tree: Tree): void {
    tree.iterate({
      enter: (node) => {
        if (!node.type.isError) return
        this.errors.push({ place: { from: node.from, to: node.to }, message: this.tellGap(node.from, node.to) })
        return false
      },
    })
  }

  expression(node: SyntaxNode | null, depth: number, around: Place): Expression {
    if (!node) return this.gap(around)
    const place = { from: node.from, to: node.to }
    if (depth > MAX_DEPTH) return this.problem(place, TOO_DEEP)
    switch (node.name) {
      case 'Number':
        return this.number(place)
      case 'Name':
      case 'Quoted':
        return { kind: 'name', name: this.name(node), place }
      case 'Month':
        return { kind: 'month', month: this.slice(node) as MonthKey, place }
      case 'Text':
        return { kind: 'text', value: this.slice(node).slice(1, -1).replaceAll('""', '"'), place }
      case 'Binary':
        return this.binary(node, depth, place)
      case 'Call':
        return this.call(node, depth, place)
    }
    const parts = expressionsIn(node)
    const inner = (child: SyntaxNode | null) => this.expression(child, depth + 1, { from: node.to, to: node.to })
    switch (node.name) {
      case 'Quantity':
        return this.period(node, place)
      case 'Column':
        return { kind: 'column', source: this.name(parts[0]), column: this.name(parts[1]), place }
      case 'Paren':
        return inner(parts[0] ?? null)
      case 'At':
        return this.at(node, parts[0] ?? null, depth, place)
      case 'Percent':
        return { kind: 'percent', of: inner(parts[0] ?? null), place }
      case 'Unary':
        return {
          kind: 'unary',
          operator: this.text[node.from] === '+' ? '+' : '-',
          of: inner(parts[0] ?? null),
          place,
        }
      case 'Range':
        return {
          kind: 'range',
          low: inner(parts[0] ?? null),
          high: inner(parts[1] ?? null),
          cover: node.getChild('AtWord') ? inner(parts[2] ?? null) : null,
          place,
        }
      case 'Counts':
        return { kind: 'counts', hits: inner(parts[0] ?? null), tries: inner(parts[1] ?? null), place }
      default:
        return this.gap(place)
    }
  }

  number(place: Place): Expression {
    const text = this.text.slice(place.from, place.to)
    const currency = /^[$€£¥]/.exec(text)?.[0] ?? ''
    const [, digits = '', exponent = '0', suffix = ''] =
      /^([\d.]+)(?:e([+-]?\d+))?([kMB]?)$/i.exec(text.slice(currency.length)) ?? []
    const thousands = suffix === '' ? 0 : suffix === 'M' ? 6 : suffix === 'B' ? 9 : 3
    // Through decimal text, so that 12.3k is 12300 and not 12.3 * 1000 with its rounding.
    const value = Number(`${digits}e${Number(exponent) + thousands}`)
    if (!Number.isFinite(value))
      return this.problem(place, `“${text}” is larger than any number kept here (about 1.8e308).`)
    return { kind: 'number', value, text, currency, place }
  }

  private period(node: SyntaxNode, place: Place): Expression {
    const [count, word] = expressionsIn(node)
    const name = this.slice(word).toLowerCase()
    if (!(name in MONTHS_IN_PERIOD)) {
      return this.problem(
        place,
        `“${this.slice(node)}”: “${this.slice(word)}” is not a length of time. Write months, quarters or years, or put an operator between.`,
      )
    }
    const value = count ? this.number({ from: count.from, to: count.to }) : this.gap(place)
    return { kind: 'period', count: value, period: name as PeriodName, place }
  }

  private call(node: SyntaxNode, depth: number, place: Place): Expression {
    const name = this.slice(node.getChild('Name')).toLowerCase()
    const args: Argument[] = []
    const list = node.getChild('Arguments')
    for (let child = list?.firstChild ?? null; child; child = child.nextSibling) {
      if (child.name === 'Named') {
        const [word, value] = expressionsIn(child)
        const missing = { from: child.to, to: child.to }
        args.push({ name: this.slice(word).toLowerCase(), value: this.expression(value ?? null, depth + 1, missing) })
      } else if (isExpression(child)) {
        args.push({ name: null, value: this.expression(child, depth + 1, place) })
      }
    }
    return { kind: 'call', name, args, place }
  }

  private at(node: SyntaxNode, what: SyntaxNode | null, depth: number, place: Place): Expression {
    const of = this.expression(what, depth + 1, place)
    const picks = node.getChildren('Pick').map((pick) => this.pick(pick))
    const [from, to] = picks
    if (!from) return this.problem(place, `The brackets are empty: ${BRACKET_WORDS} is wanted.`)
    if (!node.getChild('Span')) return { kind: 'pick', of, at: from, place }
    if (!to) return this.problem(place, 'The span of months has no end, such as X[2026-01..2026-03].')
    return { kind: 'span', of, from, to, place }
  }

  private pick(node: SyntaxNode): MonthPick {
    const place = { from: node.from, to: node.to }
    const child = node.firstChild
    const text = this.slice(node)
    if (child?.name === 'Month') return { kind: 'month', month: text as MonthKey, place }
    if (child?.name === 'Quoted') return { kind: 'named', name: this.name(child), place }
    if (child?.name === 'Name') {
      const word = text.toLowerCase()
      if (word === 'prev' || word === 'first' || word === 'last') return { kind: word, place }
      return { kind: 'named', name: text, place }
    }
    const months = Number(text.replace(/\s/g, ''))
    if (Number.isInteger(months) && months <= 0 && months >= -1200)
      return { kind: 'back', months: months === 0 ? 0 : -months, place }
    this.problem(place, `“${text}” in brackets: ${BRACKET_WORDS} is wanted.`)
    return { kind: 'back', months: 0, place }
  }

  private binary(node: SyntaxNode, depth: number, place: Place): Expression {
    const parts: SyntaxNode[] = []
    let operatorNode: SyntaxNode | null = null
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (OPERATORS.has(child.name)) operatorNode ??= child
      else addExpression(child, parts)
    }
    const [leftNode, rightNode] = parts
    const operator = this.slice(operatorNode) as BinaryOperator
    const end = { from: node.to, to: node.to }
    const left = this.expression(leftNode ?? null, depth + 1, end)
    const right = this.expression(rightNode ?? null, depth + 1, end)
    if (operator === '^' && leftNode?.name === 'Unary') {
      const base = this.slice(expressionsIn(leftNode)[0])
      const sign = this.text[leftNode.from]
      const power = this.slice(rightNode)
      this.problem(
        place,
        `“${this.slice(node)}” can be read two ways: (${sign}${base})^${power} as spreadsheets do, or ${sign}(${base}^${power}) as in mathematics. Write the brackets.`,
      )
    }
    return { kind: 'binary', operator, left, right, place }
  }

  private name(node: SyntaxNode | undefined): string {
    const text = this.slice(node)
    return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
  }

  private slice(node: SyntaxNode | null | undefined): string {
    return node ? this.text.slice(node.from, node.to) : ''
  }

  private gap(place: Place): Expression {
    if (this.errors.length === 0) this.errors.push({ place, message: this.tellGap(place.from, place.to) })
    return { kind: 'gap', place }
  }

  private problem(place: Place, message: string): Expression {
    this.errors.push({ place, message })
    return { kind: 'gap', place }
  }

  private tellGap(from: number, to: number): string {
    const found = this.text.slice(from, to).trim()
    const before = this.text.slice(0, from).trimEnd()
    if (before === '' && found === '')
      return 'The formula is empty. Write a number, a range such as 10 to 20, or another row’s name.'
    if (found === '') {
      if (/\([^)]*$/.test(before) && /[\w'%)\]]$/.test(before)) return 'A closing bracket ) is missing.'
      return `After “${before.slice(-12)}” something is missing: a number, a name or a bracket is wanted.`
    }
    if (/^,\s*\d{3}/.test(this.text.slice(from)) && /\d$/.test(before)) {
      return 'A comma separates arguments here. Write thousands without it: 10000 or 10k.'
    }
    if (found.startsWith("'"))
      return `The quote before “${this.text.slice(from + 1, from + 13)}” is not closed, or an operator such as + or * is missing before it.`
    return `“${found.slice(0, 24)}” is not expected here. An operator such as + or *, or quotes around a name with spaces, may be missing.`
  }
}

/** By the number of a node's type, which costs less to look up than its groups by name. */
const EXPRESSIONS: readonly boolean[] = parser.nodeSet.types.map((type) => type.is('Expression'))

function isExpression({ type }: SyntaxNode): boolean {
  return EXPRESSIONS[type.id]!
}

function expressionIn(node: SyntaxNode): SyntaxNode | null {
  return expressionsIn(node)[0] ?? null
}

function expressionsIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) addExpression(child, found)
  return found
}

/** What stands first inside a gap counts where nothing came before it. */
function addExpression(child: SyntaxNode, found: SyntaxNode[]): void {
  if (isExpression(child)) found.push(child)
  else if (child.type.isError && found.length === 0) {
    const within = expressionsIn(child)[0]
    if (within) found.push(within)
  }
}

function deepestBracket(text: string): number {
  let depth = 0
  let deepest = 0
  for (const character of text) {
    if (character === '(' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === ')' || character === ']') depth--
  }
  return deepest
}

function distinct(errors: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return errors.filter((error, index) => index === 0 || error.place.from !== errors[index - 1]!.place.from)
}
