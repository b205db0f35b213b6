import { Textarea, type TextareaProps } from '@mantine/core';

interface NoteAreaProps extends Pick<TextareaProps, 'label' | 'description' | 'maxLength'> {
  readonly value: string;
  readonly onChange: (note: string) => void;
  readonly focused?: boolean;
}

/** A note of a few sentences, which is kept as one line. */
export function NoteArea({ value, onChange, focused = false, ...said }: NoteAreaProps) {
  return (
    <Textarea
      {...said}
      {...(focused && { 'data-autofocus': true })}
      value={value}
      autosize
      minRows={2}
      dir="auto"
      onChange={(event) => onChange(event.currentTarget.value.replace(/\n/g, ' '))}
    />
  );
}
