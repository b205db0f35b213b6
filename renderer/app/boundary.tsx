import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { Empty } from '../components/empty.tsx';
import { useTexts } from '../i18n/index.ts';

interface BoundaryProps {
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failed?: { readonly error: unknown };
}

/** What fails in it leaves the rest of the window as it is, and says how to go on. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failed: { error } };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    return failed ? <Failed error={failed.error} /> : this.props.children;
  }
}

function Failed({ error }: { readonly error: unknown }) {
  const t = useTexts();
  return (
    <div role="alert">
      <Empty
        icon={IconAlertTriangle}
        title={t('failed.title')}
        text={t('failed.text', { why: error instanceof Error ? error.message : String(error) })}
        action={
          <Button mt="xs" onClick={() => window.location.reload()}>
            {t('failed.again')}
          </Button>
        }
      />
    </div>
  );
}
