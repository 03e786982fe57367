/** The people of the demo: personas, one of whom acts for each step of a story. */
export const cast = {
  minji: { name: 'Minji Kim', slack: 'U0MINJI', login: 'minji', title: 'SRE, primary on call' },
  jun: { name: 'Jun Park', slack: 'U0JUN', login: 'jun', title: 'SRE, secondary on call' },
  hana: { name: 'Hana Lee', slack: 'U0HANA', login: 'hana', title: 'Communications' },
  sora: { name: 'Sora Choi', slack: 'U0SORA', login: 'sora', title: 'Platform lead' },
} as const;

/** A persona of the demo. */
export type Persona = keyof typeof cast;

/** Their keys: the people's ids in muster.yaml. */
export const personas = Object.keys(cast) as Persona[];

/** The name of a person by their id in muster.yaml; whoever is not of the cast is named by the id. */
export const nameOf = (id: string): string => (Object.hasOwn(cast, id) ? cast[id as Persona].name : id);
