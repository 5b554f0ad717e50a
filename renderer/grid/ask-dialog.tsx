import type { ReactNode } from 'react'
import { Button, Dialog } from '../parts/index.ts'

/** A small question over the sheet: closed either way, and carried out when it is confirmed. */
export function AskDialog({
  title,
  confirm,
  isDisabled = false,
  onClose,
  onConfirm,
  children,
}: {
  readonly title: string
  readonly confirm: string
  readonly isDisabled?: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly children: ReactNode
}) {
  return (
    <Dialog
      title={title}
      size="small"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={isDisabled}
            onPress={() => {
              onClose()
              onConfirm()
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
