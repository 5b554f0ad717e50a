import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { importReference, MARKER } from '../../../build/make-import-docs.mjs'
import { KNOWN_FORMATS } from '../../../shared/importers/formats/all-formats.ts'

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../docs/usage-exports.md'), 'utf8')

it('docs/usage-exports.md says what the layouts declare (npm run docs:usage writes it)', () => {
  expect(PAGE.split(MARKER)[1]?.trim()).toBe(importReference(KNOWN_FORMATS).trim())
})
