import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { AcceptCurrency } from './accept-currency.tsx';
import { CurrenciesPanel } from './currencies-panel.tsx';
import { CurrencyPage } from './currency-page.tsx';
import { ExchangePanel } from './exchange/exchange-panel.tsx';
import { MyCurrency } from './my-currency.tsx';
import { TabsPanel } from './tabs-panel.tsx';

const parts = ['currencies', 'tabs', 'exchange', 'mine'] as const;
type Part = (typeof parts)[number];
const isPart = (text: string | undefined): text is Part => parts.some((part) => part === text);

/** Money: every currency, the tabs, and the currency that this peer issues. Another part is a currency's id. */
export function WalletPage() {
  const t = useTexts();
  const { part = 'currencies' } = useRoute();
  const [accepting, setAccepting] = useState(false);
  const shown: Part = isPart(part) ? part : 'currencies';
  return (
    <Page
      title={t('wallet.title')}
      fill
      actions={
        <Button leftSection={<IconPlus size={17} />} onClick={() => setAccepting(true)}>
          {t('wallet.accept')}
        </Button>
      }
    >
      <Tabs value={shown} onChange={(next) => go('wallet', next ?? undefined)}>
        <Tabs.List>
          {parts.map((each) => (
            <Tabs.Tab key={each} value={each} onClick={() => go('wallet', each)}>
              {t(`wallet.tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {!isPart(part) && <CurrencyPage currency={part} />}
      {part === 'currencies' && <CurrenciesPanel onAccept={() => setAccepting(true)} />}
      {part === 'tabs' && <TabsPanel />}
      {part === 'exchange' && <ExchangePanel />}
      {part === 'mine' && <MyCurrency />}
      <AcceptCurrency opened={accepting} onClose={() => setAccepting(false)} />
    </Page>
  );
}
