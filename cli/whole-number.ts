import { UsageError } from './command.ts'

/** A whole number given to an option, or the default where the option is left out. */
export function readWholeNumber(
  option: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return otherwise
  const value = Number(text.replaceAll(/[_,]/g, ''))
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`${option} ${text}: a whole number from ${least} to ${most} is wanted.`)
  }
  return value
}
