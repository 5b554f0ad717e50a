/** What helps to find a fault and says nothing of anyone's data: its name, where in the program, on what. */
export function writeReport(fault: unknown, components: string, runtime: string): string {
  const { name, message, stack } =
    fault instanceof Error ? fault : { name: 'Thrown value', message: String(fault), stack: undefined }
  const trace = stack?.startsWith(name) ? stack : [`${name}: ${message}`, stack ?? ''].join('\n')
  return ['Quarterdeck report', runtime, '', trace.trim(), components.trim()].join('\n').trim()
}
