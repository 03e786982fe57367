import { checkView, viewTooLarge } from '../blocks/check.ts';
import { type Core, refuse } from '../core.ts';
import { closeViews, newView, replaceView } from '../views.ts';
import { wireView } from '../wire.ts';
import { type Json, openModals, type View } from '../world.ts';
import { object, text } from './args.ts';
import type { Args, Method } from './registry.ts';

const maxStack = 3;

/** The family `views.*`. */
export const viewMethods: Record<string, Method> = {
  'views.open': (core, args) => {
    const content = viewArg(core, args, 'modal');
    const user = triggered(core, args);
    closeViews(core, openModals(core.world, user));
    return shown(core, newView(core, user, content, undefined));
  },
  'views.push': (core, args) => {
    const content = viewArg(core, args, 'modal');
    const user = triggered(core, args);
    const stack = openModals(core.world, user);
    const top = stack.at(-1) ?? refuse('not_found');
    if (stack.length >= maxStack) refuse('push_limit_reached');
    return shown(core, newView(core, user, content, top));
  },
  'views.update': (core, args) => {
    const id = text(args, 'view_id');
    const externalId = text(args, 'external_id');
    const view =
      (id === undefined ? undefined : core.world.views.get(id)) ??
      [...core.world.views.values()].find(
        (known) => externalId !== undefined && known.externalId === externalId,
      );
    if (!view?.open) return refuse('not_found');
    const content = viewArg(core, args, view.type, view);
    checkHash(args, view);
    replaceView(core, view, content);
    return shown(core, view);
  },
  'views.publish': (core, args) => {
    const content = viewArg(core, args, 'home');
    const user = text(args, 'user_id') ?? '';
    if (!core.world.users.has(user)) refuse('invalid_arguments');
    const home = [...core.world.views.values()].find((view) => view.type === 'home' && view.user === user);
    if (!home) return shown(core, newView(core, user, content, undefined));
    checkHash(args, home);
    replaceView(core, home, content);
    return shown(core, home);
  },
};

function viewArg(core: Core, args: Args, type: View['type'], replaced?: View): Json {
  const view = object(args, 'view', 'invalid_arguments') ?? refuse('invalid_arguments');
  if (viewTooLarge(view)) refuse('view_too_large');
  const problems =
    view.type === type ? checkView(view) : [`[ERROR] must be a ${type} [json-pointer:/view/type]`];
  if (problems.length > 0) refuse('invalid_arguments', { response_metadata: { messages: problems } });
  const externalId = view.external_id;
  const taken = [...core.world.views.values()].some(
    (other) => other !== replaced && other.open && externalId && other.externalId === externalId,
  );
  if (taken) refuse('duplicate_external_id');
  return view;
}

function triggered(core: Core, args: Args): string {
  const redeemed = core.capabilities.redeem(text(args, 'trigger_id') ?? '');
  return 'user' in redeemed ? redeemed.user : refuse(redeemed.error);
}

function checkHash(args: Args, view: View): void {
  const hash = text(args, 'hash');
  if (hash !== undefined && hash !== view.hash) refuse('hash_conflict');
}

function shown(core: Core, view: View): Json {
  return { view: wireView(view, core.app, core.world) };
}
