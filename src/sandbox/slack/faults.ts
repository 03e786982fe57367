/**
 * What goes wrong with one Web API call. `when` says whether Slack had already done the work:
 * `after` is the lost answer that a client can't tell from a lost request.
 */
export type Fault =
  | { kind: 'status'; status: number; when: 'before' | 'after' }
  | { kind: 'reset'; when: 'before' | 'after' }
  | { kind: 'hang'; when: 'before' | 'after' }
  | { kind: 'rate'; retryAfter: number | string | undefined }
  | { kind: 'error'; error: string }
  | { kind: 'slow'; ms: number };

/** What goes wrong with one event on its way to the app. */
export type DeliveryFault = 'duplicate' | 'drop';

/** Fault injection. A test must look at `happened`: a fault that was never met proves nothing. */
export type Faults = {
  /** Puts a fault in line for the next call (or the next `times` calls) of a method; `*` is any method. */
  next: (method: string, fault: Fault, times?: number) => void;
  /** Puts a fault in line for the next event whose type matches; `*` is any event. */
  nextEvent: (type: string, fault: DeliveryFault, times?: number) => void;
  /** Takes Slack down for every call (or up again with `false`); sockets are cut and stay away. */
  outage: (how: false | 'reset' | 'hang' | 'unavailable') => void;
  happened: { method: string; fault: Fault | DeliveryFault | 'outage' }[];
  forCall: (method: string) => Fault | undefined;
  forEvent: (type: string) => DeliveryFault | undefined;
  isDown: () => boolean;
};

/** Creates fault injection without any fault in line. `cut` is called when an outage begins. */
export function createFaults(cut: () => void): Faults {
  const calls: { on: string; fault: Fault }[] = [];
  const events: { on: string; fault: DeliveryFault }[] = [];
  const happened: Faults['happened'] = [];
  let down: Fault | undefined;
  const take = <F extends Fault | DeliveryFault>(
    queue: { on: string; fault: F }[],
    name: string,
  ): F | undefined => {
    const index = queue.findIndex(({ on }) => on === '*' || on === name);
    if (index === -1) return undefined;
    const { fault } = queue.splice(index, 1)[0]!;
    happened.push({ method: name, fault });
    return fault;
  };
  return {
    next: (method, fault, times = 1) => {
      for (let n = 0; n < times; n++) calls.push({ on: method, fault });
    },
    nextEvent: (type, fault, times = 1) => {
      for (let n = 0; n < times; n++) events.push({ on: type, fault });
    },
    outage(how) {
      down = how === false ? undefined : outageFault(how);
      if (down) cut();
    },
    happened,
    forCall(method) {
      if (!down) return take(calls, method);
      happened.push({ method, fault: 'outage' });
      return down;
    },
    forEvent: (type) => take(events, type),
    isDown: () => down !== undefined,
  };
}

function outageFault(how: 'reset' | 'hang' | 'unavailable'): Fault {
  return how === 'unavailable'
    ? { kind: 'status', status: 503, when: 'before' }
    : { kind: how, when: 'before' };
}
