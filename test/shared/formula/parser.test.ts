import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { makeParser } from '../../../build/make-parser.mjs'

test('the generated parser is what the grammar says: run node build/make-parser.mjs after changing it', async () => {
  for (const [name, text] of Object.entries(await makeParser())) {
    expect(await readFile(new URL(`../../../shared/formula/${name}`, import.meta.url), 'utf8')).toBe(text)
  }
})
