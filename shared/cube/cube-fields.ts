import { CUBE_COUNTS, CUBE_KEYS, CUBE_MONEY, type CubeCount, type CubeKey, type CubeMoney } from '../importers/index.ts'

/** A column of the cube that can be taken from another column of the table; `time` decides the day. */
export type CubeField = 'time' | Exclude<CubeKey, 'source' | 'day'> | CubeCount | CubeMoney

export const CUBE_FIELDS: readonly CubeField[] = [
  'time',
  ...CUBE_KEYS.filter((key) => key !== 'source' && key !== 'day'),
  ...(Object.keys(CUBE_COUNTS) as CubeCount[]),
  ...CUBE_MONEY,
]
