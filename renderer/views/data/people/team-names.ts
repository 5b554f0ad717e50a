import type { Person } from '../../../../shared/delivery/index.ts'

/** Every team anybody or any rule names. */
export function teamNamesOf(
  people: Readonly<Record<string, Person>>,
  rules: readonly { readonly team?: string }[],
): readonly string[] {
  const names = [
    ...Object.values(people).flatMap(({ teams }) => teams.map(({ team }) => team)),
    ...rules.map(({ team }) => team ?? ''),
  ]
  return [...new Set(names)].filter((name) => name !== '').sort()
}
