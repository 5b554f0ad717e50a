import { expect, test } from 'vitest'
import { main } from '../../cli/main.ts'
import { templateCommand } from '../../cli/commands/template.ts'
import { TEMPLATES } from '../../shared/templates/index.ts'
import { fakeIo } from '../support/fake-io.ts'

async function run(...args: readonly string[]) {
  const world = fakeIo()
  const code = await main(['template', ...args], world.io, [templateCommand])
  return { code, out: world.out(), err: world.err() }
}

test('list names every template, one a line', async () => {
  const { code, out } = await run('list')
  expect(code).toBe(0)
  expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(TEMPLATES.map(({ id }) => id))
  expect(JSON.parse((await run('list', '--json')).out)).toHaveLength(TEMPLATES.length)
})

test('show prints rows as they can be set, with their evidence', async () => {
  const { code, out } = await run('show', 'refactor-services')
  expect(code).toBe(0)
  expect(out).toContain("'Token cost per attempt' = $15 to $120   [$]")
  expect(out).toContain('published: the same task varies up to 30-fold')
  expect(out).toContain('Services = 250')
  expect(JSON.parse((await run('show', 'refactor-services', '--json')).out).rows.length).toBeGreaterThan(30)
})

test('wrong usage says what is known', async () => {
  for (const [args, sentence] of [
    [[], 'template list'],
    [['show'], 'Which template?'],
    [['show', 'nope'], 'nope: not a template. Known are: refactor-services, '],
  ] as const) {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  }
})
