/** The invented people and documents of the market to watch. */

export const names = [
  'Ada',
  'Bo',
  'Cleo',
  'Dan',
  'Edda',
  'Finn',
  'Gus',
  'Hana',
  'Ivo',
  'Jun',
  'Kim',
  'Lea',
  'Max',
  'Nora',
  'Oda',
  'Pio',
  'Quin',
  'Rosa',
  'Sami',
  'Tove',
  'Una',
  'Vito',
  'Wim',
  'Xenia',
  'Yuri',
  'Zoe',
  'Arne',
  'Bela',
  'Cara',
  'Dov',
  'Ella',
  'Faro',
  'Gil',
  'Hilde',
  'Ines',
  'Jana',
  'Karl',
  'Lino',
  'Mira',
  'Nils',
  'Olga',
  'Pia',
  'Rolf',
  'Siri',
  'Tom',
  'Ulla',
  'Vera',
  'Yves',
] as const;

/** What documents of each kind are called: a text, a report, a picture, a recording, a film. */
const shapes = [
  ['A walk along', 'Letters from', 'Notes on', 'The book of'],
  ['Report on', 'Map of', 'Survey of', 'Census of'],
  ['A picture of', 'Colors of', 'Shadows of', 'A view of'],
  ['Songs of', 'The sound of', 'A waltz for', 'Bells of'],
  ['A day in', 'The making of', 'Boats of', 'Dancers of'],
] as const;

const places = [
  'Aleppo',
  'Bergen',
  'Cádiz',
  'Delft',
  'Esfahan',
  'Fez',
  'Ghent',
  'Havana',
  'Izmir',
  'Jaipur',
  'Kyoto',
  'Lagos',
  'Malmö',
  'Naples',
  'Oaxaca',
  'Porto',
  'Quito',
  'Riga',
  'Samarkand',
  'Tunis',
] as const;

/** A title for a document: every number has its own. */
export function titleOf({
  number,
  kind,
}: {
  readonly number: number;
  readonly kind: number;
}): string {
  const ofKind = shapes[kind % shapes.length] ?? shapes[0];
  const nth = Math.floor(number / shapes.length);
  const shape = ofKind[nth % ofKind.length] ?? '';
  const place = places[Math.floor(nth / ofKind.length) % places.length] ?? '';
  const round = Math.floor(nth / (ofKind.length * places.length));
  return round === 0 ? `${shape} ${place}` : `${shape} ${place}, part ${round + 1}`;
}
