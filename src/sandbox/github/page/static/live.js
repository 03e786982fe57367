// Shows what changed without losing what somebody is writing.
const script = document.querySelector('script[data-events]');
const events = new EventSource(script.dataset.events);
let refreshing = false;

const writing = () => [...document.querySelectorAll('textarea')].some((area) => area.value !== '');

async function refresh() {
  if (refreshing || writing()) return;
  refreshing = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok && !writing()) {
      for (const part of ['main', 'header.top'])
        document.querySelector(part).replaceWith(page.querySelector(part));
    }
  } finally {
    refreshing = false;
  }
}

let waiting;
events.addEventListener('message', () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 80);
});
