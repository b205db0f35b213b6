import { notifications } from '@mantine/notifications';
import type { Problem } from '../../src/problem.ts';
import { t } from '../i18n/index.ts';

/** Tells a refusal: what happened, and what the peer says to do. */
export function tellProblem(problem: Problem): void {
  notifications.show({
    color: 'red',
    title: t(`problem.${problem.code}`),
    message: problem.detail,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': t('action.close') },
  });
}

export function tellDone(title: string, message = ''): void {
  notifications.show({
    title,
    message,
    color: 'teal',
    closeButtonProps: { 'aria-label': t('action.close') },
  });
}
