import type { search as english } from '../en/search.ts';

export const search: Readonly<Record<keyof typeof english, string>> = {
  'search.title': 'Suchen',
  'search.placeholder': 'Wörter oder eine Dokument-ID',
  'search.field': 'Was suchst du?',
  'search.max-price': 'Höchstens',
  'search.currency': 'Währung',
  'search.go': 'Gebote einholen',
  'search.fee': '{count} Nachbarn zu fragen kostet {fee}',
  'search.fee.free': 'Fragen kostet nichts',
  'search.fee.nobody': 'Du hast keinen Nachbarn, den du fragen kannst',
  'search.running': 'Deine Nachbarn werden gefragt …',
  'search.ended': '{count} Gebote',
  'search.start.title': 'Frag den Markt',
  'search.start.text':
    'Deine Nachbarn bieten an, was du suchst: aus eigenen Regalen oder von jemandem, den sie kennen. Du siehst jedes Gebot, bevor du zahlst.',
  'search.no-neighbors.title': 'Du kennst noch niemanden',
  'search.no-neighbors.text':
    'Gebote kommen von Nachbarn. Füge mit einer Einladung jemanden hinzu, dem du vertraust; ein Code von ihm genügt.',
  'search.no-neighbors.action': 'Nachbarn hinzufügen',
  'search.nothing.title': 'Keine Gebote',
  'search.nothing.text':
    'Zu deinem Preis bietet das niemand an. Versuch andere Wörter, oder biete mehr.',
  'search.refusals': 'Warum manche nichts boten',
  'search.column.title': 'Dokument',
  'search.column.size': 'Größe',
  'search.column.kind': 'Art',
  'search.column.bidders': 'Bieter',
  'search.column.expires': 'Gilt noch',
  'search.column.price': 'Bester Preis',
  'search.buy': 'Kaufen',
  'search.bought.title': 'Gekauft',
  'search.bought.text': 'Es kommt unter Übertragungen.',
  'search.expired': 'abgelaufen',
};
