import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import './file-drop.css'

/** A whole place that files can be dropped on. The buttons inside it do the same for the keyboard. */
export function FileDrop({
  label,
  onFiles,
  children,
}: {
  readonly label: string
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}) {
  const [isOver, setOver] = useState(false)
  // Enter and leave also fire for every child; the count tells when the pointer is really gone.
  const depth = useRef(0)

  function onDrag(event: DragEvent, change: number) {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + change)
    setOver(depth.current > 0)
  }

  return (
    <div
      className="file-drop"
      onDragEnter={(event) => onDrag(event, 1)}
      onDragLeave={(event) => onDrag(event, -1)}
      onDragOver={(event) => onDrag(event, 0)}
      onDrop={(event) => {
        event.preventDefault()
        depth.current = 0
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0) onFiles(files)
      }}
    >
      {children}
      {isOver && (
        <div className="file-drop-shade" aria-hidden="true">
          <div className="file-drop-card">
            <Icon name="import" size={28} />
            {label}
          </div>
        </div>
      )}
    </div>
  )
}
