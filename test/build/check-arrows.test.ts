/** Each rule is broken once in a small tree of its own; the same tree without the fault is silent. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkArrows } from '../../build/check-arrows.mjs'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'quarterdeck-arrows-'))
  write('shared/money/index.ts', "export { cents } from './money.ts'")
  write('shared/money/money.ts', "import { assertThat } from '../issues/index.ts'\nexport const cents = assertThat")
  write('shared/issues/index.ts', "export { assertThat } from './assert.ts'")
  write('shared/issues/assert.ts', 'export const assertThat = 1')
  write('shared/plan/index.ts', 'export const plan = 1')
  write('shared/bridge/index.ts', 'export const bridge = 1')
  write('renderer/stores/plan-store.ts', "import { create } from 'zustand'\nexport const store = create")
  write(
    'renderer/views/plan/PlanView.tsx',
    "import { store } from '../../stores/plan-store.ts'\nexport const PlanView = store",
  )
  write('renderer/views/wall/WallView.tsx', 'export const WallView = 1')
  write('renderer/app/App.tsx', "import { PlanView } from '../views/plan/PlanView.tsx'\nexport const App = PlanView")
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}
function found(file: string, text: string): string[] {
  write(file, text)
  return checkArrows(root).map((one) => `${one.file}:${one.line}: ${one.text}`)
}

it('is silent about a tree that keeps the rules', () => {
  expect(checkArrows(root)).toEqual([])
})

const BROKEN: readonly [rule: string, file: string, text: string, said: RegExp][] = [
  [
    'the order of shared/',
    'shared/money/more.ts',
    "import { plan } from '../plan/index.ts'",
    /more\.ts:1: shared\/money\/ may not import shared\/plan\/, .* It may import issues, quantities\./,
  ],
  [
    'types count as imports',
    'shared/money/more.ts',
    "\nimport type {\n  Plan,\n} from '../plan/index.ts'",
    /more\.ts:4: shared\/money\/ may not import shared\/plan/,
  ],
  [
    'doors between shared folders',
    'shared/plan/x.ts',
    "import { cents } from '../money/money.ts'",
    /Import shared\/money\/index\.ts/,
  ],
  [
    'doors for outsiders',
    'renderer/stores/x.ts',
    "import { cents } from '../../shared/money/money.ts'",
    /Import shared\/money\/index\.ts/,
  ],
  ['no own door inside a folder', 'shared/money/x.ts', "import { cents } from './index.ts'", /the door for outsiders/],
  [
    'a folder nobody has placed',
    'shared/utils/x.ts',
    "import { cents } from '../money/index.ts'",
    /shared\/utils\/ has no place in the order/,
  ],
  [
    'shared/ knows no screen',
    'shared/plan/x.ts',
    "import { store } from '../../renderer/stores/plan-store.ts'",
    /shared\/ may not import renderer/,
  ],
  [
    'electron/ takes types and issues only',
    'electron/x.ts',
    "import { cents } from '../shared/money/index.ts'",
    /may import shared\/bridge\/ and shared\/issues\//,
  ],
  [
    'electron/ knows no screen',
    'electron/x.ts',
    "import { store } from '../renderer/stores/plan-store.ts'",
    /electron\/ may not import renderer/,
  ],
  [
    'cli/ knows no screen',
    'cli/x.ts',
    "import { store } from '../renderer/stores/plan-store.ts'",
    /cli\/ may not import renderer/,
  ],
  [
    'stores do not look at views',
    'renderer/stores/x.ts',
    "import { PlanView } from '../views/plan/PlanView.tsx'",
    /renderer\/stores\/ may not import renderer\/views\. It may import shared\/ and database\./,
  ],
  [
    'views do not write',
    'renderer/views/plan/x.ts',
    "import { db } from '../../database/db.ts'",
    /renderer\/views\/ may not import renderer\/database/,
  ],
  [
    'views do not meet',
    'renderer/views/plan/x.ts',
    "import { WallView } from '../wall/WallView.tsx'",
    /the view plan may not import the view wall/,
  ],
  [
    'commands do not draw',
    'renderer/commands/x.ts',
    "import { Chip } from '../parts/Chip.tsx'",
    /renderer\/commands\/ may not import renderer\/parts/,
  ],
  [
    'a renderer folder nobody has placed',
    'renderer/helpers/x.ts',
    "import { store } from '../stores/plan-store.ts'",
    /renderer\/helpers\/ has no arrows/,
  ],
  [
    'one door per package',
    'renderer/views/plan/x.ts',
    "import { create } from 'zustand'",
    /may not name 'zustand'\. Only renderer\/stores may/,
  ],
  [
    'no screen library in workers',
    'renderer/workers/import/x.ts',
    "import { useMemo } from 'react'",
    /may not name 'react'/,
  ],
  ['no Node in shared/', 'shared/plan/x.ts', "import { readFileSync } from 'node:fs'", /may not name 'node:fs'/],
  ['no Node in renderer/', 'renderer/app/x.ts', "import path from 'path'", /may not name 'path'/],
  ['no package without a door', 'shared/plan/x.ts', "import _ from 'lodash'", /'lodash' has no door/],
  ['imports while running count', 'renderer/views/plan/x.ts', "void import('dexie')", /may not name 'dexie'/],
  [
    'exports from elsewhere count',
    'shared/money/x.ts',
    "export { plan } from '../plan/index.ts'",
    /may not import shared\/plan/,
  ],
  ['endings are written', 'shared/money/x.ts', "import { cents } from './money'", /'\.\/money' has no ending/],
  ['no default exports', 'renderer/app/x.ts', 'export default 1', /export it by name/i],
  [
    'no renamed default exports',
    'renderer/app/x.ts',
    'const a = 1\nexport { a as default }',
    /x\.ts:2: a default export/,
  ],
  ['no clock in shared/', 'shared/plan/x.ts', 'export const now = Date.now()', /no clock/],
  ['no date of today in shared/', 'shared/plan/x.ts', 'export const now = new Date()', /no clock/],
  ['no chance in shared/', 'shared/plan/x.ts', 'export const roll = Math.random()', /no chance/],
  ['no console in shared/', 'shared/plan/x.ts', 'console.log(1)', /talks to nothing/],
]

describe('a broken rule is named, with what is allowed', () => {
  it.each(BROKEN)('%s', (_rule, file, text, said) => {
    const findings = found(file, text)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatch(said)
  })

  it('import cycles, told once', () => {
    write('shared/plan/a.ts', "import type { B } from './b.ts'")
    write('shared/plan/b.ts', "import type { C } from './c.ts'")
    const findings = found('shared/plan/c.ts', "import type { A } from './a.ts'")
    expect(findings).toEqual([
      'shared/plan/a.ts:1: an import cycle: shared/plan/a.ts -> shared/plan/b.ts -> shared/plan/c.ts -> shared/plan/a.ts. Move what both need into a file below them; types count too.',
    ])
  })
})

describe('what only looks like a breach', () => {
  it.each([
    ['a comment', "// import { plan } from '../plan/index.ts'\n/* export default */"],
    ['text for people', "export const hint = 'import it with new Date() or Date.now()'"],
    ['an address in a string', "export const link = 'https://x' // Math.random()"],
    ['a date from an argument', 'export const day = (at: number) => new Date(at)'],
    ['a word that begins alike', 'export const reader = () => new DateReader()'],
    ['a word that ends alike', 'export const x = toDate()'],
  ])('%s', (_name, text) => expect(found('shared/money/x.ts', text)).toEqual([]))
  it('electron/ and cli/ use Node, and their own packages', () => {
    expect(found('electron/x.ts', "import { app } from 'electron'\nimport path from 'node:path'")).toEqual([])
    expect(found('cli/x.ts', "import path from 'node:path'\nimport { cents } from '../shared/money/index.ts'")).toEqual(
      [],
    )
  })
  it('electron/ uses the bridge', () => {
    expect(found('electron/x.ts', "import { bridge } from '../shared/bridge/index.ts'")).toEqual([])
  })
})
