import os from 'node:os'
import { badInput } from './bad-input.ts'
import { gridScaling, recalculation } from './grid.ts'
import type { Result } from './measure.ts'
import { refactor, sampleScaling, services } from './refactor.ts'

/** `nativeDraws` measures the same draws in C, where a compiler is found. */
export async function main(nativeDraws: () => number | null, only: string | null): Promise<void> {
  const groups: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
    refactor,
    services: () => services(nativeDraws),
    recalculation,
    samples: sampleScaling,
    rows: gridScaling,
    bad: badInput,
  }
  const results: Result[] = []
  for (const [name, run] of Object.entries(groups)) if (only === null || only === name) results.push(...(await run()))
  const machine = { cpu: os.cpus()[0]?.model ?? '', cores: os.cpus().length, node: process.version }
  process.stdout.write(`${JSON.stringify({ bench: 'model', machine, results }, null, 2)}\n`)
}
