/** What one file may hold; each border has a test on both sides. Characters are UTF-16 units. */
export const LIMITS = {
  fileBytes: 4 * 1024 ** 3,
  fieldChars: 64 * 1024,
  recordChars: 1024 * 1024,
  columns: 2_000,
  headerNameChars: 256,
  jsonDepth: 64,
  jsonBytes: 256 * 1024 ** 2,
  /** Of a text that has to be one string: hosts end strings a little above. */
  textBytes: 500 * 1024 ** 2,
  parquetRows: 5_000_000,
  /** Unpacked, as the file declares it. */
  parquetBytes: 1024 ** 3,
} as const
