import { Group, Select } from '@mantine/core';
import { formatName, mediaKinds } from '../../components/media-kinds.ts';
import { NumberField } from '../../components/number-field.tsx';
import { useTexts } from '../../i18n/index.ts';
import { type SearchWish, sizesFit } from './wish.ts';

const megabyte = 1_000_000;

interface SearchFiltersProps {
  readonly wish: SearchWish;
  readonly onChange: (wish: SearchWish) => void;
}

/** What the neighbors are told to leave out: the market filters by one media type and by size. */
export function SearchFilters({ wish, onChange }: SearchFiltersProps) {
  const t = useTexts();
  const { mediaType, minSize, maxSize } = wish;
  const groups: { group: string; items: { value: string; label: string }[] }[] = [];
  for (const [kind, types] of Object.entries(mediaKinds)) {
    const items = types.map((type) => ({ value: type as string, label: formatName(type) }));
    groups.push({ group: t(`kind.${kind}`, {}, kind), items });
  }
  const isListed = groups.some(({ items }) => items.some(({ value }) => value === mediaType));
  if (mediaType !== undefined && !isListed)
    groups.push({
      group: t('kind.other'),
      items: [{ value: mediaType, label: formatName(mediaType) }],
    });
  return (
    <Group gap="sm" align="flex-start">
      <Select
        w="11rem"
        label={t('search.filter.kind')}
        placeholder={t('search.filter.any')}
        clearable
        searchable
        data={groups}
        value={mediaType ?? null}
        onChange={(value) => onChange({ ...wish, mediaType: value ?? undefined })}
      />
      <Size
        label={t('search.filter.min')}
        bytes={minSize}
        onChange={(bytes) => onChange({ ...wish, minSize: bytes })}
      />
      <Size
        label={t('search.filter.max')}
        bytes={maxSize}
        error={sizesFit(wish) ? undefined : t('search.filter.wrong')}
        onChange={(bytes) => onChange({ ...wish, maxSize: bytes })}
      />
    </Group>
  );
}

interface SizeProps {
  readonly label: string;
  readonly bytes: number | undefined;
  readonly error?: string | undefined;
  readonly onChange: (bytes: number | undefined) => void;
}

function Size({ label, bytes, error, onChange }: SizeProps) {
  return (
    <NumberField
      w="9rem"
      label={label}
      suffix=" MB"
      min={0}
      max={1_000_000}
      decimalScale={3}
      allowNegative={false}
      hideControls
      error={error}
      value={bytes === undefined ? '' : bytes / megabyte}
      onChange={(value) =>
        onChange(value === '' ? undefined : Math.round(Number(value) * megabyte))
      }
    />
  );
}
