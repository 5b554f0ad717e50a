import type { WebContents } from 'electron'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerGit } from '../../../electron/handlers/git.ts'
import type { PickedClone } from '../../../shared/bridge/index.ts'
import * as electron from '../../support/electron-mock.ts'
import { testRepository, type TestRepository } from '../../support/git-repository.ts'

const page = {} as WebContents
const git = answerGit()

let repository: TestRepository
beforeAll(() => {
  repository = testRepository()
  repository.commit('One (#1)', { 'a.ts': 'a\n' }, '2026-02-01T10:00:00Z')
})
afterAll(() => repository.remove())

async function pick(folder = repository.folder): Promise<PickedClone | null> {
  electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [folder] })
  return git['git:open'](page, null)
}

async function opened(): Promise<string> {
  const clone = await pick()
  if (clone?.kind !== 'opened') throw new Error('not opened')
  return clone.id
}

it('reads the clone that was picked, piece by piece, to the end', async () => {
  const clone = await pick()
  expect(clone).toMatchObject({ kind: 'opened', name: 'api', branch: 'main', landings: 1 })
  const { id } = clone as Extract<PickedClone, { kind: 'opened' }>
  const piece = await git['git:read'](page, id, 'landings')
  expect(piece).toMatchObject({ kind: 'piece', landings: 1 })
  expect(Buffer.from((piece as { bytes: Uint8Array }).bytes).toString()).toContain('One (#1)')
  expect(await git['git:read'](page, id, 'landings')).toEqual({ kind: 'end' })
  expect(await git['git:read'](page, id, 'sizes')).toEqual({ kind: 'end' })
})

it('answers nothing for a cancelled dialog and a reason for a folder that is no clone', async () => {
  electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] })
  expect(await git['git:open'](page, null)).toBeNull()
  expect(await pick(path.join(repository.folder, '..'))).toMatchObject({ kind: 'refused' })
})

it('forgets a clone that is closed, and the oldest of too many', async () => {
  const id = await opened()
  await git['git:read'](page, id, 'lines')
  await git['git:close'](page, id)
  expect(await git['git:read'](page, id, 'lines')).toMatchObject({ kind: 'failed' })
  const first = await opened()
  for (let i = 0; i < 8; i++) await opened()
  expect(await git['git:read'](page, first, 'landings')).toMatchObject({ kind: 'failed' })
})
