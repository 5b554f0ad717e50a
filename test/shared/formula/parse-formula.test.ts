import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Expression, parseFormula, piecesOf, printFormula } from '../../../shared/formula/index.ts'

const place = { from: 0, to: 0 }

/** A tree without places, for comparing what was read with what was meant. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'place')
      .map(([key, value]) => [key, bare(value)]),
  )
}

function printed(text: string): string {
  const { ast, errors } = parseFormula(text)
  return errors.length > 0 ? errors[0]!.message : printFormula(ast)
}

/** Every operation in brackets, so precedence can be seen. */
function shape(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return node.text
    case 'name':
      return node.name
    case 'percent':
      return `(${shape(node.of)}%)`
    case 'unary':
      return `(${node.operator}${shape(node.of)})`
    case 'binary':
      return `(${shape(node.left)}${node.operator}${shape(node.right)})`
    case 'range':
      return `(${shape(node.low)} to ${shape(node.high)}${node.cover ? ` at ${shape(node.cover)}` : ''})`
    case 'counts':
      return `(${shape(node.hits)} of ${shape(node.tries)})`
    case 'call':
      return `${node.name}(${node.args.map((arg) => shape(arg.value)).join(',')})`
    default:
      return node.kind
  }
}

describe('parseFormula', () => {
  test.each([
    ['1+2*3', '(1+(2*3))'],
    ['8-3-2', '((8-3)-2)'],
    ['8/4/2', '((8/4)/2)'],
    ['2^3^2', '((2^3)^2)'],
    ['2^-3', '(2^(-3))'],
    ['-2*3', '((-2)*3)'],
    ['(-2)^2', '((-2)^2)'],
    ['5%^2', '((5%)^2)'],
    ['-5%', '(-(5%))'],
    ['a+1 to b*2', '((a+1) to (b*2))'],
    ['25 to 120 at 90%', '(25 to 120 at (90%))'],
    ['-5 to 5', '((-5) to 5)'],
    ['180 of 250', '(180 of 250)'],
    ['a<b+1', '(a<(b+1))'],
    ['1 to 2 > 0', '((1 to 2)>0)'],
    ['MAX(A, b)', 'max(A,b)'],
    ['2000-100', '(2000-100)'],
    ['2026 - 03', '(2026-03)'],
  ])('%s reads as %s', (text, expected) => {
    const { ast, errors } = parseFormula(text)
    expect(errors).toEqual([])
    expect(shape(ast)).toBe(expected)
  })

  test.each([
    ['12k', 12_000],
    ['12.3k', 12_300],
    ['70M', 70_000_000],
    ['1.1M', 1_100_000],
    ['2B', 2e9],
    ['$3.5k', 3500],
    ['1e3', 1000],
    ['1.5e-3k', 1.5],
    ['.5', 0.5],
  ])('%s is %d', (text, value) => {
    expect(parseFormula(text)).toMatchObject({ errors: [], ast: { kind: 'number', value } })
  })

  test.each([
    ['2026-03', { kind: 'month', month: '2026-03' }],
    ['4 quarters', { kind: 'period', period: 'quarters' }],
    ["'Review minutes'", { kind: 'name', name: 'Review minutes' }],
    ["'it''s'", { kind: 'name', name: "it's" }],
    ['Überstunden', { kind: 'name', name: 'Überstunden' }],
    [
      "from('PR history'.ci_h)",
      { kind: 'call', args: [{ value: { kind: 'column', source: 'PR history', column: 'ci_h' } }] },
    ],
    ['X[2026-03]', { kind: 'pick', at: { kind: 'month', month: '2026-03' } }],
    ['X[prev]', { kind: 'pick', at: { kind: 'prev' } }],
    ['X[-3]', { kind: 'pick', at: { kind: 'back', months: 3 } }],
    ['X[first]', { kind: 'pick', at: { kind: 'first' } }],
    ["X['Go-live']", { kind: 'pick', at: { kind: 'named', name: 'Go-live' } }],
    ['X[2026-01..2026-03]', { kind: 'span', from: { month: '2026-01' }, to: { month: '2026-03' } }],
    ['each(n, 1 to 2, share: 30%)', { kind: 'call', args: [{ name: null }, { name: null }, { name: 'share' }] }],
    ['1 -- a note', { kind: 'number', value: 1 }],
  ])('%s', (text, expected) => {
    expect(parseFormula(text)).toMatchObject({ errors: [], ast: expected })
  })

  test.each([
    ['-a^b', 0, 4, /\(-a\)\^b .* -\(a\^b\)/],
    ['1 +', 3, 3, /After “1 \+” something is missing/],
    ['foo(1', 5, 5, /bracket/],
    ['a b', 2, 3, /“b” is not expected here/],
    ['', 0, 0, /empty/],
    ['3 parrots', 0, 9, /not a length of time/],
    ['12,000', 2, 3, /without it: 10000 or 10k/],
    ['X[]', 2, 2, /missing|wanted/],
    ['X[2.5]', 2, 5, /in brackets/],
    ['1e999', 0, 5, /larger than any number/],
  ])('%j is refused at %d–%d', (text, from, to, message) => {
    const [error] = parseFormula(text).errors
    expect(error!.message).toMatch(message)
    expect(error!.place).toEqual({ from, to })
  })

  test('half-typed text keeps what is already there', () => {
    expect(parseFormula('max(0, Backlog +').ast).toMatchObject({
      kind: 'call',
      name: 'max',
      args: [{}, { value: { kind: 'binary' } }],
    })
    expect(piecesOf("max(0, 'A b' +").map(({ kind }) => kind)).toContain('Quoted')
  })

  test('deep nesting and great length are bounded, not thrown', () => {
    for (const text of [
      '('.repeat(5000),
      '-('.repeat(3000),
      '1'.repeat(9000),
      '1%'.padEnd(8000, '%'),
      '+ '.repeat(4000),
      '1+'.repeat(4000),
      'X' + '[prev]'.repeat(1300),
    ]) {
      expect(parseFormula(text).errors.length).toBeGreaterThan(0)
    }
  })
})

