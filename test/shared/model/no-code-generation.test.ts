import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildForNode } from '../../support/build-for-node.ts'

/**
 * The page's policy forbids eval; Node has the same switch. The engine is built as it is shipped and run under it: every
 * function of the table, ranges, sums of draws, correlations, steps through the months, statistics, recalculation.
 */
test('the engine runs where code from strings is forbidden', async () => {
  const script = await buildForNode(path.join(import.meta.dirname, 'no-code-generation.cases.ts'))
  const under = (...flags: string[]) => execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' }).trim()
  expect(under('--disallow-code-generation-from-strings')).toBe(under())
  expect(() =>
    execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '-p', 'eval("1")'], { stdio: 'pipe' }),
  ).toThrow()
}, 60_000)
