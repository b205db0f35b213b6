import { Group, Paper, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { locale, useTexts } from '../../i18n/index.ts';
import { happeningText, worldTimeText } from './happening-text.ts';
import type { CurrencyFigures, Happening, Person, Tallies } from './scene.ts';

const number = (value: number) => value.toLocaleString(locale());

export function TallyRow({ tallies, atMs }: { readonly tallies: Tallies; readonly atMs: number }) {
  const t = useTexts();
  const figure = (label: string, value: string) => (
    <div key={label} className="souk-watch-figure">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={620} className="souk-number">
        {value}
      </Text>
    </div>
  );
  return (
    <div className="souk-watch-figures">
      {figure(t('watch.time'), worldTimeText(atMs))}
      {figure(t('watch.tally.searches'), number(tallies.searches))}
      {figure(t('watch.tally.asked'), number(tallies.asked))}
      {figure(t('watch.tally.bids'), number(tallies.bids))}
      {figure(t('watch.tally.documents'), number(tallies.documents))}
      {figure(t('watch.tally.met'), number(tallies.met))}
    </div>
  );
}

/** The issuers' books, added up each time: nothing appears or gets lost between people. */
export function MoneyTable({ currencies }: { readonly currencies: readonly CurrencyFigures[] }) {
  const t = useTexts();
  const fits = currencies.every(
    ({ issued, destroyed, balances, held }) => issued - destroyed === balances + held,
  );
  const cell = (value: number) => (
    <Table.Td ta="end" className="souk-number">
      {number(value)}
    </Table.Td>
  );
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('watch.money')}>
      <Title order={2} size="h6">
        {t('watch.money')}
      </Title>
      <Table fz="xs" verticalSpacing={3} horizontalSpacing={6} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('watch.money.currency')}</Table.Th>
            {(['issued', 'destroyed', 'balances', 'held'] as const).map((key) => (
              <Table.Th key={key} ta="end">
                {t(`watch.money.${key}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {currencies.map(({ symbol, name, issued, destroyed, balances, held }) => (
            <Table.Tr key={symbol}>
              <Table.Td>
                {name} ({symbol})
              </Table.Td>
              {cell(issued)}
              {cell(destroyed)}
              {cell(balances)}
              {cell(held)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap={6} mt={4} wrap="nowrap" c={fits ? 'tile' : 'red'}>
        {fits ? <IconCheck size={15} /> : <IconAlertTriangle size={15} />}
        <Text size="xs">{t(fits ? 'watch.money.fits' : 'watch.money.differs')}</Text>
      </Group>
    </Paper>
  );
}

interface EventListProps {
  readonly happenings: readonly Happening[];
  readonly people: readonly Person[];
}

export function EventList({ happenings, people }: EventListProps) {
  const t = useTexts();
  return (
    <Paper withBorder p="sm" component="section" className="souk-watch-events">
      <Title order={2} size="h6" mb={4} id="souk-watch-events">
        {t('watch.events')}
      </Title>
      {happenings.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('watch.events.none')}
        </Text>
      )}
      {/** biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard */}
      <ol aria-labelledby="souk-watch-events" tabIndex={0}>
        {happenings.map((happening) => (
          <li key={happening.number} data-kind={happening.kind}>
            <span className="souk-number">{worldTimeText(happening.atMs)}</span>
            <span>{happeningText(happening, people, t)}</span>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
