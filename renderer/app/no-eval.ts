import { config } from 'zod';

/** The page's policy forbids code made of text: zod would try it, and every try be reported. */
config({ jitless: true });
