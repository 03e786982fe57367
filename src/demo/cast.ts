/** The people of the demo: personas, one of whom acts for each step of a story. */
export const cast = {
  minji: { name: '김민지', slack: 'U0MINJI', login: 'minji', title: 'SRE, primary on call' },
  jun: { name: 'Jun Park', slack: 'U0JUN', login: 'jun', title: 'SRE, secondary on call' },
  hana: { name: 'Hana Lee', slack: 'U0HANA', login: 'hana', title: 'Communications' },
  sora: { name: 'Sora Choi', slack: 'U0SORA', login: 'sora', title: 'Platform lead' },
} as const;

/** A persona of the demo. */
export type Persona = keyof typeof cast;

/** The persona behind a Slack account of the demo's workspace. */
export const personas = Object.keys(cast) as Persona[];
