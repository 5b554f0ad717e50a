import { goTo, readFiles } from '../commands/index.ts'
import { chooseFiles } from '../parts/index.ts'

/** Shows Data and asks for exports to read there. */
export function importFiles(): void {
  goTo('data')
  chooseFiles((files) => void readFiles(files))
}
