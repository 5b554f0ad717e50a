export {
  addDays,
  addMonths,
  dayIn,
  dayOfEpoch,
  epochDayOf,
  firstDayOfWeek,
  fiscalPeriodOf,
  fiscalQuarterOf,
  formatInstant,
  isZone,
  lastDayOfMonth,
  monthOf,
  monthsBetween,
  MS_PER_DAY,
  MS_PER_HOUR,
  nameQuarter,
  nextQuarter,
  parseDay,
  parseInstant,
  UTC,
  weekOf,
} from './calendar.ts'
export { nameDay, nameMonth, namePeriod } from './name-day.ts'
export { inOrderOfMoments, orderOfMoments } from './order-of-moments.ts'
export type { Day, FiscalCalendar, FiscalQuarter, MonthKey, WeekKey, Zone } from './calendar.ts'
export { nameWeekday, tellMinutes, tellWorkingTime, USUAL_WORKING_TIME, workingClock } from './working-time.ts'
export type { WorkingTime } from './working-time.ts'
