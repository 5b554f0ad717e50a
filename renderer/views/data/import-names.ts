import { useJobs } from '../../stores/jobs.ts'
import { useWorkbook } from '../../stores/workbook.ts'

/** Names of files by the id of their import, be it stored or still waiting. */
export function useImportNames(): (id: string) => { readonly fileName: string; readonly isWaiting: boolean } {
  const imports = useWorkbook((workbook) => workbook.imports)
  const jobs = useJobs((state) => state.imports)
  return (id) => {
    const stored = imports.find((one) => one.id === id)
    if (stored) return { fileName: stored.fileName, isWaiting: false }
    const job = jobs.find((one) => one.id === id)
    return { fileName: job?.fileName ?? 'an earlier file', isWaiting: job !== undefined }
  }
}
