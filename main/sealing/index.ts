export { type Seal, SealingShelf } from './sealing-shelf.ts';
export { unsealFile } from './unseal.ts';
