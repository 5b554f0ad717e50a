import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { importReference, MARKER, PAGES } from '../../../build/make-import-docs.mjs'
import { KNOWN_FORMATS } from '../../../shared/importers/formats/all-formats.ts'

it.each(['usage', 'delivery'] as const)(
  'the page of %s exports says what the layouts declare (npm run docs:imports writes it)',
  (kind) => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs', PAGES[kind]), 'utf8')
    expect(page.split(MARKER)[1]?.trim()).toBe(importReference(KNOWN_FORMATS, kind).trim())
  },
)
