import { nameKey } from './ast.ts'

/** `name`, or with the first number from 2 that makes it nobody's yet: formulas and people tell things apart by name. */
export function freeName(name: string, all: readonly { readonly name: string }[]): string {
  const used = new Set(all.map((one) => nameKey(one.name)))
  if (!used.has(nameKey(name))) return name
  let number = 2
  while (used.has(nameKey(`${name} ${number}`))) number += 1
  return `${name} ${number}`
}
