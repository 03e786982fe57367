import type { Language } from '../../incident/words.ts';
import { en, type Messages } from './text/en.ts';
import { ko } from './text/ko.ts';

/** What Muster says to one person, in each language. */
export const texts: Record<Language, Messages> = { en, ko };
