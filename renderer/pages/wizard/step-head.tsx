import { Text, Title } from '@mantine/core';

interface StepHeadProps {
  readonly title: string;
  readonly text: string;
}

/** What a step is about; its title takes the keyboard when the step comes. */
export function StepHead({ title, text }: StepHeadProps) {
  return (
    <div>
      <Title order={1} size="h2" tabIndex={-1} className="souk-wizard-title">
        {title}
      </Title>
      <Text c="dimmed" mt={6}>
        {text}
      </Text>
    </div>
  );
}
