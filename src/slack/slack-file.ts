/** Where Slack keeps files; their addresses are private and want a token. */
const store = 'https://files.slack.com';

/** Tells an address of Slack's own file store, or of the server that stands in for Slack's API, from any other. */
export function isSlackFile(apiUrl: string | undefined): (address: string) => boolean {
  const origins = [store, ...(apiUrl ? [new URL(apiUrl).origin] : [])];
  return (address) => {
    const url = URL.parse(address);
    return url !== null && origins.includes(url.origin);
  };
}
