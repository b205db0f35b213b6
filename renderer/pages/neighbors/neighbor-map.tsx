import { Button, Group, Text } from '@mantine/core';
import { IconAffiliate } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { go } from '../../app/route.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { type Acquainted, acquaintances } from './acquaintances.ts';
import { MapPicture } from './map-picture.tsx';
import { listedMax } from './neighbor-views.ts';

/** Who was found through whom: as a picture, and as a table with the same content. */
export function NeighborMap() {
  const t = useTexts();
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const [canDraw, setCanDraw] = useState(true);
  const people = usePeople();
  if (people === undefined) return null;
  if (people.length < 2) {
    return (
      <Empty
        icon={IconAffiliate}
        title={t('neighbors.map.none.title')}
        text={t('neighbors.map.none.text')}
        action={
          <Button mt="sm" onClick={() => go('neighbors', 'add')}>
            {t('neighbors.add')}
          </Button>
        }
      />
    );
  }
  const asTable = view === 'table' || !canDraw;
  return (
    <>
      <Group justify="space-between" pb="sm">
        <Text size="sm" c="dimmed">
          {t(canDraw ? 'neighbors.map.title' : 'neighbors.map.no-graphics')}
        </Text>
        {canDraw && (
          <Button
            size="xs"
            variant="default"
            onClick={() => setView(asTable ? 'picture' : 'table')}
          >
            {t(asTable ? 'neighbors.map.as-picture' : 'neighbors.map.as-table')}
          </Button>
        )}
      </Group>
      {asTable ? (
        <MapTable people={people} />
      ) : (
        <MapPicture people={people} onOpen={open} onCannot={() => setCanDraw(false)} />
      )}
    </>
  );
}

function open(peer: string): void {
  go('neighbors', peer);
}

function usePeople(): readonly Acquainted[] | undefined {
  const t = useTexts();
  const status = useAnswer('peer.status', {}).data?.peer;
  const neighbors = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors;
  const discoveries = useAnswer('discoveries.list', { limit: listedMax }).data?.discoveries;
  const you = t('neighbors.map.you');
  const nameOf = useNameOf();
  return useMemo(() => {
    if (status === undefined || !neighbors || !discoveries) return undefined;
    // As everywhere: two whose names look alike are told apart.
    const named = <P extends { readonly peer: string }>(each: P) => ({
      ...each,
      name: nameOf(each.peer),
    });
    return acquaintances({
      self: { peer: status, name: you },
      neighbors: neighbors.map(named),
      discoveries: discoveries.map(named),
    });
  }, [status, neighbors, discoveries, you, nameOf]);
}

function MapTable({ people }: { readonly people: readonly Acquainted[] }) {
  const t = useTexts();
  const self = people.find(({ list }) => list === 'you')?.peer;
  const nameOf = (peer: string | undefined) =>
    people.find((each) => each.peer === peer)?.name ?? '';
  const throughText = ({ through, list }: Acquainted) =>
    through !== self ? nameOf(through) : list === 'discovered' ? '–' : t('neighbors.map.by-hand');
  const listText = ({ list }: Acquainted) =>
    list === 'you' || list === 'discovered'
      ? t(`neighbors.map.${list}`)
      : t(`neighbors.list.${list}`);
  const columns: readonly Column<Acquainted>[] = [
    {
      key: 'peer',
      label: t('neighbors.map.peer'),
      width: 'minmax(8rem, 1fr)',
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <span dir="auto" title={name}>
          {name}
        </span>
      ),
    },
    {
      key: 'through',
      label: t('neighbors.map.through'),
      width: 'minmax(8rem, 1fr)',
      sortBy: throughText,
      cell: (person) => <span dir="auto">{throughText(person)}</span>,
    },
    {
      key: 'list',
      label: t('neighbors.map.list'),
      width: '11rem',
      sortBy: listText,
      cell: (person) => listText(person),
    },
  ];
  return (
    <DataTable
      label={t('neighbors.map.title')}
      columns={columns}
      rows={people.filter(({ list }) => list !== 'you')}
      rowKey={({ peer }) => peer}
      onOpen={({ peer }) => open(peer)}
    />
  );
}
