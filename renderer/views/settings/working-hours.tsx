import { nameWeekday, tellMinutes, USUAL_WORKING_TIME, type WorkingTime } from '../../../shared/calendar/index.ts'
import type { FoundConventions } from '../../../shared/metrics/index.ts'
import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import { Checkbox, Panel, Select } from '../../parts/index.ts'
import { withWorkingDay } from './convention-edits.ts'
import { EffectLine } from './effect-line.tsx'
import { editSettings } from './edit-settings.ts'

/** Told here where it is known; beside the statuses also why it is not. */
const ITEMS = 'item-wait-state-ratio'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const HALF_HOURS = Array.from({ length: 49 }, (_, i) => 30 * i)

/** Whether waits are counted by the clock or in working hours, and which those are. */
export function WorkingHours({
  settings,
  found,
}: {
  readonly settings: WorkbookSettings
  readonly found: FoundConventions | null
}) {
  const { workingTime, zone, currency } = settings
  const set = (next: WorkingTime | undefined, what: string) => editSettings({ workingTime: next }, what)
  return (
    <Panel title="Hours waits are counted in">
      <div className="stack">
        <p className="small dim">
          As usual: all hours of the clock, nights and weekends included. In working hours a change offered on Friday
          evening has not waited by Monday morning. Both sides of the wait-state ratios are counted so, and a pause of
          review is one of more than 24 working hours; cycle time and all other times stay on the clock. Holidays are
          not known.
        </p>
        <Checkbox
          isSelected={workingTime !== undefined}
          onChange={(isOn) => set(isOn ? USUAL_WORKING_TIME : undefined, 'whether waits are counted in working hours')}
        >
          Count waits in working hours only
        </Checkbox>
        {workingTime && (
          <div className="working-hours">
            <fieldset>
              <legend>Working days</legend>
              {WEEKDAYS.map((weekday) => (
                <Checkbox
                  key={weekday}
                  isSelected={workingTime.days.includes(weekday)}
                  isDisabled={workingTime.days.length === 1 && workingTime.days[0] === weekday}
                  onChange={(isOn) =>
                    set(withWorkingDay(workingTime, weekday, isOn), `whether ${nameWeekday(weekday)} is a working day`)
                  }
                >
                  {nameWeekday(weekday)}
                </Checkbox>
              ))}
            </fieldset>
            <Time
              label="From"
              value={workingTime.from}
              among={(minutes) => minutes < workingTime.until}
              onChange={(from) => set({ ...workingTime, from }, 'when work begins')}
            />
            <Time
              label="Until"
              value={workingTime.until}
              among={(minutes) => minutes > workingTime.from}
              onChange={(until) => set({ ...workingTime, until }, 'when work ends')}
            />
            <p className="small dim">By the clock of {zone}, the zone of this workbook.</p>
          </div>
        )}
        <EffectLine found={found} metricId="wait-state-ratio" currency={currency} />
        {found?.effects.some(({ metricId, now }) => metricId === ITEMS && now.known) && (
          <EffectLine found={found} metricId={ITEMS} currency={currency} />
        )}
      </div>
    </Panel>
  )
}

/** Every half hour of a day, and what is set where it is none. */
function Time({
  label,
  value,
  among,
  onChange,
}: {
  readonly label: string
  readonly value: number
  readonly among: (minutes: number) => boolean
  readonly onChange: (minutes: number) => void
}) {
  const choices = [...new Set([...HALF_HOURS.filter(among), value])].sort((a, b) => a - b)
  return (
    <Select
      label={label}
      value={String(value)}
      onChange={(next) => onChange(Number(next))}
      choices={choices.map((minutes) => ({ id: String(minutes), label: tellMinutes(minutes) }))}
    />
  )
}
