import type { common as english } from '../en/common.ts';

export const common: Readonly<Record<keyof typeof english, string>> = {
  'nav.label': 'Seiten',
  'nav.search': 'Suchen',
  'palette.placeholder': 'Gehe zu …',
  'palette.nothing': 'Nichts mit diesem Namen',
  'status.running': 'Läuft',
  'status.lost': 'Der Peer antwortet nicht',
  'status.neighbors': 'Nachbarn: {count}',
  'status.today': 'Heute verdient',
  'peer.you': 'Du',
  'amount.no-number': 'Schreib einen Betrag in Ziffern',
  'amount.no-decimals': 'Diese Währung kennt nur ganze Beträge',
  'amount.too-many-decimals': 'Höchstens {decimals} Nachkommastellen',
  'amount.too-large': 'Mehr, als sich zählen lässt',
  'qr.too-long': 'Zu lang für einen QR-Code: Schick es als Text.',
  'table.unfold': 'Mehr zeigen',
  'table.fold': 'Weniger zeigen',
  'action.cancel': 'Abbrechen',
  'action.close': 'Schließen',
  'action.save': 'Speichern',
  'action.copy': 'Kopieren',
  'action.copied': 'Kopiert',
  'unreachable.title': 'Kein Peer hinter diesem Fenster',
  'unreachable.text':
    'Öffne Souk neu: Diese Adresse gilt nur mit dem Schlüssel, den der Start ihr gab.',
  'demo.label': 'Probemarkt',
  'demo.starting': 'Der Probemarkt wird aufgebaut …',
  'demo.running': 'Probemarkt, Spielgeld',
  'demo.removing': 'Der Probemarkt wird abgebaut …',
  'demo.trading':
    'Nachgestellte Nachbarn handeln mit dir: {done} von {planned} Geschäften. Such und kauf auch du.',
  'demo.quiet': 'Von selbst handeln sie nicht mehr; sie verkaufen dir aber weiter.',
  'demo.arriving.title': 'Deine Nachbarn bauen ihre Stände auf',
  'demo.arriving.text':
    'Fünf nachgestellte Nachbarn und eine Bank für Spielgeld starten auf diesem Rechner. Es dauert keine Minute.',
  'demo.guide.title': 'Du bist auf dem Markt',
  'demo.guide.text':
    'Du hast Spielgeld bekommen, und ein Ordner mit vier Dokumenten ist in deinem Namen freigegeben. Kauf etwas; inzwischen kaufen deine Nachbarn bei dir, und durch dich voneinander.',
  'demo.guide.look-for': 'Such nach',
  'demo.guide.earnings': 'Was du verdienst, und womit',
  'demo.guide.tabs': 'Was ihr einander schuldet',
  'demo.guide.statement': 'Jede Bewegung des Geldes',
  'demo.remove': 'Probemarkt entfernen',
  'demo.remove.question': 'Den Probemarkt entfernen?',
  'demo.remove.text':
    'Seine Nachbarn hören auf, verschwinden von deinen Listen und zahlen nicht mehr; sein Geld, sein Ordner und seine Dateien verschwinden. Zweierlei bleibt: was du gekauft hast, in deinem Ordner für Downloads, und deine Geschäfte, in deinen Listen und im Journal, dessen Zeilen sich nie ändern.',
};
