import { Anchor, Badge, Group, Text } from '@mantine/core';
import { pathTo } from '../../app/route.ts';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { percentText } from '../../components/share-text.ts';
import { useTexts } from '../../i18n/index.ts';
import { Ago } from './ago.tsx';
import type { Acquaintance } from './neighbor-views.ts';
import { Part } from './part.tsx';

type Learned = Acquaintance['learned'];

const million = 1_000_000;

/** What a peer has learned of a neighbor by asking it: why it asks it, or not, on others' behalf. */
export function NeighborLearned({ known }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const { learned, documents } = known;
  const taught = learned.asked > 0 || learned.goodFor.length > 0;
  if (!taught && documents.length === 0 && !known.neighbor) return null;
  return (
    <>
      <Part title={t('neighbors.learned')}>
        {taught ? (
          <Taught learned={learned} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('neighbors.learned.none')}
          </Text>
        )}
      </Part>
      {documents.length > 0 && (
        <Part title={t('neighbors.documents')}>
          {documents.map((seen) => (
            <Seen key={seen.documentId} seen={seen} />
          ))}
        </Part>
      )}
    </>
  );
}

function Taught({ learned }: { readonly learned: Learned }) {
  const t = useTexts();
  const { chancePerMillion, goodFor, prospects } = learned;
  return (
    <dl className="souk-facts">
      <dt>{t('neighbors.learned.chance')}</dt>
      <dd>{percentText(chancePerMillion, million)}</dd>
      {goodFor.length > 0 && (
        <>
          <dt>{t('neighbors.learned.good-for')}</dt>
          <dd>
            <Group gap={4}>
              {goodFor.map((good) => (
                <Badge
                  key={`${good.about} ${good.value}`}
                  variant={good.about === 'kind' ? 'light' : 'default'}
                  tt="none"
                  fw={500}
                  maw="12rem"
                  title={t('neighbors.learned.trait', {
                    chance: percentText(good.chancePerMillion, million),
                  })}
                >
                  <bdi>{good.about === 'kind' ? t(`kind.${good.value}`) : good.value}</bdi>{' '}
                  {percentText(good.chancePerMillion, million)}
                </Badge>
              ))}
            </Group>
          </dd>
        </>
      )}
      {prospects.length > 0 && (
        <>
          <dt>{t('neighbors.learned.profit')}</dt>
          <dd>
            {prospects.map((prospect) => (
              <Prospect key={prospect.currency} prospect={prospect} chance={chancePerMillion} />
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

interface ProspectProps {
  readonly prospect: Learned['prospects'][number];
  readonly chance: number;
}

function Prospect({ prospect, chance }: ProspectProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(prospect.currency);
  const text = (value: number) => `${amountText(value, decimals)} ${symbol}`;
  const { fee, commission, profitPerHundred } = prospect;
  return (
    <div>
      {commission === undefined || profitPerHundred === undefined
        ? t('neighbors.learned.profit.unknown', { fee: text(fee) })
        : t('neighbors.learned.profit.text', {
            profit: text(profitPerHundred),
            chance: percentText(chance, million),
            commission: text(commission),
            fee: text(fee),
          })}
    </div>
  );
}

function Seen({ seen }: { readonly seen: Acquaintance['documents'][number] }) {
  const t = useTexts();
  const { title, price, currency, at, servedBy, peer } = seen;
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text size="sm" truncate dir="auto" title={title}>
        {title}
      </Text>
      <Text size="sm" c="dimmed" flex="none">
        <Amount inherit currency={currency} value={price} /> · <Ago at={at} />
        {servedBy !== undefined && servedBy !== peer && (
          <>
            {` · ${t('neighbors.documents.served')} `}
            <Anchor inherit href={pathTo('neighbors', servedBy)}>
              <PeerName peer={servedBy} />
            </Anchor>
          </>
        )}
      </Text>
    </Group>
  );
}
