export * from './answers.ts';
export * from './door.ts';
export * from './fields.ts';
export * from './routes.ts';
export * from './statements.ts';
