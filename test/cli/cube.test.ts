import { expect, test } from 'vitest'
import { UsageError } from '../../cli/command.ts'
import { cubeCommand } from '../../cli/commands/cube.ts'
import { fakeIo } from '../support/fake-io.ts'

async function run(...args: readonly string[]) {
  const host = fakeIo({})
  const code = await cubeCommand.run(args, host.io)
  return { code, out: host.out(), err: host.err() }
}

test('writes the query alone to stdout', async () => {
  const told = 'sql --dialect postgres --source litellm --table gateway.logs --from 2026-07-01 --column workspace=org'
  const { code, out, err } = await run(...told.split(' '), '--name', 'gateway-eu')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^SET TIME ZONE 'UTC';\nCOPY \(\nSELECT\n/)
  expect(out).toContain(`'gateway-eu' AS "source"`)
  expect(out).toContain('FROM "gateway"."logs"')
  expect(out).toContain(`CAST("org" AS text)`)
  expect(out).toContain(`"startTime" >= TIMESTAMP '2026-07-01 00:00:00'`)
})

test.each([
  ['what it does', ['table'], /the one thing it does is “sql”/],
  ['the dialect', ['sql', '--source', 'litellm'], /--dialect is missing: known are postgres, clickhouse/],
  ['the source', ['sql', '--dialect', 'postgres', '--source', 'x'], /--source x: known are litellm, langfuse/],
  [
    'the column',
    ['sql', '--dialect', 'postgres', '--source', 'events', '--column', 'colour=x'],
    /Columns of the cube: time, tool/,
  ],
  ['the day', ['sql', '--dialect', 'postgres', '--source', 'events', '--to', 'now'], /write a day like 2026-07-01/],
])('names what is wrong with %s', async (_name, args, wanted) => {
  const told = await (async () => run(...args))().catch((cause: unknown) => cause)
  expect(told).toBeInstanceOf(UsageError)
  expect(String(told)).toMatch(wanted)
})
