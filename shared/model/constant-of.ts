import { type Expression, MONTHS_IN_PERIOD, parseFormula } from '../formula/index.ts'

/** The number an expression of literals stands for; null when it depends on rows or chance. */
export function constantOf(node: Expression): number | null {
  switch (node.kind) {
    case 'number':
      return node.value
    case 'period': {
      const count = constantOf(node.count)
      return count === null ? null : count * MONTHS_IN_PERIOD[node.period]
    }
    case 'percent': {
      if (node.of.kind === 'number' && node.of.currency === '') return percentOf(node.of.text)
      const of = constantOf(node.of)
      return of === null ? null : of / 100
    }
    case 'unary': {
      const of = constantOf(node.of)
      return of === null ? null : node.operator === '-' ? -of : of
    }
    case 'binary': {
      const left = constantOf(node.left)
      const right = constantOf(node.right)
      if (left === null || right === null) return null
      if (node.operator === '+') return left + right
      if (node.operator === '-') return left - right
      if (node.operator === '*') return left * right
      return node.operator === '/' && right !== 0 ? left / right : null
    }
    default:
      return null
  }
}

/** 65% through decimal text, so it is the double nearest 0.65; numbers with a suffix take the division. */
function percentOf(text: string): number {
  const direct = Number(`${text}e-2`)
  if (Number.isFinite(direct)) return direct
  const parsed = parseFormula(text).ast
  return parsed.kind === 'number' ? parsed.value / 100 : Number.NaN
}
