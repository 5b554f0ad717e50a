/** A column of a table; a bare text is a column of words with that name. */
export type HeadColumn =
  | string
  | {
      readonly name: string
      /** Stands over numbers, to the right. */
      readonly isNumber?: boolean
      /** Read out, not shown: over buttons. */
      readonly isHidden?: boolean
      readonly title?: string
    }

/** The head of a table whose columns are known by name. */
export function TableHead({ columns }: { readonly columns: readonly HeadColumn[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const { name, isNumber, isHidden, title }: Exclude<HeadColumn, string> =
            typeof column === 'string' ? { name: column } : column
          return (
            <th key={name} scope="col" className={isNumber ? 'number' : undefined} title={title}>
              {isHidden ? <span className="visually-hidden">{name}</span> : name}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
