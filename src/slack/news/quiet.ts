/** No news: the card shows it, or nobody needs to hear of it. */
export const quiet = (): null => null;
