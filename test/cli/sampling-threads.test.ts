import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildForNode } from '../support/build-for-node.ts'

test('one, two and three threads give the same bits', async () => {
  const script = await buildForNode(path.join(import.meta.dirname, 'sampling-threads.cases.ts'))
  const { size, same } = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))
  expect(size).toBeGreaterThan(1_000_000)
  expect(same).toBe(true)
}, 60_000)
