import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { useConnection } from '../../client/connection.ts';
import { useCurrency } from '../../components/amount.tsx';
import { saveText } from '../../components/csv.ts';
import { tellDone, tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { statementCsv } from './statement-csv.ts';
import type { StatementRow } from './use-statement.ts';

const rowsAtATime = 1_000;

/** The whole statement as a file, asked for page by page. */
export function ExportButton({ currency }: { readonly currency: CurrencyId }) {
  const t = useTexts();
  const { client } = useConnection();
  const { symbol, decimals } = useCurrency(currency);
  const [count, setCount] = useState<number>();
  const save = async () => {
    const rows: StatementRow[] = [];
    for (let before: number | undefined, more = true; more; more = before !== undefined) {
      setCount(rows.length);
      const page = await client.call('wallet.statement', {
        currency,
        limit: rowsAtATime,
        ...(before !== undefined && { before }),
      });
      if (!page.ok) {
        setCount(undefined);
        return tellProblem(page.error);
      }
      rows.push(...page.value.rows);
      before = page.value.before;
    }
    setCount(undefined);
    const plain = symbol.replace(/[^\p{L}\p{N}]/gu, '') || 'currency';
    const day = new Date().toISOString().slice(0, 10);
    saveText(`souk-${plain}-${day}.csv`, statementCsv(rows, decimals));
    tellDone(t('wallet.exported'));
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      disabled={count !== undefined}
      onClick={save}
    >
      {count === undefined ? t('wallet.export') : t('wallet.exporting', { count })}
    </Button>
  );
}
