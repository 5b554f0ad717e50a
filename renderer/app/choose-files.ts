import { goTo, readFiles } from '../commands/index.ts'

/** Asks for exports and reads them in Data. Where the page may not open a dialog, Data itself is shown. */
export function chooseFilesToImport(): void {
  goTo('data')
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    if (files.length > 0) void readFiles(files)
  })
  input.click()
}
