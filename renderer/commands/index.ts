import type { KeptAside, ImportChoices } from '../../shared/importers/index.ts'
import { BugError, type Outcome } from '../../shared/issues/index.ts'
import type { WorkbookRecords } from '../../shared/workbook/index.ts'
import type { PlaceId, Theme } from '../stores/screen.ts'

/* Everything a user can do. Signatures first; the bodies follow. */
export interface ToastOptions {
  readonly tone?: 'plain' | 'warn'
  readonly action?: { readonly label: string; readonly run: () => void }
}

function later(): never {
  throw new BugError('not wired yet')
}
export async function openAtStart(): Promise<void> {
  later()
}
export async function openSample(): Promise<void> {
  later()
}
export async function startEmpty(_name?: string): Promise<void> {
  later()
}
export async function openWorkbookFile(_name: string, _bytes: Uint8Array): Promise<Outcome<null>> {
  return later()
}
export async function chooseAndOpenWorkbook(): Promise<void> {
  later()
}
export async function saveWorkbookFile(): Promise<void> {
  later()
}
export async function closeWorkbook(): Promise<void> {
  later()
}
export async function editRecords(
  _label: string,
  _change: (records: WorkbookRecords) => WorkbookRecords,
  _remembered: 'step' | 'join' = 'step',
): Promise<void> {
  later()
}
export async function undo(): Promise<void> {
  later()
}
export async function redo(): Promise<void> {
  later()
}
export async function readFiles(_files: readonly File[]): Promise<void> {
  later()
}
export async function rereadFile(_jobId: string, _choices: ImportChoices): Promise<void> {
  later()
}
export async function commitImports(_jobIds: readonly string[]): Promise<void> {
  later()
}
export function discardImport(_jobId: string): void {
  later()
}
export async function takeBackImport(_importId: string): Promise<void> {
  later()
}
export async function keptAsideOf(_importId: string): Promise<readonly KeptAside[]> {
  return later()
}
export async function downloadKeptAside(_importId: string): Promise<void> {
  later()
}
export async function addScenario(_templateId: string): Promise<string> {
  return later()
}
export async function runScenario(_id: string): Promise<void> {
  later()
}
export function cancelTask(_id: string): void {
  later()
}
export async function printBrief(): Promise<void> {
  later()
}
export async function saveBriefHtml(_scenarioId: string): Promise<void> {
  later()
}
export function goTo(_place: PlaceId): void {
  later()
}
export function setTheme(_theme: Theme): void {
  later()
}
export function openPalette(): void {
  later()
}
export function closePalette(): void {
  later()
}
export function selectScenario(_id: string | null): void {
  later()
}
export function showToast(_text: string, _options: ToastOptions = {}): void {
  later()
}
export function dismissToast(_id: string): void {
  later()
}
