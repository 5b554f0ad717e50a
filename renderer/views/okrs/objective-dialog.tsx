import { useState } from 'react'
import type { Objective } from '../../../shared/okr/index.ts'
import { Button, Dialog, TextField } from '../../parts/index.ts'

export function ObjectiveDialog({
  objective,
  onSave,
  onClose,
}: {
  readonly objective: Objective | null
  readonly onSave: (name: string, owner: string) => void
  readonly onClose: () => void
}) {
  const [name, setName] = useState(objective?.name ?? '')
  const [owner, setOwner] = useState(objective?.owner ?? '')
  return (
    <Dialog
      title={objective ? 'Change objective' : 'New objective'}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={name.trim() === ''}
            onPress={() => {
              onSave(name.trim(), owner.trim())
              onClose()
            }}
          >
            {objective ? 'Save' : 'Add objective'}
          </Button>
        </>
      }
    >
      <TextField
        label="Objective"
        value={name}
        onChange={setName}
        autoFocus
        placeholder="Ship faster without more rework"
      />
      <TextField label="Owner" value={owner} onChange={setOwner} placeholder="Who answers for it" />
    </Dialog>
  )
}
