import type { connection as en } from '../en/connection.ts';

export const connection: Readonly<Record<keyof typeof en, string>> = {
  'connection.lost.title': 'Der Peer antwortet nicht',
  'connection.lost.text':
    'Du siehst, was er zuletzt gesagt hat. Dieses Fenster macht von selbst weiter, sobald der Peer antwortet. Wurde Souk beendet, dann starte es wieder.',
  'unreachable.old.title': 'Dieses Fenster gehört zu einem früheren Start',
  'unreachable.old.text':
    'Souk wurde seither neu gestartet, vielleicht nach einem Update, und jeder Start hat seinen eigenen Schlüssel. Nichts ist verloren: Schließ dieses Fenster und nimm das neue.',
  'unreachable.spent.title': 'Diese Adresse wurde schon benutzt',
  'unreachable.spent.text':
    'Eine Adresse öffnet Souk nur einmal und nur zehn Minuten lang, damit sie in Verlauf und Prozesslisten wertlos ist. Hast du sie gerade zum ersten Mal geöffnet, dann war auf diesem Rechner jemand schneller: Beende Souk und starte es neu.',
  'unreachable.how': 'So öffnest du das Fenster des laufenden Peers:',
  'failed.title': 'Diese Seite lässt sich nicht zeigen',
  'failed.text':
    'Im Fenster ging etwas schief ({why}). Dein Peer läuft weiter, und nichts ist verloren: Lade das Fenster neu.',
  'failed.again': 'Neu laden',
};
