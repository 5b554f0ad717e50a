import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'

export interface TabEntry {
  readonly id: string
  readonly label: string
  readonly count?: number
  readonly content: ReactNode
}

export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
}: {
  readonly label: string
  readonly tabs: readonly TabEntry[]
  readonly selected?: string
  readonly onSelect?: (id: string) => void
}) {
  return (
    <AriaTabs
      className="tabs"
      {...(selected !== undefined && { selectedKey: selected })}
      {...(onSelect && { onSelectionChange: (key) => onSelect(String(key)) })}
    >
      <TabList className="tab-list" aria-label={label}>
        {tabs.map(({ id, label: name, count }) => (
          <Tab key={id} id={id} className="tab">
            {name}
            {count !== undefined && <span className="tab-count">{count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
