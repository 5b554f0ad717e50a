import { useRef } from 'react'
import { readFiles } from '../../commands/index.ts'
import { Button, type ButtonProps } from '../../parts/index.ts'

/** A real file input behind a button, so that it can be driven without the pointer and by tests. */
export function ChooseFilesButton({ children, ...rest }: Omit<ButtonProps, 'onPress'>) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Files to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file may be chosen again after it was discarded.
          event.target.value = ''
          if (files.length > 0) void readFiles(files)
        }}
      />
      <Button icon="import" {...rest} onPress={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}