describe('printFormula', () => {
  test.each([
    ['( 1+2 )*3', '(1 + 2) * 3'],
    ['1+(2+3)', '1 + (2 + 3)'],
    ['((a))', 'a'],
    ["IF('a'>1, 2,3)", 'if(a > 1, 2, 3)'],
    ['(-2)^2', '(-2) ^ 2'],
    ['-(2^2)', '-(2 ^ 2)'],
    ['-(-a)', '-(-a)'],
    ["'to' + 'two words'", "'to' + 'two words'"],
    ['(1 to 2) * 3', '(1 to 2) * 3'],
    ['(a+b)%', '(a + b)%'],
    ["X['prev']", "X['prev']"],
  ])('%s prints as %s', (text, expected) => {
    expect(printed(text)).toBe(expected)
  })

  const name = fc.constantFrom('a', 'Backlog', 'Review minutes', "it's", 'to', 'month', 'x_1', 'Größe', '3 lanes')
  const number = fc
    .constantFrom('0', '1', '2.5', '12k', '70M', '$5', '€1.5B', '1e3')
    .map((text): Expression => parseFormula(text).ast)
  const month = fc.constantFrom('2026-03', '2027-12') as fc.Arbitrary<never>
  const pick = fc.oneof(
    month.map((each) => ({ kind: 'month', month: each, place }) as const),
    fc.constantFrom(
      { kind: 'first', place } as const,
      { kind: 'last', place } as const,
      { kind: 'prev', place } as const,
    ),
    fc.nat(24).map((months) => ({ kind: 'back', months, place }) as const),
    name.map((each) => ({ kind: 'named', name: each, place }) as const),
  )
  const operator = fc.constantFrom('+', '-', '*', '/', '^', '&', '=', '<>', '<', '>', '<=', '>=')
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number,
      name.map((each): Expression => ({ kind: 'name', name: each, place })),
      month.map((each): Expression => ({ kind: 'month', month: each, place })),
      fc.constantFrom('say "hi"', 'x').map((value): Expression => ({ kind: 'text', value, place })),
      fc.tuple(name, name).map(([source, column]): Expression => ({ kind: 'column', source, column, place })),
      fc
        .tuple(number, fc.constantFrom('months', 'quarter'))
        .map(([count, period]) => ({ kind: 'period', count, period, place }) as Expression),
      fc.tuple(tie('tree'), pick).map(([of, at]): Expression => ({ kind: 'pick', of, at, place })),
      fc.tuple(tie('tree'), pick, pick).map(([of, from, to]): Expression => ({ kind: 'span', of, from, to, place })),
      fc
        .tuple(fc.constantFrom('-' as const, '+' as const), tie('tree'))
        .map(([sign, of]): Expression => ({ kind: 'unary', operator: sign, of, place })),
      tie('tree').map((of): Expression => ({ kind: 'percent', of, place })),
      fc
        .tuple(operator, tie('tree'), tie('tree'))
        .map(([op, left, right]) => ({ kind: 'binary', operator: op, left, right, place }) as Expression),
      fc
        .tuple(tie('tree'), tie('tree'), fc.option(tie('tree')))
        .map(([low, high, cover]): Expression => ({ kind: 'range', low, high, cover, place })),
      fc.tuple(tie('tree'), tie('tree')).map(([hits, tries]): Expression => ({ kind: 'counts', hits, tries, place })),
      fc
        .tuple(
          fc.constantFrom('sum', 'f'),
          fc.array(fc.tuple(fc.option(fc.constant('share')), tie('tree')), { maxLength: 3 }),
        )
        .map(([call, args]): Expression => ({
          kind: 'call',
          name: call,
          args: args.map(([key, value]) => ({ name: key, value })),
          place,
        })),
    ),
  }))

  test('what is printed reads back as the same tree', () => {
    fc.assert(
      fc.property(tree, (ast) => {
        const text = printFormula(ast)
        const back = parseFormula(text)
        expect(back.errors, text).toEqual([])
        expect(bare(back.ast), text).toEqual(bare(ast))
      }),
      { numRuns: 400, seed: 11 },
    )
  })

  test('no prefix and no random text throws; whatever is not read has an error with a place inside', () => {
    const check = (text: string) => {
      const { ast, errors } = parseFormula(text)
      for (const { place: at } of errors)
        expect(at.from >= 0 && at.from <= at.to && at.to <= text.length, text).toBe(true)
      if (JSON.stringify(ast).includes('"gap"')) expect(errors.length, text).toBeGreaterThan(0)
    }
    fc.assert(
      fc.property(tree, (ast) => {
        const text = printFormula(ast)
        for (let end = 0; end <= text.length; end++) check(text.slice(0, end))
      }),
      { numRuns: 60, seed: 12 },
    )
    const pieces = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      "'",
      '"',
      '..',
      '%',
      '^',
      '-',
      '--',
      ',',
      ':',
      '.',
      'to',
      'of',
      'at',
      '2026-03',
      '9',
      'k',
      'x',
      ' ',
      '\u0000',
      '💥',
      '~',
      '=',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => check(parts.join(''))),
      { numRuns: 1500, seed: 13 },
    )
  })
})
