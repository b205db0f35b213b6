export { kindOf } from './kinds.ts';
export { Reader } from './reader.ts';
