import fc from 'fast-check'

/** Text of one formula over the rows named. */
export function formulaOver(names: readonly string[]): fc.Arbitrary<string> {
  const { tree } = fc.letrec<{ tree: string }>((tie) => {
    const two = fc.tuple(tie('tree'), tie('tree'))
    return {
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom(...names),
        fc.constantFrom('0', '2', '7.5', '30%', '1k'),
        fc
          .tuple(fc.constantFrom('+', '-', '*', '/', '<', '>', '<=', '=', '<>'), two)
          .map(([op, [a, b]]) => `((${a}) ${op} (${b}))`),
        tie('tree').map((a) => `(-(${a}))`),
        fc
          .tuple(fc.constantFrom('abs', 'int', 'sum', 'avg', 'min', 'max', 'last', 'prev', 'cumulate'), tie('tree'))
          .map(([f, a]) => `${f}(${a})`),
        fc
          .tuple(fc.constantFrom('min', 'max', 'sum', 'mod', 'and', 'iferror'), two)
          .map(([f, [a, b]]) => `${f}(${a}, ${b})`),
        fc.tuple(tie('tree'), two).map(([a, [b, c]]) => `if(${a}, ${b}, ${c})`),
        tie('tree').map((a) => `lag(${a}, 2)`),
        tie('tree').map((a) => `npv(1%, ${a})`),
        tie('tree').map((a) => `(payback(cumulate(${a})) / 1 month)`),
        fc.constantFrom(...names).map((a) => `${a}[prev]`),
        fc.constantFrom(...names).map((a) => `${a}[2026-12]`),
        fc.constant('if(month >= G, 1, 0)'),
      ),
    }
  })
  return tree
}
