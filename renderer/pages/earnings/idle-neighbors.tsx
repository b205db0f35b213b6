import { Anchor, Group, Text } from '@mantine/core';
import { pathTo } from '../../app/route.ts';
import { useNameOf } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { earningNothing, type FlowRow } from './earning-groups.ts';

/** Which primary neighbors brought nothing: not as a reproach, to know whom one asks for nothing. */
export function IdleNeighbors({ rows }: { readonly rows: readonly FlowRow[] }) {
  const t = useTexts();
  const nameOf = useNameOf();
  const primary = useAnswer('neighbors.list', { list: 'primary', limit: 1_000 }).data?.neighbors;
  if (!primary || primary.length === 0) return null;
  const idle = earningNothing(primary, rows);
  return (
    <section className="souk-earnings-card" aria-label={t('earnings.idle')}>
      <Text size="sm" fw={600}>
        {t('earnings.idle')}
      </Text>
      <Text size="xs" c="dimmed">
        {t(idle.length === 0 ? 'earnings.idle.none' : 'earnings.idle.text')}
      </Text>
      {idle.length > 0 && (
        <Group gap="xs" mt="xs">
          {idle.map(({ peer }) => (
            <Anchor
              key={peer}
              href={pathTo('neighbors', peer)}
              size="sm"
              dir="auto"
              maw="16rem"
              truncate
              title={`${nameOf(peer)}\n${peer}`}
            >
              {nameOf(peer)}
            </Anchor>
          ))}
        </Group>
      )}
    </section>
  );
}
