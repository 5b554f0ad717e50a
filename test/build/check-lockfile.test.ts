import { expect, it } from 'vitest'
import { checkLockfile } from '../../build/check-lockfile.mjs'

const whole = { integrity: 'sha512-x' }

it('is silent when every part has an entry', () => {
  const packages = {
    '': { optionalDependencies: { a: '1.0.0' } },
    'node_modules/a': { ...whole, optionalDependencies: { '@a/linux': '1.0.0', '@a/win32': '1.0.0' } },
    'node_modules/@a/linux': whole,
    'node_modules/b/node_modules/@a/win32': whole,
  }
  expect(checkLockfile({ packages }, { dependencies: { a: '1.0.0' } })).toEqual([])
})

it('names what is missing, loose or unchecked', () => {
  const packages = {
    '': {},
    'node_modules/a': { ...whole, optionalDependencies: { '@a/win32': '1.0.0' } },
    'node_modules/b': {},
  }
  const faults = checkLockfile({ packages }, { dependencies: { a: '1.0.0' }, devDependencies: { b: '^2.0.0' } })
  expect(faults).toHaveLength(3)
  expect(faults[0]).toContain('node_modules/a may need @a/win32 1.0.0')
  expect(faults[1]).toContain('b is "^2.0.0"')
  expect(faults[2]).toContain('node_modules/b has no checksum')
})
