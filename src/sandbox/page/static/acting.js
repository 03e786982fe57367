// What people do on the page, turned into requests. One listener per kind of event; `data-` attributes say what is meant.
const byId = (id) => document.getElementById(id);

/** Listens to the page. */
export function wire({ now, refresh, say, show }) {
  async function post(path, body) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (answer.notice) say(answer.notice);
    if (answer.channel) await show({ channel: answer.channel });
    else await refresh();
    return response.ok;
  }
  const act = (it) => post('/page/act', { as: now.as, act: it });

  /** Where something on the page stands: in a message or in the modal. */
  const placeOf = (node) => {
    const view = node.closest('[data-view]')?.dataset.view;
    return view ? { view } : { channel: now.channel, ts: node.closest('[data-ts]')?.dataset.ts };
  };

  async function pressed(node) {
    const { do: what, action, block, value } = node.dataset;
    const place = placeOf(node);
    if (what === 'reply') return replyTo(place.ts, value);
    if (what === 'closeView') return act({ do: 'closeView', view: place.view });
    if (!(await confirmed(node))) return;
    node.classList.add('busy');
    if (what === 'click')
      await act({ do: place.view ? 'clickInView' : 'click', ...place, action, block, value });
    else if (what === 'choose') await chosen(node, value);
    else await act({ do: what, ...place, value });
    node.classList.remove('busy');
    node.closest('details.overflow')?.removeAttribute('open');
  }

  async function chosen(node, value) {
    const { action, block } = node.dataset;
    const place = placeOf(node);
    if (!place.view && !(await confirmed(node))) return refresh();
    return act({
      do: place.view ? 'chooseInView' : 'choose',
      ...place,
      action,
      ...(place.view ? {} : { block }),
      value,
    });
  }

  /** Goes where the story's offer leads, or leaves the deed to the people of the story. */
  async function answerStory({ of, answer, to, actAs, href }) {
    await post(`/page/stories/${encodeURIComponent(of)}/${answer}`, {});
    if (href) location.href = href;
    else if (to) await show({ channel: to, ...(actAs && { as: actAs }) });
  }

  function replyTo(ts, name) {
    now.thread = ts;
    const line = byId('replying');
    line.hidden = false;
    line.querySelector('span').textContent = `${now.words.reply}: ${name}`;
    byId('composer').querySelector('textarea').focus();
  }

  document.addEventListener('click', (event) => {
    const node = event.target.closest(
      '[data-as], [data-channel], [data-dm], [data-jump], [data-story], [data-answer], [data-join], [data-cancel-reply], [data-do]',
    );
    if (event.target.closest('#menu')) document.body.classList.toggle('menu-open');
    if (!node) return;
    const { as, channel, dm, jump, story, answer } = node.dataset;
    if (node.matches('a') && !('do' in node.dataset)) event.preventDefault();
    if (as) show({ as });
    else if (channel) show({ channel });
    else if (dm) act({ do: 'dm', user: dm });
    else if (jump) jumpTo(jump);
    else if (story) post(`/page/stories/${encodeURIComponent(story)}`, {});
    else if (answer) answerStory(node.dataset);
    else if ('join' in node.dataset) act({ do: 'join', channel: now.channel });
    else if ('cancelReply' in node.dataset) show({});
    else if (node.matches('button, a')) pressed(node);
  });

  document.addEventListener('change', (event) => {
    const node = event.target.closest('[data-do=choose]');
    if (!node || node.matches('button')) return;
    chosen(node, enteredIn(node));
  });

  byId('veil').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const values = {};
    for (const field of form.querySelectorAll('[name]')) {
      const value = enteredIn(field.closest('.boxes') ?? field);
      if (value !== undefined) values[field.name] = value;
    }
    act({ do: 'submit', view: form.dataset.view, values });
  });
  document.addEventListener('keydown', (event) => {
    const view = byId('veil').querySelector('[data-view]')?.dataset.view;
    if (event.key === 'Escape' && view) act({ do: 'closeView', view });
  });

  wireComposer({ now, act, show });
}

/** What is entered in a field, menu or group of boxes. */
function enteredIn(node) {
  if (node.matches('.boxes')) {
    const picked = [...node.querySelectorAll('input:checked')].map((box) => box.value);
    return node.getAttribute('role') === 'radiogroup' ? (picked[0] ?? '') : picked;
  }
  if (node.matches('select[multiple]')) return [...node.selectedOptions].map((option) => option.value);
  if (node.type === 'datetime-local')
    return node.value && String(Math.floor(new Date(node.value).getTime() / 1000));
  return node.value;
}

/** Asks the question that stands before a dangerous button, as Slack does. */
async function confirmed(node) {
  if (!node.dataset.confirm) return true;
  const asked = JSON.parse(node.dataset.confirm);
  const dialog = byId('confirm');
  dialog.querySelector('h2').textContent = asked.title.text;
  dialog.querySelector('p').textContent = asked.text.text.replace(/[*`_]/g, '');
  const [deny, confirm] = dialog.querySelectorAll('button');
  deny.textContent = asked.deny.text;
  confirm.textContent = asked.confirm.text;
  confirm.className = `button ${asked.style ?? 'primary'}`;
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  return dialog.returnValue === 'confirm';
}

function jumpTo(ts) {
  const message = document.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  message?.scrollIntoView({ block: 'center' });
  message?.classList.add('found');
  setTimeout(() => message?.classList.remove('found'), 1500);
}

function wireComposer({ now, act, show }) {
  const form = byId('composer');
  const field = form.querySelector('textarea');
  const hints = byId('commands');
  const resize = () => {
    field.rows = Math.min(8, field.value.split('\n').length);
    const typing = /^\/[a-z]*$/.test(field.value);
    const matching = typing ? now.commands.filter(({ command }) => command.startsWith(field.value)) : [];
    hints.hidden = matching.length === 0;
    hints.replaceChildren(
      ...matching.map(({ command, description, usage_hint }) => {
        const hint = document.createElement('button');
        hint.type = 'button';
        const name = document.createElement('strong');
        name.textContent = command;
        hint.append(name, ` ${usage_hint ?? ''}`, document.createElement('br'), description ?? '');
        hint.addEventListener('click', () => {
          field.value = `${command} `;
          field.focus();
          resize();
        });
        return hint;
      }),
    );
  };
  field.addEventListener('input', resize);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && !hints.hidden) {
      event.preventDefault();
      hints.querySelector('button')?.click();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const { thread } = now;
    // The answer to what one typed is worth scrolling to, even when it takes a moment.
    now.followUntil = Date.now() + 4000;
    field.value = '';
    resize();
    const done = await act({ do: 'say', channel: now.channel, text, ...(thread && { thread }) });
    if (done) show({});
    else field.value ||= text;
  });
}
