import { useEffect, useState } from 'react'
import { dropKeptFiles, keptFiles } from '../../commands/index.ts'
import { Button, countOf, tellSize } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'

/** Imported files as they came, packed: how many, how much room, and a way to drop them. */
export function KeptFiles() {
  const imports = useWorkbook((workbook) => workbook.imports)
  const [kept, setKept] = useState<{ readonly files: number; readonly bytes: number } | null>(null)
  const [dropped, setDropped] = useState(0)
  useEffect(() => {
    let isHere = true
    keptFiles()
      .then(({ importIds, bytes }) => {
        if (isHere) setKept({ files: importIds.length, bytes })
      })
      .catch(() => {
        // Unknown stays unknown, and nothing can be dropped.
      })
    return () => {
      isHere = false
    }
  }, [imports, dropped])
  if (kept === null) return 'unknown'
  if (kept.files === 0) return 'none'
  return (
    <span className="kept-files">
      {countOf(kept.files, 'file')}, packed, {tellSize(kept.bytes)}{' '}
      <Button size="small" onPress={() => void dropKeptFiles().then(() => setDropped(dropped + 1))}>
        Drop them
      </Button>
    </span>
  )
}
