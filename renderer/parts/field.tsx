import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { Icon } from './icon.tsx'

interface FieldBase {
  readonly label: string
  /** The label stays for screen readers. */
  readonly isLabelHidden?: boolean
  readonly description?: ReactNode
  readonly isDisabled?: boolean
  readonly className?: string
}

function FieldLabel({ label, isLabelHidden }: { readonly label: string; readonly isLabelHidden: boolean }) {
  return <Label className={isLabelHidden ? 'visually-hidden' : 'field-label'}>{label}</Label>
}

function FieldDescription({ children }: { readonly children: ReactNode }) {
  if (children === undefined || children === null) return null
  return (
    <Text slot="description" className="field-description">
      {children}
    </Text>
  )
}

export interface TextFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly placeholder?: string
  readonly isMultiline?: boolean
  /** Why the text cannot be taken; also announced. */
  readonly problem?: string | null
  readonly autoFocus?: boolean
  readonly type?: 'text' | 'date'
}

export function TextField({ isLabelHidden = false, problem = null, className = '', ...props }: TextFieldProps) {
  const { label, value, onChange, onBlur, placeholder, isMultiline, description, isDisabled, autoFocus, type } = props
  return (
    <AriaTextField
      className={`field ${className}`}
      value={value}
      onChange={onChange}
      isInvalid={problem !== null}
      {...(onBlur && { onBlur })}
      {...(isDisabled !== undefined && { isDisabled })}
      {...(autoFocus !== undefined && { autoFocus })}
      {...(type && { type })}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      {isMultiline ? (
        <TextArea className="input" rows={3} placeholder={placeholder ?? ''} />
      ) : (
        <Input className="input" placeholder={placeholder ?? ''} />
      )}
      <FieldDescription>{problem === null ? description : <span className="bad">{problem}</span>}</FieldDescription>
    </AriaTextField>
  )
}

export interface NumberFieldProps extends FieldBase {
  /** null = nothing entered; never zero. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly format?: Intl.NumberFormatOptions
  readonly min?: number
  readonly max?: number
  /** Written after the box: `h`, `tokens`. */
  readonly unit?: string
  readonly problem?: string | null
  readonly autoFocus?: boolean
}

/** A number as typed in the product's one number format; percent formats hold shares 0 … 1. */
export function NumberField({ isLabelHidden = false, problem = null, className = '', ...props }: NumberFieldProps) {
  const { label, value, onChange, format, min, max, unit, description, isDisabled, autoFocus } = props
  return (
    <AriaNumberField
      className={`field ${className}`}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      formatOptions={format ?? { maximumFractionDigits: 6 }}
      isInvalid={problem !== null}
      {...(min !== undefined && { minValue: min })}
      {...(max !== undefined && { maxValue: max })}
      {...(isDisabled !== undefined && { isDisabled })}
      {...(autoFocus !== undefined && { autoFocus })}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <div className="input-with-unit">
        <Input className="input number" />
        {unit && <span className="input-unit">{unit}</span>}
      </div>
      <FieldDescription>{problem === null ? description : <span className="bad">{problem}</span>}</FieldDescription>
    </AriaNumberField>
  )
}

export interface Choice<Id extends string = string> {
  readonly id: Id
  readonly label: string
  readonly hint?: string
}

export interface SelectProps<Id extends string> extends FieldBase {
  readonly value: Id | null
  readonly onChange: (value: Id) => void
  readonly choices: readonly Choice<Id>[]
  readonly placeholder?: string
  /** compact: for bars, no box until pointed at. */
  readonly look?: 'box' | 'bar'
}

export function Select<Id extends string>({
  isLabelHidden = false,
  className = '',
  look = 'box',
  ...props
}: SelectProps<Id>) {
  const { label, value, onChange, choices, placeholder, description, isDisabled } = props
  return (
    <AriaSelect
      className={`field ${className}`}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(key as Id)
      }}
      placeholder={placeholder ?? 'Choose…'}
      {...(isDisabled !== undefined && { isDisabled })}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <Button className={look === 'box' ? 'input select-button' : 'select-button bar-select'}>
        <SelectValue className="select-value truncate">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <Icon name="chevron-down" size={14} />
      </Button>
      <FieldDescription>{description}</FieldDescription>
      <Popover className="popover" offset={4}>
        <Choices choices={choices} />
      </Popover>
    </AriaSelect>
  )
}

export interface ComboBoxProps extends FieldBase {
  readonly value: string
  /** Any text is allowed; the choices only help. */
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  readonly placeholder?: string
}

/** Free text with known answers to pick from (zones, header names). */
export function ComboBox({ isLabelHidden = false, className = '', ...props }: ComboBoxProps) {
  const { label, value, onChange, choices, placeholder, description, isDisabled } = props
  return (
    <AriaComboBox
      className={`field ${className}`}
      inputValue={value}
      onInputChange={onChange}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key)
        if (choice) onChange(choice.label)
      }}
      defaultItems={choices.slice(0, 400)}
      allowsCustomValue
      menuTrigger="focus"
      {...(isDisabled !== undefined && { isDisabled })}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <div className="input combo">
        <Input className="combo-input" placeholder={placeholder ?? ''} />
        <Button className="combo-button" aria-label={`Show choices for ${label}`}>
          <Icon name="chevron-down" size={14} />
        </Button>
      </div>
      <FieldDescription>{description}</FieldDescription>
      <Popover className="popover" offset={4}>
        <ListBox className="choices">
          {(choice: Choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className="choice">
              <span className="truncate">{choice.label}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}

function Choices({ choices }: { readonly choices: readonly Choice[] }) {
  return (
    <ListBox className="choices">
      {choices.map((choice) => (
        <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className="choice">
          {({ isSelected }) => (
            <>
              <span className="choice-mark">{isSelected && <Icon name="check" size={14} />}</span>
              <Text slot="label" className="truncate">
                {choice.label}
              </Text>
              {choice.hint && (
                <Text slot="description" className="choice-hint">
                  {choice.hint}
                </Text>
              )}
            </>
          )}
        </ListBoxItem>
      ))}
    </ListBox>
  )
}

export function Checkbox({
  isSelected,
  onChange,
  children,
  isDisabled = false,
}: {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly children: ReactNode
  readonly isDisabled?: boolean
}) {
  return (
    <AriaCheckbox className="checkbox" isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <span className="checkbox-box">{isSelected && <Icon name="check" size={12} />}</span>
      <span>{children}</span>
    </AriaCheckbox>
  )
}
