import type { Server } from 'node:http';
import type { Router } from 'express';
import { type Actor, createActor } from './actor.ts';
import { createApi } from './api.ts';
import { createCapabilities } from './capabilities.ts';
import type { Core } from './core.ts';
import { deliverHttp, type Outgoing } from './deliver.ts';
import { createEventSender, type EventSender } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Delivery, Journal } from './journal.ts';
import { type App, installApp, type Manifest } from './manifest.ts';
import { createRateLimiter, type Limits } from './rate.ts';
import { createSlackRouter } from './router.ts';
import { createSocket, type Socket } from './socket.ts';
import { addUser, createWorld, type Person, type World } from './world.ts';

/** How a sandbox is set up. */
export type SlackOptions = {
  people: Person[];
  manifest: Manifest;
  /** Fixed secrets and ids of the app; by default well-known ones. */
  app?: Partial<App>;
  team?: Partial<World['team']>;
  /** One URL for events, interactivity and commands; it can be given later with `setRequestUrl`. */
  requestUrl?: string;
  limits?: 'real' | 'off';
  /** Multiplies every rate; 2 allows twice as much. */
  limitFactor?: number;
  /** The sandbox's clock, in epoch milliseconds. */
  now: () => number;
  /** How long the app may take to answer, in milliseconds; Slack gives 3,000. */
  deadlineMs?: number;
};

/** A running workspace. Its parts are plain data and functions, so that tests can look at everything. */
export type SlackSandbox = {
  app: App;
  world: World;
  journal: Journal;
  faults: Faults;
  events: EventSender;
  socket: Socket;
  /** The Web API, response URLs and permalinks, to be mounted at `/`. */
  router: Router;
  /** Serves Socket Mode on an HTTP server, and says under which address the sandbox is reached. */
  attach: (server: Server, baseUrl: string) => void;
  setRequestUrl: (url: string) => void;
  /** Sends the `url_verification` challenge and says whether the app answered it. */
  verifyRequestUrl: () => Promise<boolean>;
  /** Lets a person act. */
  as: (user: string) => Actor;
  /** Calls back after every visible change; returns how to stop. */
  onChange: (listener: () => void) => () => void;
  /** Waits until `look` finds something in the world; fails after `withinMs` (default 10 s) with `what`. */
  until: <T>(what: string, look: () => T | undefined | false, withinMs?: number) => Promise<T>;
  close: () => void;
};

/** Creates the workspace without a server of its own; the demo mounts `router` beside its page. */
export function createSlackSandbox(options: SlackOptions): SlackSandbox {
  const { now } = options;
  const app = installApp(options.manifest, options.app);
  const world = createWorld(options.people, options.team ?? {}, now());
  addUser(world, { id: app.botUser, name: app.name.toLowerCase(), realName: app.name, kind: 'bot' });
  const journal: Journal = { calls: [], deliveries: [], responses: [] };
  const listeners = new Set<() => void>();
  const deadlineMs = options.deadlineMs ?? 3_000;
  let requestUrl = options.requestUrl;
  let baseUrl = '';

  const socket = createSocket({ world, app, now, deadlineMs, isDown: () => faults.isDown() });
  const faults = createFaults(() => socket.cut());
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const deliver = async (outgoing: Outgoing): Promise<Delivery> => {
    const to = {
      requestUrl: requestUrl ?? 'http://127.0.0.1:9/',
      signingSecret: app.signingSecret,
      now,
      deadlineMs,
    };
    const delivery = await (socket.connections() > 0 ? socket.deliver(outgoing) : deliverHttp(outgoing, to));
    journal.deliveries.push(delivery);
    changed();
    return delivery;
  };
  const events = createEventSender({
    world,
    app,
    now,
    faultFor: (type) => faults.forEvent(type),
    deliver: ({ type, payload, attempt, reason }) =>
      deliver({ kind: 'event', type, payload, attempt, retryReason: reason }),
  });
  const core: Core = {
    world,
    app,
    now,
    baseUrl: () => baseUrl,
    capabilities: createCapabilities(world, now),
    events,
    socket,
    changed,
  };
  const limits: Limits = { mode: options.limits ?? 'real', factor: options.limitFactor ?? 1 };
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return {
    app,
    world,
    journal,
    faults,
    events,
    socket,
    router: createSlackRouter(
      core,
      createApi({ core, journal, faults, rate: createRateLimiter(limits, now) }),
      journal,
    ),
    attach(server, url) {
      baseUrl = url;
      socket.attach(server);
    },
    setRequestUrl: (url) => {
      requestUrl = url;
    },
    async verifyRequestUrl() {
      const challenge = `challenge-${world.nextId++}`;
      const delivery = await deliver({
        kind: 'url_verification',
        type: 'url_verification',
        payload: { type: 'url_verification', token: 'sandbox-verification-token', challenge },
      });
      const body = delivery.body as { challenge?: unknown } | string | undefined;
      return delivery.status === 200 && (typeof body === 'object' ? body.challenge : body) === challenge;
    },
    as: (user) => createActor(core, user, (kind, type, payload) => deliver({ kind, type, payload })),
    onChange,
    until: (what, look, withinMs = 10_000) => waitFor(onChange, what, look, withinMs),
    close() {
      events.close();
      socket.cut();
      listeners.clear();
    },
  };
}

function waitFor<T>(
  onChange: SlackSandbox['onChange'],
  what: string,
  look: () => T | undefined | false,
  withinMs: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (settle: () => void) => {
      clearTimeout(timer);
      clearInterval(again);
      unsubscribe();
      settle();
    };
    const check = () => {
      try {
        const found = look();
        if (found !== undefined && found !== false) stop(() => resolve(found as T));
      } catch (error) {
        stop(() => reject(error));
      }
    };
    const timer = setTimeout(
      () => stop(() => reject(new Error(`Not seen within ${withinMs} ms: ${what}`))),
      withinMs,
    );
    const unsubscribe = onChange(check);
    // What is looked for may lie outside the workspace, where no change is announced.
    const again = setInterval(check, 50);
    check();
  });
}
