import { commitImports, goTo, showToast } from '../../commands/index.ts'
import { countOf, formatCount } from '../../parts/value-text.ts'
import { useWorkbook } from '../../stores/workbook.ts'

/** Takes the read files over and says what came of it. */
export async function commitAndTell(jobIds: readonly string[]): Promise<void> {
  const before = new Set(useWorkbook.getState().imports.map(({ id }) => id))
  await commitImports(jobIds)
  const added = useWorkbook.getState().imports.filter(({ id }) => !before.has(id))
  if (added.length === 0) return
  const sum = (pick: 'new' | 'changed' | 'duplicate' | 'keptAside') =>
    added.reduce((total, { counts }) => total + counts[pick], 0)
  const rest = [
    [sum('changed'), 'changed'],
    [sum('duplicate'), 'known before'],
    [sum('keptAside'), 'kept aside'],
  ] as const
  const fates = rest.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
  const text = [`${countOf(added.length, 'file')} imported: ${countOf(sum('new'), 'new row')}`, ...fates].join(', ')
  showToast(`${text}.`, { action: { label: 'See the Wall', run: () => goTo('wall') } })
}
