import { z } from 'zod';

/**
 * An address that is asked over HTTP. A user and password inside it are refused: nobody sends them, and they would stand in
 * sentences, previews and the log.
 */
export const HttpUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '',
    'must not hold a user or password; name them by secretRef',
  );
